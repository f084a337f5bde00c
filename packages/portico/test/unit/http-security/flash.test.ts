import { describe, expect, test } from 'vitest';
import { Flash } from '../../../src/http/session/flash.ts';
import { Visitor } from './session-harness.ts';

/** One request with its flash. */
function page<Result>(visitor: Visitor, work: (flash: Flash) => Result): Promise<Result> {
  return visitor.request((session) => work(new Flash(session)));
}

describe('Flash', () => {
  test('a message waits for the next request and is used up by reading', async () => {
    const visitor = new Visitor();
    await page(visitor, (flash) => flash.set('notice', 'Saved.'));
    expect(await page(visitor, (flash) => [flash.get('notice'), flash.get('notice')])).toEqual([
      'Saved.',
      undefined,
    ]);
    expect(await page(visitor, (flash) => flash.get('notice'))).toBeUndefined();
  });

  test('a message can be read in the request that sets it, and then makes no session', async () => {
    const visitor = new Visitor();
    expect(
      await page(visitor, (flash) => {
        flash.set('error', 'No.');
        return flash.get('error');
      }),
    ).toBe('No.');
    expect(visitor.change).toBeUndefined();
  });

  test('all() leaves the messages, all({ delete: true }) uses them up', async () => {
    const visitor = new Visitor();
    await page(visitor, (flash) => {
      flash.set('notice', 'Saved.');
      flash.set('error', 'But.');
    });
    const both = { notice: 'Saved.', error: 'But.' };
    expect({ ...(await page(visitor, (flash) => flash.all())) }).toEqual(both);
    expect({ ...(await page(visitor, (flash) => flash.all({ delete: true }))) }).toEqual(both);
    expect(Object.keys(await page(visitor, (flash) => flash.all()))).toEqual([]);
  });

  test('now() is for this request only, and goes before what waits', async () => {
    const visitor = new Visitor();
    await page(visitor, (flash) => flash.set('error', 'Waiting.'));
    await page(visitor, (flash) => {
      flash.now('error', 'At once.');
      expect(flash.all()['error']).toBe('At once.');
      expect(flash.get('error')).toBe('At once.');
    });
    expect(await page(visitor, (flash) => flash.get('error'))).toBe('Waiting.');
    await page(visitor, (flash) => flash.now('error', 'At once.'));
    expect(visitor.change).toBeUndefined();
    expect(await page(visitor, (flash) => flash.get('error'))).toBeUndefined();
  });

  test('set() replaces what now() said under the same key', async () => {
    const visitor = new Visitor();
    const read = await page(visitor, (flash) => {
      flash.now('error', 'At once.');
      flash.set('error', 'Later.');
      return flash.get('error');
    });
    expect(read).toBe('Later.');
  });

  test('reading without any message makes no session', async () => {
    const visitor = new Visitor();
    await page(visitor, (flash) => [flash.get('notice'), flash.all({ delete: true })]);
    expect(visitor.change).toBeUndefined();
  });

  test('prototype pollution by key', async () => {
    const visitor = new Visitor();
    await page(visitor, (flash) => flash.set('__proto__', 'x'));
    const all = await page(visitor, (flash) => flash.all());
    expect(Object.keys(all)).toEqual(['__proto__']);
    expect(await page(visitor, (flash) => flash.get('constructor'))).toBeUndefined();
  });

  test('messages are not visible as data of the app', async () => {
    const visitor = new Visitor();
    await page(visitor, (flash) => flash.set('notice', 'Saved.'));
    expect((await visitor.load()).keys()).toEqual([]);
  });
});
