import { createPortico, defineAction, type ActionTree, type PorticoOptions } from 'portico';
import { form, hiddenInputs, onceInput, renderInput } from 'portico/html';
import { z } from 'zod';
import type { Agent } from '../support/agent.ts';
import { serve } from '../support/serve.ts';

/** A shop whose orders count, and a page with their form at `/`. */
export interface Shop {
  readonly url: string;
  /** What handlers have seen. */
  readonly orders: string[];
  readonly warnings: string[];
  readonly errors: unknown[];
  /** What each order waits for before it is done. */
  wait: Promise<unknown>;
  agent(): Agent;
  /** What the form at `/` would send: its hidden fields, as a browser finds them. */
  hidden(agent: Agent, path?: string): Promise<URLSearchParams>;
}

export interface ShopOptions extends Omit<PorticoOptions, 'actions'> {
  readonly more?: ActionTree;
}

export async function openShop({ more = {}, ...options }: ShopOptions = {}): Promise<Shop> {
  const orders: string[] = [];
  const warnings: string[] = [];
  const errors: unknown[] = [];
  const shop = { wait: Promise.resolve() as Promise<unknown> };
  const order = defineAction({
    accept: 'any',
    once: true,
    input: z.object({ item: z.string().min(1), scan: z.file().optional() }),
    errors: { TAKEN: { status: 409, data: z.object({ since: z.date() }) } },
    handler: async ({ item, scan }, ctx) => {
      orders.push(item + (scan ? `/${scan.name}` : ''));
      const number = orders.length;
      await shop.wait;
      if (item === 'taken') ctx.fail('TAKEN', { since: new Date(0) });
      if (item === 'broken') throw new Error('the printer is on fire');
      if (item === 'busy') ctx.fail('TOO_MANY_REQUESTS');
      if (item === 'large') return { number, text: 'x'.repeat(270_000) };
      if (item === 'clash') ctx.fail('CONFLICT', { stored: 'x'.repeat(270_000) });
      if (item === 'file') return new Response(`order ${number}`);
      if (item === 'odd') return { number, call: () => 0 };
      if (item === 'away') ctx.redirect(`/orders/${number}`);
      if (item === 'said') ctx.message = `Order ${number} it is.`;
      if (item === 'made') ctx.status = 201;
      return { number, at: new Date(number) };
    },
  });
  const strict = defineAction({
    accept: 'any',
    once: 'required',
    input: z.object({ item: z.string() }),
    handler: ({ item }) => orders.push(item),
  });
  const plain = defineAction({
    accept: 'form',
    input: z.strictObject({ item: z.string() }),
    handler: ({ item }) => orders.push(item),
  });
  const portico = createPortico({
    actions: { order, strict, plain, ...more },
    logger: {
      warn: (message) => warnings.push(message),
      error: (_message, error) => errors.push(error),
    },
    ...options,
  });
  const { url, agent } = await serve(portico, {
    pages: (request) => {
      const ctx = portico.context(request);
      const state = form(ctx, order);
      const result = ctx.getActionResult(order);
      const shown = [ctx.flash.get('notice'), ctx.variables.message, JSON.stringify(result?.data)];
      const bare = new URL(request.url).pathname === '/bare';
      const inputs = bare ? onceInput(ctx) : hiddenInputs(state);
      const body = `<main>${shown.join('|')}</main><form>${String(inputs)}${String(renderInput(state.field('item')))}</form>`;
      return new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });
    },
  });
  return Object.assign(shop, {
    url,
    orders,
    warnings,
    errors,
    agent,
    hidden: async (visitor: Agent, path = '/') => hiddenOf(await (await visitor.get(path)).text()),
  });
}

/** The hidden inputs of a page, by name. */
export function hiddenOf(page: string): URLSearchParams {
  const found = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return new URLSearchParams([...found].map(([, name = '', value = '']) => [name, value]));
}

/** The same fields with more of them, as the body of another submission. */
export function withFields(fields: URLSearchParams, more: Record<string, string>): URLSearchParams {
  return new URLSearchParams([...fields, ...Object.entries(more)]);
}
