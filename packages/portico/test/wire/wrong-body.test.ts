import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import type { Body } from '../support/agent.ts';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';
import { codeOf, connect, JSON_ACCEPT, post } from './wrong-app.ts';

// DESIGN.md section 3, “What is wrong gets a right answer”: at every door the row applies to, always with a body.

describe('malformed: 400 BAD_REQUEST saying which', () => {
  test.each([
    ['{"name":', 'ends too early'],
    ['{name:1}', 'JSON'],
    ['{"name":"a"} trailing', 'JSON'],
    ["{'name':'a'}", 'JSON'],
  ])('JSON %j at every door that takes it', async (text, reason) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query', 'route'] as const) {
      const answer = await codeOf(await post(visitor, door, 'save', text));
      expect([door, answer]).toMatchObject([door, { status: 400, code: 'BAD_REQUEST' }]);
      expect(answer.message).toContain(reason);
    }
    expect(ran).toEqual([]);
  });

  test('JSON that is not UTF-8', async () => {
    const { visitor } = await connect();

    const answer = await codeOf(await visitor.post('/_actions/save', new Uint8Array([0x22, 0xff, 0x22])));

    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining('UTF-8') });
  });

  test.each([
    ['no boundary', 'multipart/form-data', 'hello'],
    ['no part', 'multipart/form-data; boundary=x', 'hello'],
    [
      'an end that is missing',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda',
    ],
    [
      'a part without a name',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data\r\n\r\nAda\r\n--x--\r\n',
    ],
    ['a part without headers', 'multipart/form-data; boundary=x', '--x\r\n\r\nAda\r\n--x--\r\n'],
  ])('multipart with %s at every door that takes it', async (_what, type, text) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query', 'route'] as const) {
      const response = await post(visitor, door, 'save', text, { headers: { 'content-type': type } });
      expect([door, await codeOf(response)]).toMatchObject([door, { status: 400, code: 'BAD_REQUEST' }]);
    }
    expect(ran).toEqual([]);
  });

  test.each([
    ['rpc', 'POST /_actions/sa%', 400],
    ['rpc', 'POST /_actions/%C3%28', 400],
    ['path', 'POST /actions/sa%zz', 400],
    ['page', 'POST /page?_action=sa%25', 400],
  ])('a percent-escape in a name at the door %s: %s', async (_door, line, status) => {
    const { url } = await connect();

    const answer = await sendRaw(url, line, { ...JSON_ACCEPT, 'Content-Type': 'application/json' }, '{}');

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('percent-escape'),
    });
  });

  test('a percent-escape in the parameter of a route', async () => {
    const portico = createPortico({
      actions: { get: defineAction({ method: 'GET', handler: () => 1 }) },
      routes: { 'GET /p/:id': 'get' },
    });
    const { url } = await serve(portico);

    expect((await sendRaw(url, 'GET /p/%zz')).status).toBe(400);
  });
});

describe('a content type the action does not take: 415 naming what it takes', () => {
  test.each<[string, Body, string | undefined, string]>([
    ['json', new URLSearchParams({ name: 'Ada' }), undefined, 'application/json'],
    ['json', new FormData(), undefined, 'application/json'],
    ['json', 'name', 'text/plain', 'application/json'],
    ['json', '{}', 'application/vnd.api+json', 'application/json'],
    ['form', { name: 'Ada' }, undefined, 'application/x-www-form-urlencoded'],
    ['form', 'name', 'text/plain', 'multipart/form-data'],
    ['save', '<name/>', 'application/xml', 'application/json'],
  ])('%s sent %s as %s', async (name, body, type, takes) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query'] as const) {
      const response = await post(
        visitor,
        door,
        name,
        body,
        type === undefined ? {} : { headers: { 'content-type': type } },
      );
      const answer = await codeOf(response);
      expect([door, answer]).toMatchObject([door, { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' }]);
      expect(answer.message).toContain(takes);
    }
    expect(ran).toEqual([]);
  });

  test('a body without a content type', async () => {
    const { url } = await connect();

    const answer = await sendRaw(url, 'POST /_actions/json', {}, '{"name":"Ada"}');

    expect([answer.status, answer.headers.get('accept-post')]).toEqual([415, 'application/json']);
  });

  test.each(['application/json', 'APPLICATION/JSON; charset=utf-8', 'application/json ;charset=utf-8'])(
    'parameters, case and spaces do not matter: %s',
    async (type) => {
      const { visitor } = await connect();

      expect(
        (await visitor.post('/_actions/json', '{"name":"Ada"}', { headers: { 'content-type': type } }))
          .status,
      ).toBe(204);
    },
  );
});

describe('schema says no', () => {
  test('400 with the wire’s ActionInputError at the rpc and page doors', async () => {
    const { visitor } = await connect();

    for (const door of ['rpc', 'page'] as const) {
      const response = await post(visitor, door, 'save', new URLSearchParams({ name: 'A' }));
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { type: 'ActionInputError', code: 'BAD_REQUEST', fields: { name: [expect.any(String)] } },
      ]);
    }
  });

  test('400 with { message, errors } at the controller doors', async () => {
    const { visitor } = await connect();

    for (const door of ['path', 'query', 'body', 'route'] as const) {
      const response = await post(visitor, door, 'save', new URLSearchParams({ name: 'A' }));
      expect([door, response.status, await response.json()]).toMatchObject([
        door,
        400,
        {
          message: expect.any(String),
          error: expect.any(String),
          code: 'BAD_REQUEST',
          errors: { name: [expect.any(String)] },
        },
      ]);
    }
  });

  test('422 where a page is rendered again; formFailureStatus changes it', async () => {
    const { visitor } = await connect();
    const renamed = await connect({ formFailureStatus: 200 });
    const form = (fields = {}) => new URLSearchParams({ name: 'A', ...fields });

    for (const [path, fields] of [
      ['/page?_action=save', {}],
      ['/page', { action: 'save' }],
    ] as const) {
      const response = await visitor.post(path, form(fields));
      expect([response.status, await response.text()]).toEqual([422, 'a page']);
      expect((await renamed.visitor.post(path, form(fields))).status).toBe(200);
    }
  });
});
