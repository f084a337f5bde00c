import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type OpenApiResponse } from 'portico/openapi';
import { serve, type Served } from '../support/serve.ts';
import { createKitchen } from './kitchen.ts';
import { operationsOf, schemasOf } from './validate.ts';

const portico = createKitchen();
const document = openApi(portico, { title: 'Kitchen', version: '1.0.0' });
const operations = operationsOf(document);
const compile = schemasOf(document);

/** Inputs by the action's operation id: what it takes and what it refuses; `json` in a body, where that differs from a query. */
const inputs: Record<string, { good: unknown; bad?: unknown; json?: unknown }> = {
  plain: { good: { text: 'hello' }, bad: { text: 'x', times: 'many' } },
  users_saveUser: {
    good: { name: 'ann', newsletter: true, home: { street: 'A', zip: '12' } },
    bad: { name: 5, home: { zip: 'x' } },
  },
  rich: {
    good: {
      when: '2026-01-01T00:00:00Z',
      big: '12345678901234567890',
      link: 'https://example.org',
      tags: ['a', 'b'],
      prices: [['small', '3']],
      tree: { name: 'root', parts: [{ name: 'leaf', parts: [] }] },
    },
    bad: { when: 'never', tags: [] },
  },
  search: {
    json: { q: 'shoe', tags: [] },
    good: { q: 'shoe', page: '2', tags: ['a', 'b'], 'near[street]': 'A', 'near[zip]': '1' },
    bad: { page: 'x' },
  },
  both: { good: {} },
  nothing: { good: {} },
  moved: { good: {} },
  choice: { good: { kind: 'card', number: '1' }, bad: { kind: 'cheque' } },
  valibot: { good: { when: '2026-01-01', items: [{ qty: 1 }] }, bad: { items: [{ qty: 'x' }] } },
  arktype: { good: { name: 'ab' }, bad: { name: 'a' } },
  odd_name_a_b_c_d: { good: {} },
  odd_name_rl: { good: {} },
  gallery: { good: { title: 'Mugs', pictures: [] }, bad: { title: 5 } },
  a_b: { good: {} },
  a_b2: { good: {} },
  products_save: { good: { id: 5, name: 'shoe' }, bad: { id: 5 } },
  products_show: { json: { number: 5 }, good: { number: '5' }, bad: { number: 'x' } },
  // Forms only; sent as urlencoded.
  described: { good: { when: '2026-01-01' } },
  bare: { good: { any: 'thing' } },
};
const forms = new Set(['described', 'bare']);

let served: Served;
beforeAll(async () => {
  served = await serve(portico);
});
afterAll(() => served.close());

function inputOf(operationId: string): { good: unknown; bad?: unknown; json?: unknown } | undefined {
  const action = Object.keys(inputs)
    .filter((id) => operationId === id || operationId.startsWith(`${id}_`))
    .toSorted((left, right) => right.length - left.length)[0];
  return action === undefined ? undefined : inputs[action];
}

async function send(
  path: string,
  method: 'get' | 'post',
  input: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const url = new URL(served.url + path.replace('{id}', '5'));
  const accepting = { accept: 'application/json', ...headers };
  if (method === 'get') {
    for (const [key, value] of Object.entries(input as Record<string, string | string[]>))
      for (const one of [value].flat()) url.searchParams.append(key, one);
    return fetch(url, { headers: accepting, redirect: 'manual' });
  }
  const isForm = [...forms].some((id) => path.endsWith(id));
  const body = isForm ? new URLSearchParams(input as Record<string, string>) : JSON.stringify(input);
  return fetch(url, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { ...(!isForm && { 'content-type': 'application/json' }), ...accepting },
  });
}

/** Holds an answer to what the document says of its status, its media type and its body. */
async function expectDescribed(path: string, method: 'get' | 'post', response: Response): Promise<void> {
  const operation = document.paths[path]?.[method];
  const described = operation?.responses[response.status] as OpenApiResponse | undefined;
  expect(described, `${method} ${path} answered ${response.status}`).toBeDefined();
  const type = response.headers.get('content-type');
  if (type === null) return expect(described?.content).toBeUndefined();
  expect(Object.keys(described?.content ?? {})).toContain(type);
  const at = ['paths', path, method, 'responses', response.status, 'content', type, 'schema'];
  const pointer = at.map((part) =>
    encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  const validate = compile(`#/${pointer.join('/')}`);
  const body = (await response.json()) as unknown;
  expect(
    validate(body),
    `${method} ${path}: ${JSON.stringify(validate.errors)} in ${JSON.stringify(body)}`,
  ).toBe(true);
}

describe('what a served app answers is what its document says', () => {
  const driven = operations.filter(({ operation }) => inputOf(operation.operationId));

  it('knows an input for every operation but the upload', () => {
    const missing = operations
      .filter((found) => !driven.includes(found))
      .map(({ operation }) => operation.operationId);
    expect(missing).toEqual(['users_photos_upload', 'users_photos_upload_path']);
  });

  it.each(driven)(
    '$method $path, good and bad input, signed in or not',
    async ({ path, method, operation }) => {
      const input = inputOf(operation.operationId);
      const bad = input?.bad;
      const good = (method === 'post' ? input?.json : undefined) ?? input?.good;
      const cook = { authorization: 'Bearer cook' };
      const accepted = await send(path, method, good, cook);
      expect(accepted.status).toBeLessThan(300);
      await expectDescribed(path, method, accepted);
      if (bad !== undefined) {
        const refused = await send(path, method, bad, cook);
        if (path !== '/products/{id}' || method === 'post') {
          expect(refused.status).toBe(400);
          await expectDescribed(path, method, refused);
        }
      }
      const guest = await send(path, method, good, {});
      expect(guest.status === 401).toBe(operation.security !== undefined);
      await expectDescribed(path, method, guest);
      if (method === 'get') return;
      const other = await fetch(served.url + path.replace('{id}', '5'), {
        method: 'POST',
        body: 'plain',
        headers: { 'content-type': 'text/plain', accept: 'application/json', ...cook },
      });
      expect(other.status).toBe(415);
      await expectDescribed(path, method, other);
      const forged = await send(path, method, good, { ...cook, origin: 'https://evil.example' });
      expect(forged.status).toBe(path.startsWith('/_actions/') ? 403 : 400);
      await expectDescribed(path, method, forged);
    },
  );

  it.each(['/_actions/users.saveUser', '/actions/users/save-user'])('an own error at %s', async (path) => {
    const response = await send(
      path,
      'post',
      { name: 'taken', newsletter: false },
      { authorization: 'Bearer cook' },
    );
    expect(response.status).toBe(409);
    await expectDescribed(path, 'post', response);
  });

  it.each(['/_actions/users.photos.upload', '/actions/users/photos/upload'])(
    'an upload at %s',
    async (path) => {
      const body = new FormData();
      body.append('title', 'me');
      body.append('photo', new File(['png'], 'me.png', { type: 'image/png' }));
      const response = await fetch(served.url + path, {
        method: 'POST',
        body,
        headers: { accept: 'application/json' },
      });
      expect(response.status).toBe(200);
      await expectDescribed(path, 'post', response);
    },
  );
});
