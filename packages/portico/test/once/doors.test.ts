import { defineAction } from 'portico';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openShop, withFields } from './site.ts';

// Every way in that can submit: the page door, the path, a route, the body field and the query, as HTML and as JSON.

const JSON_ANSWER = { accept: 'application/json' };

test.each([
  ['page', '/?_action=order', {}, {}],
  ['page', '/?_action=order', {}, JSON_ANSWER],
  ['path', '/actions/order', {}, {}],
  ['path', '/actions/order', {}, JSON_ANSWER],
  ['body field', '/', { action: 'order/' }, {}],
  ['query', '/?action=order', {}, JSON_ANSWER],
  ['route', '/buy/tea', {}, {}],
  ['route', '/buy/tea', {}, JSON_ANSWER],
])('a repeat by the %s (%s, %j, %j) is answered as the first was', async (_door, path, fields, headers) => {
  const shop = await openShop({ routes: { 'POST /buy/:item': 'order' } });
  const agent = shop.agent();
  const body = withFields(await shop.hidden(agent), { ...fields, item: 'said' });
  const answers = [];
  for (let n = 0; n < 2; n++) {
    const answer = await agent.post(path, body, { headers });
    answers.push({
      status: answer.status,
      location: answer.headers.get('location'),
      type: answer.headers.get('content-type'),
      body: await answer.text(),
    });
  }
  expect(answers[0]?.status).toBeLessThan(400);
  expect(answers[1]).toEqual(answers[0]);
  expect(shop.orders).toHaveLength(1);
});

test('controller-style JSON brings the id in itself, as it does its token', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const json = { headers: JSON_ANSWER };
  const _once = (await shop.hidden(agent)).get('_once');
  for (let n = 0; n < 2; n++)
    expect((await agent.post('/actions/order', { _once, item: 'tea' }, json)).status).toBe(200);
  expect((await agent.post('/actions/order', { _once, item: 'coffee' }, json)).status).toBe(409);
  expect(shop.orders).toEqual(['tea']);
});

test('a page that a handler rendered in its place is rendered again', async () => {
  const thanks = defineAction({
    accept: 'form',
    once: true,
    input: z.object({ item: z.string() }),
    handler: ({ item }, ctx) => {
      ctx.render('/thanks', { message: `Thanks for ${item}.` });
    },
  });
  const shop = await openShop({ more: { thanks } });
  const agent = shop.agent();
  const body = withFields(await shop.hidden(agent), { item: 'tea' });
  for (let n = 0; n < 2; n++)
    expect(await (await agent.post('/?_action=thanks', body)).text()).toContain('Thanks for tea.');
});

test('calls in process are no submissions', async () => {
  let ran = 0;
  const inner = defineAction({ once: 'required', handler: () => void ran++ });
  const twice = defineAction({
    handler: async (_input, ctx) => {
      await ctx.call(inner, undefined);
      await ctx.call(inner, undefined);
    },
  });
  const shop = await openShop({ more: { inner, twice } });
  expect((await shop.agent().post('/_actions/twice', {})).status).toBe(204);
  expect(ran).toBe(2);
});
