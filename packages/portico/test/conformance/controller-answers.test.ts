import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, getActionContext, type PorticoOptions } from 'portico';
import { signedInput } from 'portico/html';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

// DESIGN.md 3, "Controller-style answers", sentence by sentence.

const actions = {
  posts: {
    save: defineAction({
      accept: 'any',
      model: 'post',
      messages: { success: 'Saved.', failure: 'Not saved.' },
      redirect: '/posts/{id}',
      input: z.object({ title: z.string().min(1), password: z.string().optional() }),
      handler: ({ title }) => ({ post: { id: 7, title } }),
    }),
    plain: defineAction({
      accept: 'any',
      handler: () => ({ a: 1, message: 'of the data', redirect: 'of the data' }),
      messages: { success: 'of the action' },
      redirect: '/of-the-action',
    }),
    list: defineAction({ accept: 'any', handler: () => [1, 2] }),
    text: defineAction({ accept: 'any', handler: () => 'words' }),
    when: defineAction({ accept: 'any', handler: () => new Date(0) }),
    nothing: defineAction({ accept: 'any', handler: () => undefined }),
    login: defineAction({
      accept: 'any',
      handler: (_input, ctx) => {
        ctx.session.userId = 'u1';
        return { ok: true };
      },
    }),
    teapot: defineAction({
      accept: 'any',
      errors: { TAKEN: { status: 409, message: 'Taken.', data: z.object({ since: z.number() }) } },
      handler: (_input, ctx) => ctx.fail('TAKEN', { since: 5 }),
    }),
    boom: defineAction({
      accept: 'any',
      handler: () => {
        throw new Error('secret');
      },
    }),
    status: defineAction({
      accept: 'any',
      handler: (_input, ctx) => {
        ctx.status = 201;
        return { made: true };
      },
    }),
    render: defineAction({
      accept: 'any',
      messages: { success: 'Shown.' },
      handler: (_input, ctx) => {
        ctx.status = 202;
        ctx.render('/shown?x=1', { product: 'lamp' });
      },
    }),
    renderFailure: defineAction({
      accept: 'any',
      handler: (_input, ctx) => {
        ctx.render('/shown', { product: 'lamp' });
        ctx.fail('CONFLICT', undefined, 'It clashes.');
      },
    }),
    renderMissing: defineAction({
      accept: 'any',
      method: ['GET', 'POST'],
      handler: (_input, ctx) => ctx.render('/missing'),
    }),
    rows: defineAction({
      accept: 'form',
      input: z.object({ items: z.array(z.object({ name: z.string().min(1) })) }),
      handler: () => undefined,
    }),
  },
};

async function site(options: Partial<PorticoOptions> = {}) {
  const errors: unknown[] = [];
  const portico = createPortico({
    actions,
    ...production,
    onError: (error) => void errors.push(error),
    ...options,
  });
  const served = await serve(portico, {
    pages: (request) => {
      const ctx = portico.context(request);
      const { pathname, search } = new URL(request.url);
      if (pathname === '/missing' || pathname.startsWith('/actions'))
        return new Response('', { status: 404 });
      if (pathname === '/sign') return new Response(String(signedInput(ctx, 'postVariable', 'article')));
      return Response.json({
        page: pathname + search,
        variables: ctx.variables,
        flash: ctx.flash.all({ delete: true }),
        rows: ctx
          .form(actions.posts.rows)
          .list('items')
          .rows.map((row) => row.field('name').value),
      });
    },
  });
  return { ...served, errors };
}

const JSON_ONLY = { headers: { accept: 'application/json' } };
const form = (fields: Record<string, string> = {}): URLSearchParams => new URLSearchParams(fields);

describe('JSON success', () => {
  test('is 200 { …data, message, redirect, modelName, [modelName], modelId } and nothing else', async () => {
    const response = await (
      await site()
    )
      .agent()
      .post('/actions/posts/save', form({ title: 'A' }), JSON_ONLY);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.json()).toEqual({
      message: 'Saved.',
      redirect: '/posts/7',
      modelName: 'post',
      post: { id: 7, title: 'A' },
      modelId: 7,
    });
  });

  test.each([
    ['the data’s keys win', 'plain', { a: 1, message: 'of the data', redirect: 'of the data' }],
    ['a list goes under data', 'list', { data: [1, 2] }],
    ['a text goes under data', 'text', { data: 'words' }],
    ['a Date goes under data', 'when', { data: '1970-01-01T00:00:00.000Z' }],
    ['nothing is an empty object', 'nothing', {}],
  ])('%s', async (_what, name, body) => {
    const response = await (await site()).agent().post(`/actions/posts/${name}`, {}, JSON_ONLY);
    expect([response.status, await response.json()]).toEqual([200, body]);
  });

  test('has csrfTokenValue when the identity changed, and only then', async () => {
    const visitor = (await site()).agent();
    expect(await (await visitor.post('/actions/posts/nothing', {}, JSON_ONLY)).json()).toEqual({});
    expect(await (await visitor.post('/actions/posts/login', {}, JSON_ONLY)).json()).toEqual({
      ok: true,
      csrfTokenValue: expect.stringMatching(/.{20,}/),
    });
    // The same identity once more is no change.
    expect(await (await visitor.post('/actions/posts/login', {}, JSON_ONLY)).json()).toEqual({ ok: true });
  });

  test('has the status that the handler set', async () => {
    const response = await (await site()).agent().post('/actions/posts/status', {}, JSON_ONLY);
    expect(response.status).toBe(201);
  });

  test('and JSON failure leave no flash', async () => {
    const visitor = (await site()).agent();
    await visitor.post('/actions/posts/save', form({ title: 'A' }), JSON_ONLY);
    await visitor.post('/actions/posts/save', form(), JSON_ONLY);
    await visitor.post('/page?_action=posts.save', form(), JSON_ONLY);
    expect(await (await visitor.get('/page')).json()).toMatchObject({ flash: {}, variables: {} });
  });
});

describe('JSON failure', () => {
  test('is 400 { message, error, errors, code, modelName, model minus secrets }', async () => {
    const response = await (
      await site()
    )
      .agent()
      .post('/actions/posts/save', form({ title: '', password: 'hunter2' }), JSON_ONLY);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        message: 'Not saved.',
        error: 'Not saved.',
        errors: { title: [expect.any(String)] },
        code: 'BAD_REQUEST',
        modelName: 'post',
        post: { title: '' },
      },
    ]);
  });

  test('has the error’s status and what the action added', async () => {
    const response = await (await site()).agent().post('/actions/posts/teapot', {}, JSON_ONLY);
    expect([response.status, await response.json()]).toEqual([
      409,
      { message: 'Taken.', error: 'Taken.', errors: {}, code: 'TAKEN', since: 5 },
    ]);
  });

  test.each([
    [true, ['exception', 'file', 'line', 'trace']],
    [false, []],
  ])('of a foreign error, with dev %j, adds %j', async (dev, added) => {
    const { agent, errors } = await site({ dev });
    const response = await agent().post('/actions/posts/boom', {}, JSON_ONLY);
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(500);
    expect(Object.keys(body).toSorted()).toEqual(
      ['code', 'error', 'errors', 'message', 'requestId', ...added].toSorted(),
    );
    expect(JSON.stringify(body).includes('secret')).toBe(dev);
    expect(String(errors[0])).toBe('Error: secret');
  });
});

describe('which of the two: by Accept', () => {
  test.each([
    ['application/json', true],
    ['application/*', true],
    ['text/html, application/json;q=0.5', true],
    ['application/json;q=0, application/*', false],
    ['*/*', false],
    ['text/html,*/*;q=0.8', false],
    ['application/xhtml+xml', false],
    ['', false],
  ])('%j', async (accept, json) => {
    const response = await (
      await site()
    )
      .agent()
      .post('/actions/posts/save', form({ title: 'A' }), { headers: { accept } });
    expect(response.status).toBe(json ? 200 : 303);
  });
});

describe('HTML success', () => {
  test('is flash and 303 at every controller door', async () => {
    for (const path of ['/actions/posts/save', '/any?action=posts/save', '/any']) {
      const visitor = (await site()).agent();
      const response = await visitor.post(path, form({ action: 'posts/save', title: 'A' }));
      expect([path, response.status, response.headers.get('location')]).toEqual([path, 303, '/posts/7']);
      expect(await (await visitor.get('/posts/7')).json()).toMatchObject({ flash: { notice: 'Saved.' } });
    }
  });

  test.each(['/actions/posts/render', '/any?action=posts/render', '/any?_action=posts.render'])(
    'ctx.render at %s shows the page with its variables, the flash in that very request, and the status of the handler',
    async (path) => {
      const visitor = (await site()).agent();
      const response = await visitor.post(path, form());
      expect([response.status, await response.json()]).toEqual([
        202,
        { page: '/shown?x=1', variables: { product: 'lamp' }, flash: { notice: 'Shown.' }, rows: [] },
      ]);
      expect(await (await visitor.get('/next')).json()).toMatchObject({ flash: {} });
    },
  );

  test.each([
    '/actions/posts/render-failure',
    '/any?action=posts/render-failure',
    '/any?_action=posts.renderFailure',
  ])('a handler at %s that fails after ctx.render shows its failure on that page', async (path) => {
    const response = await (await site()).agent().post(path, form());
    expect([response.status, await response.json()]).toMatchObject([
      409,
      {
        page: '/shown',
        variables: { product: 'lamp', message: 'It clashes.' },
        flash: { error: 'It clashes.' },
      },
    ]);
  });

  test('ctx.render of a page that is not there is logged; a form goes on, a GET gets an error and no loop', async () => {
    const { agent, errors } = await site();
    const visitor = agent();
    const posted = await visitor.post('/any?action=posts/render-missing', form());
    const read = await visitor.get('/actions/posts/render-missing');
    expect([posted.status, posted.headers.get('location'), read.status]).toEqual([303, '/any', 500]);
    expect(errors.map(String)).toEqual([
      expect.stringContaining('ctx.render("/missing")'),
      expect.stringContaining('ctx.render("/missing")'),
    ]);
  });
});

describe('HTML failure', () => {
  test('renders the posted page in the same request: 422, model, errors and message in ctx.variables, flash error', async () => {
    const visitor = (await site()).agent();
    const response = await visitor.post(
      '/edit?id=3&action=posts/save',
      form({ title: '', password: 'hunter2' }),
    );
    const body = (await response.json()) as { variables: object };
    expect([response.status, body]).toMatchObject([
      422,
      {
        page: '/edit?id=3',
        variables: { message: 'Not saved.', post: { title: '' } },
        flash: { error: 'Not saved.' },
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(await (await visitor.get('/edit')).json()).toMatchObject({ flash: {}, variables: {} });
  });

  test('names the model as the signed variable says', async () => {
    const { agent } = await site();
    const visitor = agent();
    const signed = /value="([^"]+)"/.exec(await (await visitor.get('/sign')).text())?.[1] ?? '';
    const response = await visitor.post('/edit?action=posts/save', form({ postVariable: signed, title: '' }));
    expect(await response.json()).toMatchObject({ variables: { article: { title: '' } } });
  });

  test('where there is no page, is a 303 to the same-origin Referer, with errors and values kept', async () => {
    const { agent, url } = await site();
    const visitor = agent();
    const response = await visitor.post('/actions/posts/save', form({ title: '' }), {
      headers: { referer: `${url}/edit?id=3` },
    });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/edit?id=3']);
    expect(await (await visitor.get('/edit?id=3')).json()).toMatchObject({
      variables: { message: 'Not saved.', errors: { title: [expect.any(String)] }, post: { title: '' } },
      flash: { error: 'Not saved.' },
    });
    expect(await (await visitor.get('/edit?id=3')).json()).toMatchObject({ variables: {}, flash: {} });
  });

  test('a foreign or missing Referer gets errorPage(error, ctx)', async () => {
    const { agent } = await site({
      errorPage: (error, ctx) =>
        new Response(`${error.code} at ${ctx.action?.name}`, { status: error.status }),
    });
    for (const headers of [{}, { referer: 'https://evil.example/edit' }, { referer: 'nonsense' }]) {
      const response = await agent().post('/actions/posts/save', form({ title: '' }), {
        headers: { ...headers },
      });
      expect([response.status, await response.text()]).toEqual([400, 'BAD_REQUEST at posts.save']);
    }
  });
});

test.each([
  ['the site’s', 'https://site.example', '/posts/7'],
  ['of the request, where the site’s is not known', undefined, '/posts/7'],
  ['another', 'https://other.example', '/https%3A%2F%2Fsite.example%2Fposts%2F7'],
])('{url} leads to a whole URL of the own origin: %s', async (_whose, siteUrl, location) => {
  const url = 'https://site.example/posts/7';
  const save = defineAction({ accept: 'any', redirect: '{url}', handler: () => ({ url }) });
  const portico = createPortico({
    actions: { save },
    secrets: ['a secret of the tests that is long enough'],
    ...(siteUrl && { siteUrl }),
  });
  const request = new Request('https://site.example/actions/save', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', origin: 'https://site.example' },
    body: form({}),
  });
  const response = await portico.fetch(request);
  expect([response.status, response.headers.get('location')]).toEqual([303, location]);
});

test('a list button of a form that posts to an action’s path shows the page of the form, with a row more', async () => {
  const { agent, url } = await site();
  const response = await agent().post(
    '/actions/posts/rows',
    form({ _list: 'add:items', 'items[0][name]': 'first' }),
    { headers: { referer: `${url}/edit?id=3` } },
  );
  expect([response.status, await response.json()]).toMatchObject([
    200,
    { page: '/edit?id=3', rows: ['first', ''] },
  ]);
});

test('getActionContext knows the door, and the canonical name', async () => {
  const seen: unknown[] = [];
  const portico = createPortico({
    actions,
    use: [
      (ctx, next) => {
        const { action } = getActionContext(ctx);
        seen.push([action?.name, action?.calledFrom]);
        return next();
      },
    ],
  });
  const visitor = (await serve(portico)).agent();
  for (const path of [
    '/_actions/posts/nothing/',
    '/p?_action=posts%2Fnothing',
    '/actions/posts.nothing',
    '/p?action=posts/nothing',
  ])
    await visitor.post(path, form());
  await visitor.post('/p', form({ action: 'posts/nothing' }));
  await visitor.get('/p');
  expect(seen).toEqual([
    ['posts.nothing', 'rpc'],
    ['posts.nothing', 'form'],
    ['posts.nothing', 'path'],
    ['posts.nothing', 'path'],
    ['posts.nothing', 'form'],
    [undefined, undefined],
  ]);
});
