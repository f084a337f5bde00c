import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMemorySessionStore, createPortico, defineAction, type PorticoOptions } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

const HOUR = 3600;
const start = Date.now();

function passSeconds(seconds: number): void {
  vi.spyOn(Date, 'now').mockReturnValue(start + seconds * 1000);
}

afterEach(() => {
  vi.restoreAllMocks();
});

const lifetime = z.object({
  maxAge: z.number().optional(),
  absoluteMaxAge: z.number().optional(),
  untilBrowserCloses: z.boolean().optional(),
});

const actions = {
  live: defineAction({
    input: lifetime,
    handler: (input, ctx) => {
      ctx.session.set('who', 'ada');
      ctx.session.setLifetime(input as Parameters<typeof ctx.session.setLifetime>[0]);
    },
  }),
  who: defineAction({
    input: z.object({ quietly: z.boolean().optional() }),
    handler: ({ quietly }, ctx) => {
      if (quietly === true) ctx.session.keepExpiry();
      return { who: ctx.session.get('who') ?? null, expiresAt: ctx.session.expiresAt ?? null };
    },
  }),
};

const stores: ReadonlyArray<[string, () => PorticoOptions['session']]> = [
  ['in a cookie', () => ({})],
  ['in a store', () => ({ store: createMemorySessionStore() })],
];

describe.each(stores)('the lifetime of one session, %s', (_name, session) => {
  async function connect() {
    passSeconds(0);
    const { agent } = await serve(
      createPortico({ actions, session: session() as NonNullable<PorticoOptions['session']> }),
    );
    const visitor = agent();
    const who = async (quietly = false): Promise<{ who: string | null; expiresAt: number | null }> =>
      (await (await visitor.post('/_actions/who', { quietly })).json()) as {
        who: string | null;
        expiresAt: number;
      };
    const live = (input: object): Promise<Response> => visitor.post('/_actions/live', input);
    return { visitor, who, live };
  }

  test('is its own, shorter than the app’s, and rolls with use', async () => {
    const { who, live } = await connect();
    expect((await live({ maxAge: HOUR })).headers.get('set-cookie')).toMatch(/Max-Age=3600\b/);
    passSeconds(HOUR - 10);
    expect(await who()).toEqual({ who: 'ada', expiresAt: start + HOUR * 1000 });
    passSeconds(2 * HOUR - 20);
    expect((await who()).who).toBe('ada');
    passSeconds(3 * HOUR);
    expect((await who()).who).toBeNull();
  });

  test('ends absolutely, however busy', async () => {
    const { who, live } = await connect();
    await live({ maxAge: HOUR, absoluteMaxAge: 2 * HOUR });
    for (const seconds of [3000, 6000, 7100]) {
      passSeconds(seconds);
      expect((await who()).who).toBe('ada');
    }
    passSeconds(2 * HOUR + 1);
    expect((await who()).who).toBeNull();
  });

  test('ends with the browser where it is asked to', async () => {
    const { who, live } = await connect();
    expect((await live({ untilBrowserCloses: true })).headers.get('set-cookie')).not.toMatch(
      /max-age|expires/i,
    );
    expect((await who()).who).toBe('ada');
  });

  test('is not prolonged by a request that keeps its expiry', async () => {
    const { who, live } = await connect();
    await live({ maxAge: HOUR });
    passSeconds(HOUR - 10);
    expect((await who(true)).who).toBe('ada');
    passSeconds(HOUR + 1);
    expect((await who()).who).toBeNull();
  });

  test('comes with a new id', async () => {
    const { visitor, live } = await connect();
    await live({});
    const first = new Map(visitor.cookies);
    await live({ maxAge: HOUR });
    expect([...visitor.cookies.values()]).not.toEqual([...first.values()]);
  });

  test('is refused where it is none', async () => {
    const { live } = await connect();
    expect((await live({ maxAge: 0 })).status).toBe(500);
  });
});
