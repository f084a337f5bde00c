import { expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { serve } from '../support/serve.ts';

// DESIGN.md 2: `redirect(to, status?)` records it, whatever text it was put together of; 3: rpc sends it as a value.

test.each([
  ['/посты/1?q=ü#ä', '/%D0%BF%D0%BE%D1%81%D1%82%D1%8B/1?q=%C3%BC#%C3%A4'],
  ['/a b\r\nSet-Cookie: x=1', '/a%20b%0D%0ASet-Cookie:%20x=1'],
  ['/already%20encoded?a=%2F', '/already%20encoded?a=%2F'],
  ['/lone\ud800', '/lone%EF%BF%BD'],
  ['https://example.com/x', 'https://example.com/x'],
  ['/posts/5', '/posts/5'],
])('ctx.redirect(%j) leads to %j at every door', async (to, location) => {
  const go = defineAction({
    accept: 'any',
    method: ['GET', 'POST'],
    handler: (_input, ctx) => ctx.redirect(to),
  });
  const portico = createPortico({ actions: { go } });
  const visitor = (await serve(portico)).agent();
  for (const path of ['/page?_action=go', '/actions/go', '/page?action=go']) {
    const response = await visitor.post(path, new URLSearchParams());
    expect([
      path,
      response.status,
      response.headers.get('location'),
      response.headers.get('set-cookie'),
    ]).toEqual([path, 303, location, expect.not.stringMatching(/^x=1/)]);
  }
  const read = await visitor.get('/actions/go');
  expect([read.status, read.headers.get('location')]).toEqual([303, location]);
  const rpc = await visitor.post('/_actions/go', {});
  expect(await rpc.json()).toEqual({ redirect: location });
});

test('middleware of the app may redirect a page the same way', async () => {
  const portico = createPortico({ actions: {}, use: [(ctx) => ctx.redirect('/вход?from=/')] });
  const response = await (await serve(portico)).agent().get('/page');
  expect([response.status, response.headers.get('location')]).toEqual([
    303,
    '/%D0%B2%D1%85%D0%BE%D0%B4?from=/',
  ]);
});
