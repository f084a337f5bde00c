import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { onTestFinished } from 'vitest';
import { createPortico, defineAction, type Portico, type PorticoOptions } from 'portico';
import { mcp, type McpOptions } from 'portico/mcp';
import { z } from 'zod';
import { serve, type Served } from '../support/serve.ts';

/** What has been deleted, by whom. */
export interface Deeds {
  readonly deleted: string[];
}

export interface Shop extends Served {
  readonly deeds: Deeds;
  readonly portico: Portico;
  /** The official client, signed in by a token if there is one. */
  client(token?: string, era?: 'legacy' | 'modern'): Promise<Client>;
}

const USERS: Readonly<Record<string, { id: string; name: string }>> = {
  'token of ann': { id: 'ann', name: 'Ann' },
  'token of bob': { id: 'bob', name: 'Bob' },
};

function actionsOf({
  deleted,
}: Deeds): Record<string, ReturnType<typeof defineAction> | Record<string, never>> {
  const userOf = (user: unknown): string => (user as { id?: string } | null)?.id ?? 'guest';
  const actions = {
    products: {
      search: defineAction({
        description: 'Finds products by a word.',
        method: 'GET',
        input: z.object({ q: z.string().min(2) }),
        output: z.object({ hits: z.array(z.string()) }),
        handler: ({ q }) => ({ hits: [`${q} one`, `${q} two`] }),
      }),
      archive: defineAction({
        destructive: false,
        input: z.object({ id: z.int() }),
        handler: ({ id }) => id,
      }),
      delete: defineAction({
        description: 'Deletes a product for good.',
        accept: 'any',
        access: 'user',
        destructive: true,
        input: z.object({ id: z.string().min(2), reason: z.string(), password: z.string().optional() }),
        messages: { success: 'It is gone.' },
        handler: ({ id, reason }, { user }) => {
          deleted.push(`${userOf(user)}: ${id} (${reason})`);
          return { id };
        },
      }),
      wipe: defineAction({
        access: 'user',
        destructive: true,
        input: z.object({ before: z.date(), secret: z.string() }),
        handler: ({ before }, { user }) => {
          deleted.push(`${userOf(user)}: all before ${before.toISOString()}`);
        },
      }),
      picture: defineAction({ accept: 'form', input: z.object({ file: z.file() }), handler: () => 'stored' }),
    },
    whoami: defineAction({ access: 'user', handler: (_, { user }) => user }),
    adminOnly: defineAction({
      access: ({ user, action }) => userOf(user) === 'ann' && action?.name === 'adminOnly',
      handler: () => 'hello admin',
    }),
    rich: defineAction({
      input: z.object({ when: z.date(), tags: z.set(z.string()), big: z.bigint() }),
      output: z.object({
        when: z.date(),
        tags: z.set(z.string()),
        big: z.bigint(),
        types: z.array(z.string()),
      }),
      handler: (input) => ({
        ...input,
        types: [input.when instanceof Date, input.tags instanceof Set, typeof input.big === 'bigint'].map(
          String,
        ),
      }),
    }),
    greet: defineAction({ input: z.string(), handler: (name) => `Hello ${name}` }),
    book: defineAction({
      input: z.object({ seats: z.array(z.object({ row: z.int().min(1) })) }),
      errors: { SOLD_OUT: { status: 409, data: z.object({ next: z.date() }) } },
      handler: ({ seats }, ctx) =>
        seats.length > 2
          ? ctx.fail('SOLD_OUT', { next: new Date(0) }, 'No seats are left.')
          : { booked: seats.length },
    }),
    limited: defineAction({ limit: { points: 2, seconds: 60, by: 'ip' }, handler: () => 'once more' }),
    broken: defineAction({
      handler: () => {
        throw new Error('the password of the database is hunter2');
      },
    }),
    download: defineAction({ handler: () => new Response('bytes') }),
    remembers: defineAction({
      handler: (_, { session }) => {
        session.set('seen', true);
        return 'seen';
      },
    }),
    'odd/name é': defineAction({ handler: () => 'odd' }),
  };
  return actions as unknown as Record<string, ReturnType<typeof defineAction>>;
}

/** A shop over a real socket, whose users come with bearer tokens or the cookie `who`. */
export async function openShop(options: McpOptions = {}, app: Partial<PorticoOptions> = {}): Promise<Shop> {
  const deeds: Deeds = { deleted: [] };
  const portico = createPortico({
    actions: actionsOf(deeds) as never,
    plugins: [mcp({ name: 'shop', version: '3.0.0', ...options })],
    secrets: ['a secret of the shop, which has thirty-two characters'],
    user: ({ request, cookies }) => {
      const token =
        request.headers.get('authorization')?.replace(/^Bearer /, '') ??
        `token of ${cookies.get('who')?.value}`;
      return USERS[token] ?? null;
    },
    logger: { error: () => undefined, warn: () => undefined },
    dev: false,
    ...app,
  }) as unknown as Portico;
  const served = await serve(portico);
  return {
    ...served,
    deeds,
    portico,
    async client(token, era = 'modern') {
      const client = new Client(
        { name: 'test', version: '1' },
        { versionNegotiation: { mode: era === 'modern' ? 'auto' : 'legacy' } },
      );
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      await client.connect(
        new StreamableHTTPClientTransport(new URL(`${served.url}/mcp`), { requestInit: { headers } }),
      );
      onTestFinished(() => client.close());
      return client;
    },
  };
}
