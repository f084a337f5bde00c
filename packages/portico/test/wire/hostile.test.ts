import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

// Whatever is sent, the answer is no 5xx, it comes, and nobody's prototype changes.

interface Hostile {
  readonly path: string;
  readonly accept: string;
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

function hostileApp() {
  const nested = z.object({
    title: z.string(),
    tags: z.array(z.string()).max(5).optional(),
    items: z.array(z.object({ qty: z.number(), when: z.date().optional() })).optional(),
    extra: z.record(z.string(), z.string()).optional(),
    file: z.file().optional(),
    done: z.boolean().default(false),
  });
  return createPortico({
    ...production,
    logger: { error: () => undefined, warn: () => undefined },
    routes: { 'POST /things/:id': 'any' },
    actions: {
      any: defineAction({ accept: 'any', input: nested, model: 'title', handler: (input) => input.title }),
      loose: defineAction({
        accept: 'any',
        input: z.looseObject({ id: z.number().optional() }),
        handler: (input) => Object.keys(input),
      }),
      raw: defineAction({ accept: 'form', handler: (input) => [...input.keys()].length }),
      json: defineAction({ input: z.unknown(), handler: (input) => typeof input }),
    },
  });
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const segment = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'title',
  'tags',
  'items',
  'extra',
  'file',
  'done',
  'id',
  'qty',
  'when',
  '0',
  '1',
  '-1',
  '99999999',
  '1e9',
  '',
  ' ',
  'a',
  'é',
  '\0',
  '"',
  '%',
  '.',
  '[',
  ']',
  'action',
  'redirect',
  '_form',
  '_list',
  'PORTICO_CSRF_TOKEN',
);
const name = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
  fc
    .array(segment, { minLength: 1, maxLength: 5 })
    .map(([first = '', ...rest]) => first + rest.map((part) => `[${part}]`).join('')),
  fc.tuple(segment, fc.integer({ min: 1, max: 200 })).map(([part, depth]) => part + '[a]'.repeat(depth)),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
);
const value = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    'on',
    '-0',
    'NaN',
    '1e999',
    '2024-02-30',
    'add:items',
    'remove:items:9',
    'users/x',
    'a\0b',
    '\r\n--x\r\n',
  ),
);
const entries = fc.array(fc.tuple(name, value), { maxLength: 12 });

const urlencoded = fc.oneof(
  entries.map((pairs) =>
    new URLSearchParams(pairs.map(([key, text]): [string, string] => [key.toWellFormed(), text])).toString(),
  ),
  entries.map((pairs) => pairs.map((pair) => pair.join('=')).join('&')),
);
const partHeaders = fc.constantFrom(
  (key: string) => `Content-Disposition: form-data; name="${key}"`,
  (key: string) => `Content-Disposition: form-data; name="${key}"; filename="${key}"`,
  (key: string) =>
    `Content-Disposition: form-data; name="${key}"; filename=""\r\nContent-Type: application/octet-stream`,
  (key: string) => `content-disposition:form-data;name=${key}`,
  (key: string) => `Content-Disposition: form-data; name*=utf-8''${key}`,
  (key: string) => `X: ${key}`,
  (key: string) => key,
);
const multipart = fc
  .tuple(
    fc.array(fc.tuple(partHeaders, name, value), { maxLength: 8 }),
    fc.constantFrom('--x--\r\n', '--x--', '--x', ''),
  )
  .map(
    ([parts, end]) =>
      parts.map(([head, key, text]) => `--x\r\n${head(key)}\r\n\r\n${text}\r\n`).join('') + end,
  );

const { tree: jsonValue } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.integer()),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(segment, tie('tree')), { maxLength: 4 })
      .map((pairs) => new Map(pairs as Array<[string, unknown]>)),
  ),
}));
// By hand, so that `__proto__` and repeated keys stay in the text.
const toJson = (tree: unknown): string => {
  if (tree instanceof Map)
    return `{${[...tree].map(([key, child]) => `${JSON.stringify(key)}:${toJson(child)}`).join()}}`;
  if (Array.isArray(tree)) return `[${tree.map(toJson).join()}]`;
  return JSON.stringify(tree);
};
const json = fc.oneof(
  { weight: 4, arbitrary: jsonValue.map(toJson) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 5_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1, max: 5_000 })
      .map((depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
  },
  { weight: 1, arbitrary: jsonValue.map((tree) => toJson(tree).slice(0, -1)) },
);
const randomBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes));

const typed = fc.oneof(
  fc.tuple(fc.constant('application/x-www-form-urlencoded'), urlencoded.map(bytesOf)),
  fc.tuple(fc.constant('multipart/form-data; boundary=x'), multipart.map(bytesOf)),
  fc.tuple(fc.constant('application/json'), json.map(bytesOf)),
  fc.tuple(
    fc.constantFrom(
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'multipart/form-data; boundary=',
      'application/json',
    ),
    randomBytes,
  ),
);
const path = fc.oneof(
  fc.constantFrom(
    '/_actions/any',
    '/_actions/loose',
    '/_actions/raw',
    '/_actions/json',
    '/page?_action=any',
    '/page?_action=loose',
    '/actions/any',
    '/actions/loose',
    '/page?action=any',
    '/page?action=loose',
    '/things/7',
    '/page',
  ),
  name.map((key) => `/_actions/${encodeURIComponent(key.toWellFormed())}`),
  name.map((key) => `/page?_action=${encodeURIComponent(key.toWellFormed())}`),
  entries.map(
    (pairs) =>
      `/actions/any?${pairs.map(([key, text]) => `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(text.toWellFormed())}`).join('&')}`,
  ),
);
const hostile: fc.Arbitrary<Hostile> = fc
  .tuple(path, fc.constantFrom('application/json', 'text/html', '*/*', ''), typed)
  .map(([where, accept, [type, body]]) => ({ path: where, accept, type, body }));

const PROTOTYPES = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Map.prototype,
  FormData.prototype,
];
const fingerprint = (): string[] =>
  PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).map(String).join());

describe('hostile bodies', () => {
  let before: string[] = [];
  beforeEach(() => {
    before = fingerprint();
  });
  afterEach(() => {
    expect(fingerprint()).toEqual(before);
    expect(Object.keys({})).toEqual([]);
  });

  test('10,000 of them in process', { timeout: 60_000 }, async () => {
    const portico = hostileApp();
    const answer = portico.wrap((request) => Response.json(portico.context(request).variables));
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(hostile, async ({ path: where, accept, type, body }) => {
        const request = new Request(`http://localhost${where}`, {
          method: 'POST',
          body,
          headers: {
            'content-type': type,
            accept,
            'sec-fetch-site': 'same-origin',
            referer: 'http://localhost/page',
          },
        });
        const response = await answer(request);
        const text = await response.text();
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        expect(response.status).toBeLessThan(500);
        if (response.status >= 400) expect(text).not.toBe('');
        if (response.headers.get('content-type') === 'application/json') JSON.parse(text);
      }),
      { numRuns: 10_000 },
    );
    // The generator reaches the handlers and every kind of refusal; otherwise this test says nothing.
    for (const status of [200, 303, 400, 404, 413, 415, 422])
      expect([status, statuses.get(status) ?? 0]).not.toEqual([status, 0]);
  });

  test('300 over a socket', { timeout: 60_000 }, async () => {
    const { url } = await serve(hostileApp());
    await fc.assert(
      fc.asyncProperty(hostile, async ({ path: where, accept, type, body }) => {
        const answer = await sendRaw(
          url,
          `POST ${where}`,
          { 'Content-Type': type, Accept: accept, 'Sec-Fetch-Site': 'same-origin' },
          body,
        );
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });

  test('every query of a GET action', async () => {
    const portico = createPortico({
      ...production,
      actions: {
        find: defineAction({
          method: 'GET',
          input: z.object({ q: z.string(), page: z.number().optional() }),
          handler: (input) => input,
        }),
      },
    });
    await fc.assert(
      fc.asyncProperty(
        urlencoded,
        fc.constantFrom('/_actions/find', '/actions/find', '/page'),
        async (query, where) => {
          const response = await portico.fetch(
            new Request(`http://localhost${where}?action=find&${query.toWellFormed()}`),
          );
          await response.text();
          expect(response.status).toBeLessThan(500);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
