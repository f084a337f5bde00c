import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMemorySessionStore, createPortico, defineAction, type PorticoOptions } from 'portico';
import { redirectInput } from 'portico/html';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

// DESIGN.md 6: "Flash and result wait in the session, the result as a one-time entry of at most 64 KiB (in a store) keyed by
// action, form id and target path, consumed by its first reading, gone after 60 s".

const actions = {
  vote: defineAction({
    accept: 'form',
    input: z.object({ for: z.string(), size: z.number().optional() }),
    messages: { success: 'Counted.' },
    handler: (input) => ({ for: input.for, filler: 'x'.repeat(input.size ?? 0) }),
  }),
  away: defineAction({ accept: 'form', redirect: '/thanks?from=vote#top', handler: () => ({ away: true }) }),
};

async function site(options: Partial<PorticoOptions> = {}) {
  const warnings: string[] = [];
  const portico = createPortico({
    actions,
    ...production,
    session: { store: createMemorySessionStore() },
    logger: { error: () => undefined, warn: (message) => void warnings.push(message) },
    ...options,
  });
  const served = await serve(portico, {
    pages: (request) => {
      const ctx = portico.context(request);
      if (ctx.url.pathname === '/sign') return new Response(String(redirectInput(ctx, '/signed')));
      const read = (id?: string) => {
        const result = ctx.getActionResult(actions.vote, id === undefined ? {} : { id });
        return result && { for: result.data?.for.slice(0, 9), length: result.data?.filler.length };
      };
      const ids = ctx.url.searchParams.getAll('id');
      return Response.json({
        results: ids.length > 0 ? ids.map((id) => read(id) ?? null) : [read() ?? null],
        away: ctx.getActionResult(actions.away)?.data ?? null,
        flash: options.session === false ? null : (ctx.flash.get('notice') ?? null),
        path: ctx.url.pathname,
      });
    },
  });
  const visitor = served.agent();
  const show = async (path: string): Promise<Record<string, unknown>> =>
    (await (await visitor.get(path)).json()) as Record<string, unknown>;
  const vote = (fields: Record<string, string>, path = '/poll') =>
    visitor.post(`${path}?_action=vote`, new URLSearchParams(fields));
  return { visitor, show, vote, warnings };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the result after the redirect', () => {
  test('is read once, with the flash', async () => {
    const { vote, show } = await site();
    expect((await vote({ for: 'a' })).headers.get('location')).toBe('/poll');
    expect(await show('/poll')).toMatchObject({ results: [{ for: 'a', length: 0 }], flash: 'Counted.' });
    expect(await show('/poll')).toMatchObject({ results: [null], flash: null });
  });

  test('is for its page, whatever query and fragment the redirect has', async () => {
    const { visitor, show } = await site();
    await visitor.post('/poll?_action=away', new URLSearchParams());
    expect(await show('/poll')).toMatchObject({ away: null });
    expect(await show('/thanks?other=1')).toMatchObject({ away: { away: true } });
  });

  test('of two forms of one action is told apart by the form’s id', async () => {
    const { vote, show } = await site();
    await vote({ for: 'a', _form: 'first' });
    await vote({ for: 'b', _form: 'second' });
    expect((await show('/poll?id=second&id=first&id=third'))['results']).toEqual([
      { for: 'b', length: 0 },
      { for: 'a', length: 0 },
      null,
    ]);
  });

  test('of one action on two pages waits for each', async () => {
    const { vote, show } = await site();
    await vote({ for: 'a' }, '/one');
    await vote({ for: 'b' }, '/two');
    expect((await show('/one'))['results']).toEqual([{ for: 'a', length: 0 }]);
    expect((await show('/two'))['results']).toEqual([{ for: 'b', length: 0 }]);
  });

  test('is gone after 60 seconds, the flash is not', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { vote, show } = await site();
    await vote({ for: 'a' });
    vi.setSystemTime(Date.now() + 59_000);
    expect(await show('/poll')).toMatchObject({ results: [{ for: 'a' }] });
    await vote({ for: 'b' });
    vi.setSystemTime(Date.now() + 60_001);
    expect(await show('/poll')).toMatchObject({ results: [null], flash: 'Counted.' });
  });

  test('of more than 64 KiB is left out and logged; that it happened stays', async () => {
    const { vote, show, warnings } = await site();
    await vote({ for: 'a', size: '65000' });
    expect((await show('/poll'))['results']).toEqual([{ for: 'a', length: 65_000 }]);
    await vote({ for: 'b', size: '65600' });
    expect((await show('/poll'))['results']).toEqual([{}]);
    expect(warnings).toEqual([expect.stringMatching(/result of vote is over 64 KiB/)]);
  });

  test('counts bytes, not characters', async () => {
    const { vote, show, warnings } = await site();
    await vote({ for: '€'.repeat(30_000) });
    expect((await show('/poll'))['results']).toEqual([{}]);
    expect(warnings).toHaveLength(1);
  });

  test('waits at the target of a signed redirect', async () => {
    const { visitor, vote, show } = await site();
    const signed = /value="([^"]+)"/.exec(await (await visitor.get('/sign')).text())?.[1] ?? '';
    expect((await vote({ for: 'a', redirect: signed })).headers.get('location')).toBe('/signed');
    expect((await show('/poll'))['results']).toEqual([null]);
    expect((await show('/signed'))['results']).toEqual([{ for: 'a', length: 0 }]);
  });
});

describe("forms: 'render'", () => {
  test('answers in place, with result and flash, and leaves neither behind', async () => {
    const { vote, show } = await site({ forms: 'render' });
    const response = await vote({ for: 'a' });
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { results: [{ for: 'a', length: 0 }], flash: 'Counted.', path: '/poll' },
    ]);
    expect(await show('/poll')).toMatchObject({ results: [null], flash: null });
  });

  test('follows a redirect all the same', async () => {
    const { visitor } = await site({ forms: 'render' });
    const response = await visitor.post('/poll?_action=away', new URLSearchParams());
    expect([response.status, response.headers.get('location')]).toEqual([303, '/thanks?from=vote#top']);
  });
});

test('session: false leaves forms that succeed and fail, without flash and result', async () => {
  const { vote, show } = await site({ session: false });
  const good = await vote({ for: 'a' });
  const bad = await vote({ size: 'x' });
  expect([good.status, good.headers.get('location'), bad.status]).toEqual([303, '/poll', 422]);
  expect(await show('/poll')).toMatchObject({ results: [null] });
});
