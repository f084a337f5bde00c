import { ActionError, createPortico, defineAction, type ActionTree, type PorticoOptions } from 'portico';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { check } from '../precognition/check.ts';
import { production } from '../support/production.ts';
import { serve, type Served } from '../support/serve.ts';

const runs: string[] = [];
const actions = {
  save: defineAction({
    accept: 'any',
    input: z.object({ email: z.email(), rows: z.array(z.object({ qty: z.number() })).optional() }),
    handler: ({ email }) => runs.push(email),
  }),
  guess: defineAction({
    input: z.object({ name: z.string(), pin: z.string() }),
    limit: { points: 1, seconds: 600, by: (_ctx, { name }: { name: string }) => name },
    use: [
      () => {
        throw new ActionError({ code: 'FORBIDDEN', message: 'That is not it.' });
      },
    ],
    handler: () => 'in',
  }),
  guarded: defineAction({
    access: 'user',
    input: z.object({ a: z.string() }),
    handler: () => runs.push('g'),
  }),
  paid: defineAction({ once: 'required', input: z.object({ a: z.string() }), handler: () => runs.push('p') }),
  read: defineAction({ method: 'GET', input: z.object({ a: z.string() }), handler: () => 'read' }),
} satisfies ActionTree;

function open(options: Partial<PorticoOptions> = {}): Promise<Served> {
  const portico = createPortico({ ...production, actions, user: () => null, ...options });
  return serve(portico, { pages: () => new Response('the page') });
}

describe('a check', () => {
  test('is no way around limits by input: what middleware tells is told ten times as often as it may be done', async () => {
    const { agent } = await open();
    const verdicts: number[] = [];
    for (let n = 0; n < 12; n++) {
      verdicts.push((await check(agent(), '/_actions/guess', { name: 'ann', pin: String(n) })).status);
    }
    expect(verdicts).toEqual([...Array<number>(10).fill(403), 429, 429]);
    // Somebody else's are counted apart, and so is doing it.
    expect((await check(agent(), '/_actions/guess', { name: 'bob', pin: '1' })).status).toBe(403);
    expect((await agent().post('/_actions/guess', { name: 'ann', pin: '1' })).status).toBe(403);
  });

  test('is no way around access, forgery checks, methods and names', async () => {
    const { agent } = await open();
    const visitor = agent({ browser: false });
    expect((await check(visitor, '/_actions/guarded', { a: 'x' })).status).toBe(401);
    const foreign = { headers: { origin: 'https://evil.example', cookie: 'a=b' } };
    expect((await check(visitor, '/_actions/save', { email: 'no' }, undefined, foreign)).status).toBe(403);
    expect((await check(visitor, '/_actions/constructor', {})).status).toBe(404);
    expect((await check(visitor, '/_actions/__proto__', {})).status).toBe(404);
  });

  test('uses up no id, and leaves nothing done', async () => {
    const { agent } = await open();
    runs.length = 0;
    const headers = { 'idempotency-key': 'the-key-of-this-submission' };
    expect((await check(agent(), '/_actions/paid', { a: 'x' }, undefined, { headers })).status).toBe(204);
    expect(runs).toEqual([]);
    const done = await agent().post('/_actions/paid', { a: 'x' }, { headers });
    expect([done.status, done.headers.get('idempotency-replayed')]).toEqual([200, null]);
  });

  test.each(['true ', 'TRUE', '1', 'true, true', 'false'])(
    'asked for as %j runs the action, or is refused',
    async (value) => {
      const { agent } = await open();
      const answer = await agent().post(
        '/_actions/save',
        { email: 'a@example.org' },
        { headers: { precognition: value } },
      );
      // fetch trims what stands around a value.
      expect(answer.status === 204).toBe(value.trim() === 'true');
    },
  );

  test('may be kept by no cache, and says what it depends on', async () => {
    const { agent } = await open();
    const { headers } = await check(agent(), '/?_action=save', { email: 'a@example.org' });
    expect([headers.get('cache-control'), headers.get('precognition')]).toEqual(['no-store', 'true']);
    expect(headers.get('vary')?.toLowerCase()).toContain('precognition');
  });

  test('is not what a page or a reading action is asked for: the header changes nothing there', async () => {
    const { agent } = await open();
    const headers = { precognition: 'true', 'precognition-validate-only': 'a' };
    const page = await agent().get('/', { headers });
    expect([await page.text(), page.headers.get('precognition')]).toEqual(['the page', null]);
    const read = await agent().get('/_actions/read?a=1', { headers });
    expect([await read.json(), read.headers.get('precognition')]).toEqual(['read', null]);
  });

  test.each([
    ['names of prototypes', '__proto__,constructor,toString,__proto__[email],rows.__proto__'],
    ['thousands of names', Array.from({ length: 5_000 }, () => 'a').join(',')],
    ['names without end', `a${'[b]'.repeat(3_000)}`],
    ['nothing but commas', ','.repeat(9_000)],
    ['broken escapes', '%,%E0%A4%A,%00,%2C'],
  ])('survives %s', async (_name, only) => {
    const { agent } = await open();
    const rows = Array.from({ length: 5_000 }, () => ({ qty: 'x' }));
    const { status, body } = await check(agent(), '/_actions/save', { email: 'no', rows }, only);
    expect([status, body]).toEqual([204, undefined]);
  });
});
