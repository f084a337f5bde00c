import { expect } from 'vitest';
import { createPortico, defineAction, type PorticoOptions } from 'portico';
import { z } from 'zod';
import type { Agent, Body, Init } from '../support/agent.ts';
import { serve } from '../support/serve.ts';

export const JSON_ACCEPT = { accept: 'application/json' };

/** Actions of every kind that note that they ran. */
export function wrongApp(options: Omit<PorticoOptions, 'actions' | 'plugins'> = {}) {
  const ran: string[] = [];
  const note = (name: string) => () => void ran.push(name);
  const portico = createPortico({
    routes: { 'POST /send': 'save' },
    ...options,
    actions: {
      save: defineAction({
        accept: 'any',
        input: z.object({ name: z.string().min(2) }),
        handler: note('save'),
      }),
      json: defineAction({ input: z.object({ name: z.string() }), handler: note('json') }),
      form: defineAction({ accept: 'form', input: z.object({ name: z.string() }), handler: note('form') }),
      small: defineAction({
        accept: 'any',
        input: z.looseObject({
          name: z.string().optional(),
          file: z.file().optional(),
          files: z.array(z.file()).optional(),
        }),
        body: { maxBytes: 2_000, maxFileBytes: 1_000, maxFiles: 2, maxFields: 10 },
        handler: note('small'),
      }),
      read: defineAction({ method: 'GET', handler: note('read') }),
      both: defineAction({ method: ['GET', 'POST'], handler: note('both') }),
      users: { saveUser: defineAction({ handler: note('users.saveUser') }) },
    },
  });
  return { portico, ran };
}

export async function connect(options: Omit<PorticoOptions, 'actions' | 'plugins'> = {}) {
  const { portico, ran } = wrongApp(options);
  const served = await serve(portico, {
    pages: (request) =>
      ['GET', 'HEAD'].includes(request.method)
        ? new Response('a page')
        : new Response('not ours', { status: 404 }),
  });
  return { portico, ran, url: served.url, visitor: served.agent() };
}

/** The doors a form can be posted to, told to answer JSON. */
export type Door = 'rpc' | 'page' | 'path' | 'query' | 'body' | 'route';

/** Posts to an action by a door, asking for JSON. */
export function post(
  visitor: Agent,
  door: Door,
  name: string,
  body: Body,
  init: Init = {},
): Promise<Response> {
  const headers = { ...JSON_ACCEPT, ...(init.headers as Record<string, string>) };
  const urls: Record<Door, string> = {
    rpc: `/_actions/${name}`,
    page: `/page?_action=${name}`,
    path: `/actions/${name}`,
    query: `/page?action=${name}`,
    body: '/page',
    route: '/send',
  };
  if (door === 'body') {
    if (body instanceof URLSearchParams || body instanceof FormData) body = withFirst(body, 'action', name);
    else throw new Error('Only a form can name its action.');
  }
  return visitor.post(urls[door], body, { ...init, headers });
}

function withFirst<T extends URLSearchParams | FormData>(body: T, name: string, value: string): T {
  const copy = (body instanceof FormData ? new FormData() : new URLSearchParams()) as T;
  copy.append(name, value);
  for (const [key, entry] of body) (copy as FormData).append(key, entry as string);
  return copy;
}

/** What an error says on any door’s JSON. */
export async function codeOf(
  response: Response,
): Promise<{ status: number; code: unknown; message: string }> {
  expect(response.headers.get('content-type')).toBe('application/json');
  const { code, message } = (await response.json()) as { code: unknown; message: string };
  return { status: response.status, code, message };
}

export function toFormData(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}
