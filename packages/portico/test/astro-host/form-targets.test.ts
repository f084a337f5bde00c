import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { appOf } from '../../src/app.ts';
import { withReachableForms } from '../../src/hosts/astro/form-targets.ts';

const action = (): ReturnType<typeof defineAction> => defineAction({ accept: 'form', handler: () => 1 });
const app = (base: string) =>
  appOf(
    createPortico({
      actions: { newsletter: action(), users: { saveUser: action() } },
      base,
      secrets: ['x'.repeat(32)],
    }),
  );

async function rewritten(html: string, base = '', slash: 'always' | 'ignore' = 'ignore'): Promise<string> {
  const page = new Response(html, { headers: { 'content-type': 'text/html', 'content-length': '9' } });
  const response = await withReachableForms(page, app(base), slash);
  expect(response.headers.has('content-length')).toBe(false);
  return response.text();
}

describe('forms of a page that is a file', () => {
  test.each([
    ['<form action="?_action=newsletter">', '<form action="/actions/newsletter">'],
    ["<button formaction='?_action=newsletter'>", "<button formaction='/actions/newsletter'>"],
    ['<form action="?_action=users.saveUser">', '<form action="/actions/users/save-user">'],
    ['<i title="a > b" data-to="?_action=newsletter">', '<i title="a > b" data-to="/actions/newsletter">'],
    [
      '<astro-island props="{&quot;action&quot;:[0,&quot;?_action=newsletter&quot;]}">',
      '<astro-island props="{&quot;action&quot;:[0,&quot;/actions/newsletter&quot;]}">',
    ],
    ['<form action="?_action=unknown">', '<form action="?_action=unknown">'],
    ['<form action="/page?_action=newsletter">', '<form action="/page?_action=newsletter">'],
    ['<p>action="?_action=newsletter"</p>', '<p>action="?_action=newsletter"</p>'],
  ])('%s', async (before, after) => {
    expect(await rewritten(before)).toBe(after);
  });

  test('base and trailing slash are Astro’s', async () => {
    expect(await rewritten('<form action="?_action=newsletter">', '/shop', 'always')).toBe(
      '<form action="/shop/actions/newsletter/">',
    );
  });

  test('what is no HTML stays as it is', async () => {
    const json = Response.json({ form: '<form action="?_action=newsletter">' });
    expect(await withReachableForms(json, app(''), 'ignore')).toBe(json);
  });
});
