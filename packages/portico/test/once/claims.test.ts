import { createMemoryOnceStore, type OnceClaim } from 'portico';
import { describe, expect, test } from 'vitest';
import { createOnce } from '../../src/http/once/once.ts';

const NOW = 1_700_000_000_000;
const LEASE_MS = 60_000;

function claims() {
  const clock = { now: NOW };
  const warnings: string[] = [];
  const once = createOnce({
    store: createMemoryOnceStore(() => clock.now),
    seconds: 600,
    warn: (message) => warnings.push(message),
  });
  const enter = (fingerprint = 'same', signal = new AbortController().signal) =>
    once.enter('key', fingerprint, signal);
  return { clock, warnings, enter };
}

async function held(entering: ReturnType<ReturnType<typeof claims>['enter']>) {
  const entered = await entering;
  if (entered.kind !== 'first') throw new Error(`It was not the first: ${entered.kind}.`);
  return entered.hold;
}

describe('a claim', () => {
  test('keeps repeats waiting until it is settled', async () => {
    const { enter } = claims();
    const hold = await held(enter());
    const repeat = enter();
    await hold.settle('done');
    expect(await repeat).toEqual({ kind: 'repeat', outcome: 'done' });
  });

  test('lets one of those who wait run when it is released', async () => {
    const { enter } = claims();
    const hold = await held(enter());
    const repeats = [enter(), enter()];
    await hold.release();
    const next = await held(Promise.race(repeats));
    await next.settle('later');
    expect((await Promise.all(repeats)).map(({ kind }) => kind).toSorted()).toEqual(['first', 'repeat']);
  });

  test('tells at once what is another submission, whether it is settled or not', async () => {
    const { enter } = claims();
    const hold = await held(enter());
    expect(await enter('other')).toEqual({ kind: 'other' });
    await hold.settle('done');
    expect(await enter('other')).toEqual({ kind: 'other' });
  });

  test('is waited for by nobody whose client has gone', async () => {
    const { enter } = claims();
    const hold = await held(enter());
    expect(await enter('same', AbortSignal.abort())).toEqual({ kind: 'running' });
    await hold.release();
  });

  test('ends where its process does not renew it: the next one runs, and what comes of the first is not kept', async () => {
    const { enter, clock, warnings } = claims();
    const lost = await held(enter());
    clock.now += LEASE_MS;
    const next = await held(enter());
    await lost.settle('of the first');
    expect(warnings).toEqual([expect.stringContaining('a repeat may have run too')]);
    await lost.release();
    await next.settle('of the second');
    expect(await enter()).toEqual({ kind: 'repeat', outcome: 'of the second' });
  });

  test('is kept although its time was over, if nobody else came', async () => {
    const { enter, clock, warnings } = claims();
    const late = await held(enter());
    clock.now += 2 * LEASE_MS;
    await late.settle('late');
    expect(await enter()).toEqual({ kind: 'repeat', outcome: 'late' });
    expect(warnings).toEqual([]);
  });
});

describe('the store in memory', () => {
  const claim = (key: string): OnceClaim => ({ key, fingerprint: 'f', holder: key });

  test('forgets the oldest outcomes when it is full, and nothing that is running', async () => {
    const store = createMemoryOnceStore(() => NOW, 10_000);
    await store.claim(claim('running'), 60);
    for (let n = 0; n < 20; n++) {
      await store.claim(claim(`${n}`), 60);
      await store.settle(claim(`${n}`), 'x'.repeat(1000), 60);
    }
    expect(store.size).toBeLessThan(10);
    expect(await store.claim(claim('running'), 60)).toMatchObject({ state: 'running' });
    expect(await store.claim(claim('19'), 60)).toMatchObject({ state: 'settled' });
    expect(await store.claim(claim('0'), 60)).toEqual({ state: 'claimed' });
  });

  test('removes what has expired', async () => {
    let now = NOW;
    const store = createMemoryOnceStore(() => now);
    for (let n = 0; n < 20; n++) await store.claim(claim(`${n}`), 60);
    now += 60_000;
    await store.claim(claim('new'), 60);
    expect(store.size).toBe(1);
  });
});
