import { createMemorySessionStore, createPortico, defineAction, type PorticoOptions } from 'portico';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { production } from '../support/production.ts';

// A cache between site and visitors (RFC 9111) keeps what it may and gives it to the next visitor.

function site(control: string | undefined, options: Omit<PorticoOptions, 'actions'> = {}) {
  const say = defineAction({
    accept: 'form',
    messages: { success: 'Order 123 is paid' },
    handler: () => null,
  });
  const remember = defineAction({
    method: 'GET',
    cache: { maxAge: 60, scope: 'public' },
    handler: (_input, ctx) => ctx.session.set('a', 1),
  });
  const portico = createPortico({ actions: { say, remember }, ...production, ...options });
  const pages = (request: Request): Response => {
    const ctx = portico.context(request);
    const headers = control === undefined ? {} : { 'cache-control': control };
    if (new URL(request.url).pathname === '/plain') return new Response('hello', { headers });
    return new Response(ctx.flash.get('notice') ?? 'nothing', { headers });
  };
  return { say, client: createTestClient(portico, { pages }) };
}

const STORES = [
  ['a cookie', () => ({})],
  ['a store', () => ({ session: { store: createMemorySessionStore() } })],
] as const;

describe.each(STORES)('with sessions in %s, a shared cache', (_name, options) => {
  it.each(['public, max-age=60', 'max-age=60', 's-maxage=60', 'no-transform', undefined])(
    'is not let keep a page with a visitor’s flash that says %j',
    async (control) => {
      const { say, client } = site(control, options());
      const page = await client.form(say, {});
      expect(page.text).toBe('Order 123 is paid');
      expect(page.headers.get('cache-control')).toBe('private, no-cache');
    },
  );

  it.each(['private, max-age=60', 'no-store'])('is told %j as the page says', async (control) => {
    const { say, client } = site(control, options());
    expect((await client.form(say, {})).headers.get('cache-control')).toBe(control);
  });

  it('keeps pages in which nothing of a visitor is, also for visitors with a session', async () => {
    const { say, client } = site('public, max-age=60', options());
    await client.form(say, {});
    expect(client.cookies.size).toBe(1);
    const page = await client.get('/plain');
    expect([page.headers.get('cache-control'), page.headers.getSetCookie()]).toEqual([
      'public, max-age=60',
      [],
    ]);
  });

  it('is not handed the cookie that begins a session', async () => {
    const { client } = site(undefined, options());
    const answer = await client.get('/_actions/remember');
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    expect(answer.headers.get('cache-control')).not.toContain('public');
  });
});
