import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, type PorticoContext, type RequestInfo } from 'portico';
import { z } from 'zod';
import { production } from '../support/production.ts';

// What `portico.wrap` offers to frameworks with islands and middleware of their own, as Astro is one.

function app() {
  const ran: string[] = [];
  const sign = defineAction({
    accept: 'form',
    input: z.object({ name: z.string().min(1) }),
    messages: { success: 'Signed.' },
    handler: ({ name }) => {
      ran.push(name);
      return { name };
    },
  });
  const portico = createPortico({
    actions: { sign },
    ...production,
    use: [
      async (_ctx, next) => {
        ran.push('app');
        return next();
      },
    ],
  });
  const show = (ctx: PorticoContext): Response =>
    Response.json({
      url: ctx.url.pathname,
      result: ctx.getActionResult(sign)?.data ?? null,
      target: ctx.form(sign).attributes.action,
      flash: ctx.flash.get('notice') ?? null,
    });
  return { portico, ran, show };
}

/** A browser on a page of the site. */
function request(path: string, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers);
  headers.set('sec-fetch-site', 'same-origin');
  return new Request(`http://localhost${path}`, { ...init, headers });
}

const posted = (path: string, name: string): Request =>
  request(path, { method: 'POST', body: new URLSearchParams({ name }) });

describe('a request for a part of a page', () => {
  const island = (cookie: string, page: string): [Request, RequestInfo] => [
    request('/_islands/Guests?_action=sign', { method: 'POST', headers: { cookie } }),
    { page },
  ];

  test('shows result, flash and form of that page, under its own URL', async () => {
    const { portico, show } = app();
    const answer = portico.wrap((page) => show(portico.context(page)));
    const sent = await answer(posted('/book?page=2&_action=sign', 'Ada'));
    const cookie = sent.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    const parts = [
      await answer(...island(cookie.join('; '), '/other')),
      await answer(...island(cookie.join('; '), '/book?page=2')),
    ];
    expect(await Promise.all(parts.map((part) => part.json()))).toMatchObject([
      { url: '/_islands/Guests', result: null },
      {
        url: '/_islands/Guests',
        result: { name: 'Ada' },
        target: '?page=2&_action=sign',
        flash: 'Signed.',
      },
    ]);
  });

  test.each(['/book', '/_actions/sign', '/actions/sign', '/book?_action=sign&action=sign'])(
    'runs no action, whatever its own URL and that of the page, %s, say',
    async (page) => {
      const { portico, ran, show } = app();
      const answer = await portico.wrap((asked) => show(portico.context(asked)))(...island('', page));
      expect([answer.status, ran]).toEqual([200, ['app']]);
    },
  );
});

describe('middleware of the host’s', () => {
  test.each([
    ['a page', () => request('/book'), ['app', 'host', 'page']],
    ['an action', () => posted('/actions/sign', 'Ada'), ['app', 'host', 'Ada']],
    ['a failed form, once', () => posted('/book?_action=sign', ''), ['app', 'host', 'page']],
  ])('is inside of the app’s, around %s', async (_name, asked, expected) => {
    const { portico, ran, show } = app();
    const answer = portico.wrap((page) => (ran.push('page'), show(portico.context(page))), {
      around: async (_ctx, next) => {
        ran.push('host');
        return next();
      },
    });
    await answer(asked());
    expect(ran).toEqual(expected);
  });

  test('may refuse an action before it runs, and is not asked about calls in process', async () => {
    const { portico, ran, show } = app();
    const answer = portico.wrap((page) => show(portico.context(page)), {
      around: async ({ action }, next) => (action ? new Response('No.', { status: 403 }) : next()),
    });
    const refused = await answer(posted('/actions/sign', 'Ada'));
    expect([refused.status, ran]).toEqual([403, ['app']]);
    expect(await portico.call(portico.actions.sign, { name: 'Eve' } as never)).toMatchObject({
      data: { name: 'Eve' },
    });
  });
});
