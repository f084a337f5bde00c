import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { actionInput, actionUrl, csrfInput, redirectInput } from 'portico/html';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

// DESIGN.md 3: "`users/save-user` and `users.saveUser` are accepted wherever a name is"; and the base path on every door.

const save = defineAction({
  accept: 'any',
  input: z.object({ a: z.string() }),
  handler: (input, ctx) => ({ name: ctx.action.name, door: ctx.action.door, a: input.a }),
});
const other = defineAction({ accept: 'any', redirect: 'thanks/{id}', handler: () => ({ id: 5 }) });
const recorded = defineAction({ accept: 'form', handler: (_input, ctx) => ctx.redirect('/over-there', 302) });
const actions = { users: { saveUser: save }, other, recorded };

const JSON_ONLY = { headers: { accept: 'application/json' } };
const FORM = (more: Record<string, string> = {}): URLSearchParams => new URLSearchParams({ ...more, a: '1' });

describe.each(['', '/shop', '/deep/shop/'])('base %j', (base) => {
  const at = base.replace(/\/$/, '');
  const portico = createPortico({ actions, base, routes: { 'POST /mine': 'users/save-user' } });
  const pages = (request: Request): Response => new Response(`page ${new URL(request.url).pathname}`);

  test.each<[string, string, string, URLSearchParams]>([
    ...['users.saveUser', 'users/save-user', 'users/saveUser', 'users%2EsaveUser'].flatMap(
      (name): Array<[string, string, string, URLSearchParams]> => [
        [`rpc ${name}`, `/_actions/${name}`, 'rpc', FORM()],
        [`path ${name}`, `/actions/${name}`, 'path', FORM()],
        [`page ${name}`, `/any?_action=${name}`, 'page', FORM()],
        [`query ${name}`, `/any?action=${name}`, 'path', FORM()],
      ],
    ),
    ...['users.saveUser', 'users/save-user', '/users/save-user/', 'users/saveUser'].map(
      (name): [string, string, string, URLSearchParams] => [
        `body ${name}`,
        '/any',
        'page',
        FORM({ action: name }),
      ],
    ),
    ['route', '/mine', 'path', FORM()],
  ])('%s', async (_what, path, door, body) => {
    const visitor = (await serve(portico, { pages })).agent();
    const response = await visitor.post(at + path, body, JSON_ONLY);
    expect([response.status, await response.json()]).toEqual([200, { name: 'users.saveUser', door, a: '1' }]);
  });

  test('an action’s redirect resolves against the base; what a handler recorded stands as it is', async () => {
    const visitor = (await serve(portico, { pages })).agent();
    const places = [];
    for (const path of ['/any?_action=other', '/actions/other', '/any?action=other']) {
      const response = await visitor.post(at + path, FORM());
      places.push([response.status, response.headers.get('location')]);
    }
    expect(places).toEqual(places.map(() => [303, `${at}/thanks/5`]));
    const rpc = await visitor.post(`${at}/_actions/other`, {});
    expect(await rpc.json()).toEqual({ data: { id: 5 }, redirect: `${at}/thanks/5` });
    const own = await visitor.post(`${at}/any?_action=recorded`, FORM());
    expect([own.status, own.headers.get('location')]).toEqual([302, '/over-there']);
  });

  test('the helpers print addresses that lead to the action', async () => {
    const site = await serve(portico, {
      pages: (request) => {
        const ctx = portico.context(request);
        return Response.json({
          url: actionUrl(ctx, 'users/save-user', { q: '1' }),
          name: `${actionInput(save)}`,
          async: `${csrfInput(ctx, { async: true })}`,
          redirect: `${redirectInput(ctx, 'posts/{a}')}`,
          form: ctx.form(save).attributes.action,
        });
      },
    });
    createPortico({ actions, base, routes: {} });
    const printed = (await (await site.agent().get(`${at}/page?x=1`)).json()) as Record<string, string>;
    expect(printed['url']).toBe(`${site.url}${at}/actions/users/save-user?q=1`);
    expect(printed['name']).toContain('value="users/save-user"');
    expect(printed['async']).toContain(`data-csrf="${at}/actions/users/session-info"`);
    expect(printed['form']).toBe('?x=1&_action=users.saveUser');
    const signed = /value="([^"]+)"/.exec(printed['redirect'] ?? '')?.[1] ?? '';
    const posted = await site.agent().post(`${at}/page?_action=users.saveUser`, FORM({ redirect: signed }));
    expect(posted.headers.get('location')).toBe(`${at}/posts/1`);
  });

  test('a plain error page leads home, to the base', async () => {
    const response = await (await serve(portico, { pages })).agent().get(`${at}/actions/nothing`);
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining(`<a href="${at}/">`),
    ]);
  });

  test('a form posted to an action’s path that does not say from where goes home, to the base', async () => {
    const response = await (
      await serve(portico, { pages })
    )
      .agent()
      .post(`${at}/actions/users/save-user`, FORM());
    expect([response.status, response.headers.get('location')]).toEqual([303, `${at}/`]);
  });
});

test('actionTrigger may be written with slashes, and have several segments', async () => {
  const portico = createPortico({ actions, actionTrigger: '/admin/do/' });
  const visitor = (await serve(portico)).agent();
  const response = await visitor.post('/admin/do/users/save-user', FORM(), JSON_ONLY);
  expect([response.status, await response.json()]).toMatchObject([200, { name: 'users.saveUser' }]);
});

test.each(['two words', 'a/b', 'c.d', 'caffè', 'saveUser', 'e%41', '50%', 'x?y#z', 'HTMLPage'])(
  'the address that actionUrl prints for the key %j is a URL without malformed escapes, and leads to the action',
  async (key) => {
    const oddly = defineAction({ accept: 'any', handler: (_input, ctx) => ({ name: ctx.action.name }) });
    const portico = createPortico({ actions: { in: { [key]: oddly } } });
    const site = await serve(portico, {
      pages: (request) =>
        Response.json([actionUrl(portico.context(request), oddly), `${actionInput(oddly)}`, `${oddly}`]),
    });
    const visitor = site.agent();
    const [url = '', hidden = '', query = ''] = (await (await visitor.get('/')).json()) as string[];
    expect(() => decodeURIComponent(url)).not.toThrow();
    const field = /value="([^"]+)"/.exec(hidden)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const answers = [
      await visitor.post(url, FORM(), JSON_ONLY),
      await visitor.post('/', FORM({ action: field }), JSON_ONLY),
      await visitor.post(`/${query}`, FORM(), JSON_ONLY),
      await visitor.post(oddly.path, FORM()),
    ];
    const names = await Promise.all(answers.map((answer) => answer.json()));
    expect(names).toEqual(
      names.map(() => ({ name: `in.${encodeURIComponent(key).replaceAll('.', '%2E')}` })),
    );
  },
);
