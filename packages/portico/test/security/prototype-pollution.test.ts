import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { site } from './loose-site.ts';

const ACCEPT_JSON = { accept: 'application/json' };

const PATHS = [
  '__proto__[polluted]',
  '__proto__.polluted',
  'constructor[prototype][polluted]',
  'constructor.prototype.polluted',
  'prototype.polluted',
  'address[__proto__][polluted]',
  'address.constructor.prototype.polluted',
  'address[constructor][prototype][polluted]',
  'entries[__proto__]',
  'entries[constructor]',
  'entries.__proto__.polluted',
  'a.b.c.__proto__.polluted',
  '__proto__',
  '__proto__[]',
  '[__proto__][polluted]',
  '.__proto__.polluted',
];

const JSONS = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"address":{"__proto__":{"polluted":true}}}',
  '{"entries":{"__proto__":"polluted"}}',
  '{"title":"x","\\u005f\\u005fproto\\u005f\\u005f":{"polluted":true}}',
  '[{"__proto__":{"polluted":true}}]',
];

describe('prototype pollution', () => {
  afterEach(() => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12);
  });

  /** Nothing that a handler was given has another prototype than it should, or a key that reaches one. */
  function expectHarmless(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(value));
    expect('polluted' in value && !Object.hasOwn(value, 'polluted')).toBe(false);
    for (const child of Object.values(value)) expectHarmless(child);
  }

  const ACTIONS = ['strict', 'loose', 'record', 'fails'];

  it.each(PATHS)('by the form field %s, at every form door', async (name) => {
    const { client, received } = site();
    for (const action of ACTIONS) {
      for (const path of [
        `/_actions/${action}`,
        `/page?_action=${action}`,
        `/actions/${action}`,
        `/page?action=${action}`,
      ]) {
        for (const body of [new URLSearchParams({ [name]: 'polluted' }), multipart(name)]) {
          const answer = await client.post(path, body, ACCEPT_JSON);
          expect([path, answer.status]).toEqual([path, 400]);
        }
      }
    }
    await client.post('/_actions/formData', multipart(name), ACCEPT_JSON);
    received.forEach(expectHarmless);
  });

  it.each(PATHS)('by the query parameter %s', async (name) => {
    const { client, received } = site();
    const query = new URLSearchParams({ [name]: 'polluted' });
    for (const path of ['/_actions/read', '/actions/read', '/read/x']) {
      expect([path, (await client.get(`${path}?${query}`, ACCEPT_JSON)).status]).toEqual([path, 400]);
    }
    const merged = await client.post(
      `/actions/strict?${query}`,
      new URLSearchParams({ title: 'x' }),
      ACCEPT_JSON,
    );
    expect(merged.status).toBe(400);
    received.forEach(expectHarmless);
  });

  it.each(JSONS)('by JSON: %s', async (json) => {
    const { client, received } = site();
    const headers = { ...ACCEPT_JSON, 'content-type': 'application/json' };
    for (const action of [...ACTIONS, 'plain']) {
      for (const path of [`/_actions/${action}`, `/actions/${action}`, `/page?action=${action}`]) {
        const answer = await client.post(path, json, headers);
        expect(answer.status).toBeLessThan(500);
        expectHarmless(answer.json());
      }
    }
    for (const value of received) expect((value as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString'])('by the route parameter %s', async (value) => {
    const { client, received } = site();
    expect((await client.get(`/read/${value}`)).status).toBe(200);
    expect(received).toEqual([{ title: value }]);
  });

  it('by the names of actions', async () => {
    const { client } = site();
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'strict.constructor',
      'strict.__proto__',
      '%5F%5Fproto%5F%5F',
    ]) {
      for (const path of [`/_actions/${name}`, `/actions/${name}`])
        expect((await client.post(path, '')).status).toBe(404);
    }
  });

  it('by what is kept for the page that is rendered again, now or after a redirect', async () => {
    const { client } = site();
    for (const name of PATHS) {
      const fields = new URLSearchParams({ title: 'mine', [name]: 'polluted' });
      expectHarmless((await client.post('/page?_action=fails', fields)).json());
      expectHarmless((await client.controller('fails', fields, { from: '/page' })).json());
    }
  });

  it('by any nesting of names and values', async () => {
    const { client, received } = site();
    const segment = fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'a',
      '0',
      '',
      'polluted',
      'title',
      'address',
      'entries',
    );
    const name = fc
      .array(segment, { minLength: 1, maxLength: 5 })
      .map(([first = '', ...rest]) => first + rest.map((part) => `[${part}]`).join(''));
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom(...ACTIONS, 'formData'), async (field, action) => {
        const answer = await client.post(
          `/_actions/${action}`,
          new URLSearchParams({ [field]: 'polluted' }),
          ACCEPT_JSON,
        );
        expect(answer.status).toBeLessThan(500);
        received.splice(0).forEach(expectHarmless);
      }),
      { numRuns: 150 },
    );
  });
});

function multipart(name: string): FormData {
  const data = new FormData();
  data.append(name, 'polluted');
  return data;
}
