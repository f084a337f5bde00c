import { describe, expect, test } from 'vitest';
import { ActionError, defineAction, type ActionObject as AnyAction } from 'portico';
import { form, html, renderForm, renderInput, hiddenInputs } from 'portico/html';
import { z } from 'zod';
import { tokenize } from './markup.ts';
import { afterPost, onPage, openSite } from './site.ts';

const server = {
  newsletter: defineAction({
    accept: 'form',
    input: z
      .object({ email: z.email('No address.'), name: z.string().default('') })
      .refine((v) => v.email !== v.name, 'Both are the same.'),
    messages: { success: 'Thanks!', failure: 'Please check the form.' },
    handler: async ({ email }) => {
      if (email === 'taken@a.example') throw new ActionError({ code: 'CONFLICT', message: 'Taken already.' });
      return { email };
    },
  }),
  blog: {
    upload: defineAction({
      accept: 'any',
      input: z.object({ cover: z.file().optional() }),
      handler: async () => null,
    }),
    plain: defineAction({ accept: 'form', handler: async () => null }),
    json: defineAction({ input: z.object({}), handler: async () => null }),
    search: defineAction({ method: 'GET', input: z.object({ q: z.string() }), handler: async () => null }),
  },
};

describe('the form element', () => {
  test.each<[string, string, string]>([
    ['/', '?_action=newsletter', 'nothing else'],
    ['/list?page=2&q=a%26b', '?page=2&q=a%26b&_action=newsletter', 'the page’s own query stays'],
    ['/list?_action=newsletter&page=2', '?page=2&_action=newsletter', 'the action is named once'],
  ])('on %s is posted to %s: %s', async (path, action) => {
    const { attributes, props } = await onPage(server, (ctx) => form(ctx, server.newsletter), {}, path);
    expect(attributes).toEqual({ method: 'post', action });
    expect(props).toEqual({ method: 'post', action });
  });

  test('after a failure too', async () => {
    const { attributes } = await afterPost(server, '/list?page=2&_action=newsletter', { email: 'x' }, (ctx) =>
      form(ctx, server.newsletter),
    );
    expect(attributes.action).toBe('?page=2&_action=newsletter');
  });

  test('its id, and its encoding where there may be files', async () => {
    const { attributes, props } = await onPage(server, (ctx) => form(ctx, server.blog.upload, { id: 'u' }));
    expect(attributes).toEqual({
      method: 'post',
      action: '?_action=blog.upload',
      enctype: 'multipart/form-data',
      id: 'u',
    });
    expect(props).toEqual({
      method: 'post',
      action: '?_action=blog.upload',
      encType: 'multipart/form-data',
      id: 'u',
    });
    expect((await onPage(server, (ctx) => form(ctx, server.blog.plain))).attributes.enctype).toBe(
      'multipart/form-data',
    );
  });

  test('on a page that an action rendered, it is posted to that page', async () => {
    const actions = {
      show: defineAction({ accept: 'form', handler: async (_input, ctx) => ctx.render('/other?x=1') }),
      target: defineAction({ accept: 'form', handler: async () => null }),
    };
    const { attributes } = await afterPost(actions, '/actions/show', {}, (ctx) => form(ctx, actions.target));
    expect(attributes.action).toBe('/other?x=1&_action=target');
  });

  test.each<[string, 'json' | 'search', RegExp]>([
    ['JSON only', 'json', /blog\.json takes JSON only/],
    ['GET only', 'search', /blog\.search answers GET only/],
  ])('an action that takes %s is refused', async (_, key, message) => {
    await expect(
      onPage(server, (ctx) => {
        try {
          return form(ctx, server.blog[key] as AnyAction);
        } catch (error) {
          return String(error);
        }
      }),
    ).resolves.toMatch(message);
  });
});

describe('hidden fields', () => {
  test('in the order of the wire', async () => {
    const hidden = await onPage(
      server,
      (ctx) =>
        form(ctx, server.newsletter, {
          id: 'f',
          csrf: true,
          redirect: '/a',
          successMessage: 'S',
          failMessage: 'F',
        }).hidden,
    );
    expect(hidden.map(({ name }) => name)).toEqual([
      'PORTICO_CSRF_TOKEN',
      'redirect',
      'successMessage',
      'failMessage',
      '_form',
    ]);
    expect(hidden.at(-1)?.value).toBe('f');
  });

  test('they are accepted', async () => {
    const site = openSite(server, (ctx) => {
      const options = { id: 'f', csrf: true, redirect: '/a?b="c"', successMessage: 'S & "s"' };
      return html`${hiddenInputs(form(ctx, server.newsletter, options))}|${ctx.flash.get('notice')}`;
    });
    const { tags } = tokenize((await site.get('/')).body);
    const fields = tags.map(
      ({ attributes }) => [attributes.get('name') ?? '', attributes.get('value') ?? ''] as const,
    );
    const answer = await site.post('/?_action=newsletter', [...fields, ['email', 'a@b.example']]);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/a?b=%22c%22']);
    expect(tokenize((await site.get('/')).body).text).toBe('|S & "s"');
  });

  const token = ['PORTICO_CSRF_TOKEN'];
  test.each<['auto' | 'token' | 'origin', boolean | undefined, boolean, string[]]>([
    ['auto', undefined, false, []],
    ['auto', undefined, true, token],
    ['auto', true, false, token],
    ['auto', false, true, []],
    ['token', undefined, false, token],
    ['token', false, false, []],
    ['origin', undefined, true, []],
    ['origin', true, false, token],
  ])('csrf: %s, option %s, session %s: %j', async (csrf, option, hasSession, expected) => {
    const site = openSite(
      server,
      (ctx) => {
        if (ctx.url.pathname === '/start') return ctx.session.set('a', 1);
        return hiddenInputs(form(ctx, server.newsletter, option === undefined ? {} : { csrf: option }));
      },
      { csrf },
    );
    if (hasSession) await site.get('/start');
    const page = await site.get('/');
    expect(tokenize(page.body).tags.map(({ attributes }) => attributes.get('name'))).toEqual(expected);
    expect(page.headers.get('cache-control') !== null).toBe(expected.length > 0);
  });
});

describe('a failure', () => {
  test('of the input: message, errors of the whole, fields', async () => {
    const found = await afterPost(
      server,
      '/?_action=newsletter',
      { email: 'a@b.example', name: 'a@b.example' },
      (ctx) => {
        const { message, errors, field } = form(ctx, server.newsletter);
        return { message, errors, email: field('email').value };
      },
    );
    expect(found).toEqual({
      message: 'Please check the form.',
      errors: ['Both are the same.'],
      email: 'a@b.example',
    });
  });

  test('of another kind is the message alone', async () => {
    const found = await afterPost(server, '/?_action=newsletter', { email: 'taken@a.example' }, (ctx) => {
      const { message, errors, field } = form(ctx, server.newsletter);
      return { message, errors, email: field('email').value };
    });
    expect(found).toEqual({ message: 'Taken already.', errors: [], email: 'taken@a.example' });
  });

  test('shows in the form it came from and in no other', async () => {
    const found = await afterPost(server, '/?_action=newsletter', { _form: 'top', email: 'x' }, (ctx) =>
      ['top', 'bottom', undefined].map((id) => {
        const { message, field } = form(ctx, server.newsletter, {
          ...(id !== undefined && { id }),
          values: { email: 'given' },
        });
        return [id, message, field('email').value, field('email').errors.length];
      }),
    );
    expect(found).toEqual([
      ['top', 'Please check the form.', 'x', 1],
      ['bottom', undefined, 'given', 0],
      [undefined, undefined, 'given', 0],
    ]);
  });

  test('of another action does not show', async () => {
    const found = await afterPost(
      server,
      '/?_action=newsletter',
      { email: 'x' },
      (ctx) => form(ctx, server.blog.upload).message,
    );
    expect(found).toBeUndefined();
  });

  test('of a forged request keeps what was typed and brings a fresh token', async () => {
    const found = await afterPost(
      server,
      '/?_action=newsletter',
      { email: 'a@b.example' },
      (ctx) => {
        const { message, hidden, field } = form(ctx, server.newsletter);
        return [message, hidden.map(({ name }) => name), field('email').value];
      },
      { csrf: 'token' },
    );
    expect(found).toEqual([expect.stringMatching(/CSRF token/), ['PORTICO_CSRF_TOKEN'], 'a@b.example']);
  });
});

test('a whole form as markup', async () => {
  const page = await onPage(server, (ctx) => {
    const newsletter = form(ctx, server.newsletter, { id: 'n' });
    return renderForm(newsletter, html`${renderInput(newsletter.field('email'))}<button>Go</button>`, {
      class: 'a "b"',
    });
  });
  expect(String(page)).toBe(
    '<form method="post" action="?_action=newsletter" id="n" class="a &quot;b&quot;">' +
      '<input type="hidden" name="_form" value="n">' +
      '<input id="n__email" name="email" type="email" value="" required><button>Go</button></form>',
  );
});

test.each<[string, z.ZodObject, boolean]>([
  ['a list of objects', z.object({ a: z.array(z.object({ b: z.string() })) }), true],
  ['a list inside of an object', z.object({ a: z.object({ b: z.array(z.string()) }).optional() }), true],
  ['choices and files', z.object({ a: z.array(z.enum(['x'])), b: z.array(z.file()), c: z.string() }), false],
])('Enter submits a form with rows: %s', async (_, input, expected) => {
  const tree = { save: defineAction({ accept: 'form', input, handler: async () => null }) };
  const printed = String(await onPage(tree, (ctx) => hiddenInputs(form(ctx, tree.save))));
  expect(tokenize(printed).tags.map((tag) => `${tag.name} ${tag.attributes.get('type')}`)).toEqual(
    expected ? ['button submit'] : [],
  );
});

test('plain data: what a form is made of survives JSON', async () => {
  const found = await onPage(server, (ctx) => form(ctx, server.newsletter, { id: 'n' }));
  const field = found.field('email');
  expect(JSON.parse(JSON.stringify(field))).toEqual({ ...field, options: undefined });
});
