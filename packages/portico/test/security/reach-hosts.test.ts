import express, { type RequestHandler } from 'express';
import { createPortico, defineAction } from 'portico';
import { porticoExpress } from 'portico/express';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { listening } from '../hosts/fixtures/listening.ts';
import { production } from '../support/production.ts';
import { sendRaw } from '../support/raw.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

async function serving(...before: readonly RequestHandler[]): Promise<string> {
  const portico = createPortico({
    ...production,
    actions: {
      echo: defineAction({ accept: 'any', input: z.looseObject({}), handler: (input) => input }),
      where: defineAction({ handler: (_input, ctx) => [ctx.clientAddress, ctx.url.origin] }),
    },
    onError: () => undefined,
  });
  const app = express();
  app.set('trust proxy', true);
  for (const one of before) app.use(one);
  app.use(porticoExpress(portico));
  const { url, close } = await listening(app, 'plain');
  onTestFinished(close);
  return url;
}

test('what Express believes of proxies Portico does not', async () => {
  const url = await serving();
  const spoofed = {
    'X-Forwarded-For': '1.2.3.4',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'evil.example',
  };
  const answer = await sendRaw(url, 'POST /_actions/where', { ...JSON_TYPE, ...spoofed }, '{}');
  expect(JSON.parse(answer.body)).toEqual(['127.0.0.1', url]);
});

test.each<[string, RequestHandler, Record<string, string>, string]>([
  [
    'a form',
    express.urlencoded({ extended: true }),
    FORM,
    '__proto__[polluted]=1&constructor[prototype][polluted]=1',
  ],
  ['a flat form', express.urlencoded({ extended: false }), FORM, '__proto__=1&__proto__[polluted]=1'],
  [
    'JSON',
    express.json(),
    JSON_TYPE,
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  ],
])('%s that was parsed before pollutes nothing', async (_name, parser, headers, body) => {
  const url = await serving(parser);
  const answer = await sendRaw(url, 'POST /actions/echo', { ...headers, Accept: 'application/json' }, body);
  expect(answer.status).toBeLessThan(500);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each<[string, unknown]>([
  ['a text', 'a=1'],
  ['bytes', Buffer.from('a=1')],
  ['null', null],
  ['a number', 7],
  [
    'an object of a class',
    new (class {
      a = '1';
    })(),
  ],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: '1' })],
  ['a list', ['1']],
  ['a Map', new Map([['a', '1']])],
])('a body that middleware made %s of is no crash', async (_name, made) => {
  const url = await serving(express.urlencoded(), (req, _res, next) => {
    req.body = made;
    next();
  });
  const answer = await sendRaw(url, 'POST /actions/echo', { ...FORM, Accept: 'application/json' }, 'a=1');
  expect(answer.status === 200 || answer.status === 400 || answer.body.includes('before Portico saw')).toBe(
    true,
  );
});

test('two lengths, and a length beside chunks, are no request', async () => {
  const url = await serving();
  const both = { ...FORM, 'Content-Length': '3', 'Transfer-Encoding': 'chunked' };
  expect((await sendRaw(url, 'POST /actions/echo', both, '0\r\n\r\n')).status).toBe(400);
  const two = { ...FORM, 'Content-Length': '3\r\nContent-Length: 30' };
  expect((await sendRaw(url, 'POST /actions/echo', two, 'a=1')).status).toBe(400);
});
