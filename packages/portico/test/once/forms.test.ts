import { expect, test } from 'vitest';
import { hiddenOf, openShop, withFields } from './site.ts';

const ORDER = '/?_action=order';

test('a form of a `once` action carries a signed id, and its page is kept by no cache but the back button’s', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const page = await agent.get('/');
  expect(page.headers.get('cache-control')).toBe('private, no-cache');
  const [first, second] = [hiddenOf(await page.text()), await shop.hidden(agent)];
  expect(first.get('_once')).toMatch(/^v1\.[\w-]{8}\.[\w-]{43}\.[\w-]{22}$/);
  expect(second.get('_once')).not.toBe(first.get('_once'));
  // By itself, without the action, too.
  expect((await shop.hidden(agent, '/bare')).get('_once')).toMatch(/^v1\./);
});

test.each([
  ['private, max-age=600', 'private, no-cache'],
  ['public, max-age=600', 'private, no-cache'],
  ['no-store', 'no-store'],
])('a page of its own that says %j is answered with %j: one id is for one visit', async (own, sent) => {
  const shop = await openShop({
    use: [
      (ctx, next) => {
        ctx.headers.set('cache-control', own);
        return next();
      },
    ],
  });
  expect((await shop.agent().get('/')).headers.get('cache-control')).toBe(sent);
});

test('a double click and the back button get the redirect, the flash and the result of the first', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const fields = withFields(await shop.hidden(agent), { item: 'said' });
  for (const replayed of [null, 'true', 'true']) {
    const answer = await agent.post(ORDER, fields);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(answer.headers.get('idempotency-replayed')).toBe(replayed);
    expect(await (await agent.get('/')).text()).toContain(
      '<main>Order 1 it is.||{"number":1,"at":"1970-01-01T00:00:00.001Z"}</main>',
    );
  }
  expect(shop.orders).toEqual(['said']);
});

test('a second tab is another form, and orders again', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const [here, there] = [await shop.hidden(agent), await shop.hidden(agent)];
  for (const fields of [here, there, here, there])
    expect((await agent.post(ORDER, withFields(fields, { item: 'away' }))).headers.get('location')).toMatch(
      /^\/orders\/[12]$/,
    );
  expect(shop.orders).toEqual(['away', 'away']);
});

test('other values under the same id are 409, with what was typed and a fresh id for sending it all the same', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const fields = await shop.hidden(agent);
  await agent.post(ORDER, withFields(fields, { item: 'tea' }));
  const refused = await agent.post(ORDER, withFields(fields, { item: 'coffee' }));
  expect(refused.status).toBe(409);
  const page = await refused.text();
  expect(page).toContain('sent already with other values');
  expect(page).toContain('value="coffee"');
  expect(shop.orders).toEqual(['tea']);
  const again = hiddenOf(page);
  expect(again.get('_once')).not.toBe(fields.get('_once'));
  expect((await agent.post(ORDER, withFields(again, { item: 'coffee' }))).status).toBe(303);
  expect(shop.orders).toEqual(['tea', 'coffee']);
});

test('after refused input the form keeps its id, since nothing ran under it', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const fields = await shop.hidden(agent);
  const refused = await agent.post(ORDER, withFields(fields, { item: '' }));
  expect(refused.status).toBe(422);
  const mended = hiddenOf(await refused.text());
  const idOf = (values: URLSearchParams) => values.get('_once')?.split('.').at(-1);
  expect(idOf(mended)).toBe(idOf(fields));
  expect((await agent.post(ORDER, withFields(mended, { item: 'tea' }))).status).toBe(303);
  // The page from before the mistake, by the back button: the order stands already.
  expect((await agent.post(ORDER, withFields(fields, { item: 'tea' }))).status).toBe(303);
  expect(shop.orders).toEqual(['tea']);
});

test('a refusal by the handler is an outcome: a repeat gets it, the form shown again is another one', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const fields = await shop.hidden(agent);
  const pages: string[] = [];
  for (let n = 0; n < 2; n++) {
    const refused = await agent.post(ORDER, withFields(fields, { item: 'taken' }));
    expect(refused.status).toBe(409);
    pages.push(await refused.text());
  }
  expect(shop.orders).toEqual(['taken']);
  const again = withFields(hiddenOf(pages[1] ?? ''), { item: 'tea' });
  expect((await agent.post(ORDER, again)).status).toBe(303);
  expect(shop.orders).toEqual(['taken', 'tea']);
});

test.each(['broken', 'busy', 'file'])('%s is no outcome: a repeat runs', async (item) => {
  const shop = await openShop();
  const agent = shop.agent();
  const fields = withFields(await shop.hidden(agent), { item });
  const answers = [await agent.post(ORDER, fields), await agent.post(ORDER, fields)];
  expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, null]);
  expect(shop.orders).toEqual([item, item]);
  expect(shop.warnings.filter((text) => text.includes('answered by a Response'))).toHaveLength(
    item === 'file' ? 1 : 0,
  );
});

test('files count by their content', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const id = (await shop.hidden(agent)).get('_once') ?? '';
  const send = (content: Uint8Array<ArrayBuffer>, name: string) => {
    const body = new FormData();
    body.set('_once', id);
    body.set('item', 'tea');
    body.set('scan', new File([content], name, { type: 'application/pdf' }));
    return agent.post(ORDER, body);
  };
  // Larger than what stays in memory.
  const content = new Uint8Array(400_000).fill(1);
  const other = content.with(399_999, 2);
  expect((await send(content, 'a.pdf')).status).toBe(303);
  expect((await send(content, 'a.pdf')).status).toBe(303);
  expect((await send(other, 'a.pdf')).status).toBe(409);
  expect((await send(content, 'b.pdf')).status).toBe(409);
  expect(shop.orders).toEqual(['tea/a.pdf']);
});

test('an id that this site did not sign, and one behind the files, are refused before anything runs', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const fields = await shop.hidden(agent);
  const id = fields.get('_once') ?? '';
  for (const forged of ['', 'mine', `${id}x`, id.replace(/^v1\.[^.]*/, 'v1.AAAAAAAA')]) {
    const refused = await agent.post(ORDER, new URLSearchParams({ _once: forged, item: 'tea' }), {
      headers: { accept: 'application/json' },
    });
    expect([refused.status, ((await refused.json()) as Error).message]).toEqual([
      400,
      expect.stringContaining('The parameter _once is not signed by this site'),
    ]);
  }
  const late = new FormData();
  late.set('item', 'tea');
  late.set('scan', new File([new Uint8Array(300_000)], 'a.pdf'));
  late.set('_once', id);
  expect((await agent.post(ORDER, late)).status).toBe(400);
  expect(shop.orders).toEqual([]);
});

test('the id is no field of any action, with `once` or without', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const fields = withFields(await shop.hidden(agent, '/bare'), { item: 'tea' });
  // Its schema takes no field that it does not know.
  expect((await agent.post('/?_action=plain', fields)).status).toBe(303);
  expect((await agent.post('/?_action=plain', fields)).status).toBe(303);
  expect(shop.orders).toEqual(['tea', 'tea']);
});

test('a script that sends a form gets the id of what the form sends next', async () => {
  const shop = await openShop();
  const agent = shop.agent();
  const headers = { accept: 'application/json' };
  let fields = await shop.hidden(agent);
  for (const [item, status] of [
    ['tea', 200],
    ['taken', 409],
    ['coffee', 200],
  ] as const) {
    const answer = await agent.post(ORDER, withFields(fields, { item }), { headers });
    expect(answer.status).toBe(status);
    fields = new URLSearchParams({ _once: answer.headers.get('x-portico-once') ?? '' });
  }
  expect(shop.orders).toEqual(['tea', 'taken', 'coffee']);
  const refused = await agent.post(ORDER, withFields(fields, { item: '' }), { headers });
  expect([refused.status, refused.headers.get('x-portico-once')]).toEqual([400, null]);
});

test('a repeat passes the CSRF check as the first did', async () => {
  const shop = await openShop({ csrf: 'token' });
  const agent = shop.agent();
  const fields = withFields(await shop.hidden(agent), { item: 'tea' });
  expect((await agent.post(ORDER, fields)).status).toBe(303);
  const forged = new URLSearchParams(fields);
  forged.delete('PORTICO_CSRF_TOKEN');
  const refused = await agent.post(ORDER, forged, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect([refused.status, refused.headers.get('idempotency-replayed')]).toEqual([403, null]);
});
