import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { defineAction } from 'portico';
import {
  actionInput,
  actionUrl,
  csrfInput,
  csrfScriptHash,
  csrfToken,
  failMessageInput,
  html,
  redirectInput,
  signedInput,
  successMessageInput,
} from 'portico/html';
import { z } from 'zod';
import { tagOf, tokenize } from './markup.ts';
import { onPage, openSite } from './site.ts';

function newTree() {
  const posts: string[] = [];
  const server = {
    savePost: defineAction({
      accept: 'form',
      input: z.object({ slug: z.string().min(1) }),
      model: 'post',
      messages: { success: 'Saved.', failure: 'Not saved.' },
      handler: async (post) => {
        posts.push(post.slug);
        return { post };
      },
    }),
    users: { saveURLNow: defineAction({ handler: async () => null }) },
    'odd.key/here': defineAction({ handler: async () => null }),
  };
  return { server, posts };
}

const noStore = 'no-cache, no-store, must-revalidate';
const fields = (body: string): Record<string, string> =>
  Object.fromEntries(
    tokenize(body).tags.map(({ attributes }) => [
      attributes.get('name') ?? '',
      attributes.get('value') ?? '',
    ]),
  );

describe('csrf', () => {
  test.each(['auto', 'token', 'origin'] as const)(
    'csrf: %s: a token that is accepted, with a session and no cache',
    async (csrf) => {
      const { server, posts } = newTree();
      const site = openSite(server, (ctx) => csrfInput(ctx), { csrf });
      const page = await site.get('/');
      expect(page.headers.get('cache-control')).toBe(noStore);
      expect(page.headers.get('set-cookie')).toMatch(/^__Host-portico=/);
      const { PORTICO_CSRF_TOKEN: token = '' } = fields(page.body);
      expect(token).toMatch(/^[\w-]{86}$/);
      await site.post('/?_action=savePost', { PORTICO_CSRF_TOKEN: token, slug: 'a' });
      expect(posts).toEqual(['a']);
    },
  );

  test('csrf: token: no token, no action', async () => {
    const { server, posts } = newTree();
    const site = openSite(server, () => 'page', { csrf: 'token' });
    expect((await site.post('/?_action=savePost', { slug: 'a' })).status).toBe(403);
    expect(posts).toEqual([]);
  });

  test('each reading looks different, under the name of the app', async () => {
    const { server } = newTree();
    const [first, second] = await onPage(server, (ctx) => [csrfInput(ctx), csrfInput(ctx)] as const, {
      csrfTokenName: 'T',
    });
    expect(tagOf(first)).toMatchObject({ type: 'hidden', name: 'T' });
    expect(tagOf(first)['value']).not.toBe(tagOf(second)['value']);
  });

  test('without sessions it says so', async () => {
    const { server } = newTree();
    const refusal = await onPage(
      server,
      (ctx) => {
        try {
          return csrfToken(ctx);
        } catch (error) {
          return String(error);
        }
      },
      { session: false },
    );
    expect(refusal).toMatch(/Sessions are off/);
  });

  test('a foreign object is no context', () => {
    expect(() => csrfToken({} as never)).toThrow(/not a context of Portico/);
  });

  test('async: a page without session or token, which can be cached', async () => {
    const { server } = newTree();
    const site = openSite(server, (ctx) => csrfInput(ctx, { async: true }), {
      base: '/shop',
      actionTrigger: 'do',
    });
    const page = await site.get('/');
    expect(page.headers.get('cache-control')).toBeNull();
    expect(page.headers.get('set-cookie')).toBeNull();
    const [input] = tokenize(page.body.replace(/<script>.*<\/script>/, '')).tags;
    expect(Object.fromEntries(input?.attributes ?? [])).toEqual({
      type: 'hidden',
      name: 'PORTICO_CSRF_TOKEN',
      value: '',
      'data-csrf': '/shop/do/users/session-info',
    });
  });

  test('async: the script fills all forms by one request, and its hash is the one we name', async () => {
    const { server } = newTree();
    const page = String(await onPage(server, (ctx) => csrfInput(ctx, { async: true })));
    const [, script = ''] = /<script>(.*)<\/script>/.exec(page) ?? [];
    expect(csrfScriptHash).toBe(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(Buffer.byteLength(page)).toBeLessThan(400);

    const asked: unknown[] = [];
    const inputs = [
      { value: '', dataset: { csrf: '/info' } },
      { value: '', dataset: { csrf: '/info' } },
    ];
    const window = {};
    const fetchInfo = async (...request: unknown[]) => {
      asked.push(request);
      return { json: async () => ({ csrfTokenName: 'T', csrfTokenValue: 'token' }) };
    };
    for (const input of inputs) {
      const document = { currentScript: { previousElementSibling: input } };
      new Function('document', 'window', 'fetch', script)(document, window, fetchInfo);
    }
    await expect.poll(() => inputs.map((input) => input.value)).toEqual(['token', 'token']);
    expect(asked).toEqual([['/info', { headers: { Accept: 'application/json' }, cache: 'no-store' }]]);
  });
});

describe('actionInput', () => {
  test.each<[string, () => unknown, Record<string, string>]>([
    ['a name', () => actionInput('users/save-user'), { name: 'action', value: 'users/save-user' }],
    [
      'another parameter',
      () => actionInput('/users/save-user/', { name: 'do' }),
      { name: 'do', value: 'users/save-user' },
    ],
  ])('%s', (_, make, expected) => {
    expect(tagOf(String(make()))).toEqual({ tag: 'input', type: 'hidden', ...expected });
  });

  test('an action prints a name that finds it again, whatever its key', async () => {
    const { server, posts } = newTree();
    const site = openSite(server, () => 'page');
    const { value: path = '' } = tagOf(actionInput(server.users.saveURLNow));
    expect(path).toBe('users/save-url-now');
    for (const action of [server.users.saveURLNow, server['odd.key/here']]) {
      const { value = '' } = tagOf(actionInput(action));
      expect((await site.post(`/actions/${value}`, {}, { accept: 'application/json' })).status, value).toBe(
        415,
      );
    }
    await site.post('/', { action: tagOf(actionInput(server.savePost))['value'] ?? '', slug: 'b' });
    expect(posts).toEqual(['b']);
  });

  test('an action without a name says what it needs', () => {
    expect(() => actionInput(defineAction({ handler: () => null }))).toThrow(/createPortico/);
  });
});

describe('signed inputs', () => {
  test('redirect and messages come back from the form that was printed', async () => {
    const { server } = newTree();
    const site = openSite(
      server,
      (ctx) =>
        html`${redirectInput(ctx, '/posts/{slug}?a=1&b="2"')}${successMessageInput(ctx, 'Well "done" & <so>\non')}|${Object.entries(ctx.flash.all({ delete: true })).join()}`,
    );
    const page = await site.get('/');
    const answer = await site.post('/?_action=savePost', { ...fields(page.body), slug: 'x y' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/posts/x%20y?a=1&b=%222%22']);
    expect(tokenize((await site.get('/')).body).text).toContain('|notice,Well "done" & <so>\non');
  });

  test('the message of a failure', async () => {
    const { server } = newTree();
    const site = openSite(
      server,
      (ctx) => html`${failMessageInput(ctx, 'Oh & no')}|${ctx.variables.message}`,
    );
    const page = await site.get('/');
    const answer = await site.post('/?_action=savePost', { ...fields(page.body), slug: '' });
    expect([answer.status, tokenize(answer.body).text]).toEqual([422, '|Oh & no']);
  });

  test('a value signed for one parameter is refused as another', async () => {
    const { server, posts } = newTree();
    const site = openSite(server, (ctx) => successMessageInput(ctx, '/admin'));
    const { successMessage = '' } = fields((await site.get('/')).body);
    const answer = await site.post('/?_action=savePost', { redirect: successMessage, slug: 'a' });
    expect(answer.status).toBe(400);
    expect(posts).toEqual([]);
  });

  test('the name of the model', async () => {
    const { server } = newTree();
    const site = openSite(
      server,
      (ctx) => html`${signedInput(ctx, 'postVariable', 'article')}|${Object.keys(ctx.variables).join()}`,
    );
    const page = await site.get('/');
    const answer = await site.post('/?_action=savePost', { ...fields(page.body), slug: '' });
    expect(tokenize(answer.body).text).toBe('|errors,message,article');
  });

  test.each([['javascript:alert(1)'], ['//{host}/'], ['https://{host}/x']])(
    'the redirect %s is refused when it is printed',
    async (template) => {
      const { server } = newTree();
      const refusal = await onPage(server, (ctx) => {
        try {
          return String(redirectInput(ctx, template));
        } catch (error) {
          return `refused: ${String(error)}`;
        }
      });
      expect(refusal).toMatch(/^refused: .*redirect template/);
    },
  );
});

describe('actionUrl', () => {
  test.each<
    [
      string,
      Parameters<typeof actionUrl> extends [unknown, ...infer Rest] ? Rest : never,
      Parameters<typeof onPage>[2],
      string,
    ]
  >([
    [
      'the request’s own origin',
      ['users/session-info'],
      {},
      'https://site.example/actions/users/session-info',
    ],
    [
      'siteUrl',
      ['users/session-info'],
      { siteUrl: 'https://www.example/' },
      'https://www.example/actions/users/session-info',
    ],
    ['base and trigger', ['a'], { base: '/shop/', actionTrigger: 'do' }, 'https://site.example/shop/do/a'],
    [
      'without the path door',
      ['users/a'],
      { actionTrigger: false },
      'https://site.example/?action=users%2Fa',
    ],
    [
      'parameters',
      ['a', { id: 5, code: 'a&b=c#d', no: null, not: undefined, on: true }],
      {},
      'https://site.example/actions/a?id=5&code=a%26b%3Dc%23d&on=true',
    ],
    [
      'lists and objects',
      ['a', { tags: ['x', 'y'], to: { city: 'Bern' }, items: [{ q: 1 }], on: new Date(0) }],
      {},
      'https://site.example/actions/a?tags=x&tags=y&to%5Bcity%5D=Bern&items%5B0%5D%5Bq%5D=1&on=1970-01-01T00%3A00%3A00.000Z',
    ],
  ])('%s', async (_, parameters, options, expected) => {
    const { server } = newTree();
    expect(await onPage(server, (ctx) => actionUrl(ctx, ...parameters), options)).toBe(expected);
  });

  test('an action', async () => {
    const { server } = newTree();
    expect(await onPage(server, (ctx) => actionUrl(ctx, server.users.saveURLNow))).toBe(
      'https://site.example/actions/users/save-url-now',
    );
  });

  test('with both controller doors off it says so', async () => {
    const { server } = newTree();
    const read = onPage(
      server,
      (ctx) => {
        try {
          return actionUrl(ctx, 'a');
        } catch (error) {
          return String(error);
        }
      },
      { actionTrigger: false, actionParam: false },
    );
    expect(await read).toMatch(/actionTrigger and actionParam are both false/);
  });
});
