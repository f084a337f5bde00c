import { html } from 'hono/html';
import { jsx } from 'hono/jsx';
import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, isInputError } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

type Page = (request: Request) => Response | Promise<Response>;

const page = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });
const redirect = (location: string): Response => new Response(null, { status: 302, headers: { location } });

describe('Call actions from an HTML form action', () => {
  test.each([
    ['a plain template literal', (action: string) => `<form method="POST" action="${action}"></form>`],
    [
      'Hono’s html templates',
      async (action: string) => String(await html`<form method="POST" action="${action}"></form>`),
    ],
    ['Hono’s JSX', (action: string) => String(jsx('form', { method: 'POST', action }))],
  ])('action={actions.logout} sets the attribute to a query string, in %s', async (_where, render) => {
    const { actions } = createPortico({ actions: logoutTree() });

    expect(await render(actions.logout)).toBe('<form method="POST" action="?_action=logout"></form>');
  });

  test('the attribute reaches an action whose key has spaces, dots and ampersands', async () => {
    const seen: string[] = [];
    const server = {
      blog: {
        'a key & a dot.': defineAction({ accept: 'form', handler: async () => void seen.push('ran') }),
      },
    };
    const portico = createPortico({ actions: server });
    const visitor = (await serve(portico, { pages: () => page('') })).agent();

    const response = await visitor.post(
      `/page${portico.actions.blog['a key & a dot.']}`,
      new URLSearchParams(),
    );

    expect([response.status, seen]).toEqual([303, ['ran']]);
  });

  test('calls the logout action when the button is clicked, and reloads the current page', async () => {
    const server = {
      logout: defineAction({
        accept: 'form',
        handler: async (_input, ctx) => ctx.cookies.delete('user-session'),
      }),
    };
    const portico = createPortico({ actions: server });
    const visitor = (await serve(portico, { pages: () => page('the page') })).agent();
    visitor.cookies.set('user-session', 'abc');

    const response = await visitor.post(
      `/account?tab=2&${String(portico.actions.logout).slice(1)}`,
      new URLSearchParams(),
    );

    expect([response.status, response.headers.get('location')]).toEqual([303, '/account?tab=2']);
    expect(visitor.cookies.has('user-session')).toBe(false);
    expect(await (await visitor.get('/account?tab=2')).text()).toBe('the page');
  });

  function createProductApp(forms: 'render' | 'redirect') {
    const portico = createPortico({
      forms,
      actions: {
        createProduct: defineAction({
          accept: 'form',
          input: z.object({ name: z.string().min(1) }),
          handler: async (input) => ({ id: input.name.length }),
        }),
      },
    });
    const pages: Page = (request) => {
      const ctx = portico.context(request);
      if (ctx.url.pathname !== '/products/create') return page(`product ${ctx.url.pathname}`);
      const result = ctx.getActionResult(portico.actions.createProduct);
      if (result && !result.error) return redirect(`/products/${result.data.id}`);
      return page(
        `<form method="POST" action="${portico.actions.createProduct}">${result?.error?.code ?? ''}</form>`,
      );
    };
    return { portico, pages };
  }

  test('the page itself redirects to the new product’s page, with forms: "render" in the POST', async () => {
    const { portico, pages } = createProductApp('render');
    const visitor = (await serve(portico, { pages })).agent();

    const response = await visitor.post(
      '/products/create?_action=createProduct',
      new URLSearchParams({ name: 'shoe' }),
    );

    expect([response.status, response.headers.get('location')]).toEqual([302, '/products/4']);
  });

  test('the page itself redirects to the new product’s page, with the default after the redirect', async () => {
    const { portico, pages } = createProductApp('redirect');
    const visitor = (await serve(portico, { pages })).agent();

    const posted = await visitor.post(
      '/products/create?_action=createProduct',
      new URLSearchParams({ name: 'shoe' }),
    );
    const shown = await visitor.get('/products/create');
    const again = await visitor.get('/products/create');

    expect([posted.status, posted.headers.get('location')]).toEqual([303, '/products/create']);
    expect([shown.status, shown.headers.get('location')]).toEqual([302, '/products/4']);
    expect(again.status).toBe(200);
  });

  test.each(['render', 'redirect'] as const)(
    'a failure stays on the page, with forms: "%s"',
    async (forms) => {
      const { portico, pages } = createProductApp(forms);
      const visitor = (await serve(portico, { pages })).agent();

      const response = await visitor.post(
        '/products/create?_action=createProduct',
        new URLSearchParams({ name: '' }),
      );

      expect([response.status, await response.text()]).toEqual([
        422,
        '<form method="POST" action="?_action=createProduct">BAD_REQUEST</form>',
      ]);
    },
  );

  test('getActionResult returns undefined if the action was not called during this request', async () => {
    const portico = createPortico({ actions: logoutTree() });
    const pages: Page = (request) =>
      page(String(portico.context(request).getActionResult(portico.actions.logout)));
    const visitor = (await serve(portico, { pages })).agent();

    expect(await (await visitor.get('/')).text()).toBe('undefined');
  });
});

describe('Display form action errors', () => {
  function newsletterPage(show: 'banner' | 'fields') {
    const portico = createPortico({
      actions: {
        newsletter: defineAction({
          accept: 'form',
          input: z.object({ email: z.email() }),
          handler: async ({ email }, ctx) => (email.startsWith('taken') ? ctx.fail('CONFLICT') : { email }),
        }),
      },
    });
    const { newsletter } = portico.actions;
    const pages: Page = (request) => {
      const result = portico.context(request).getActionResult(newsletter);
      const inputErrors = isInputError(result?.error) ? result.error.fields : {};
      const banner = result?.error ? '<p class="error">Unable to sign up. Please try again later.</p>' : '';
      const below = inputErrors['email'] ? `<p id="error">${inputErrors['email'].join(',')}</p>` : '';
      return page(`${show === 'banner' ? banner : below}<form method="POST" action="${newsletter}"></form>`);
    };
    return { portico, pages };
  }

  test.each([
    ['invalid input', 'nobody', 422],
    ['an error of the handler', 'taken@example.com', 409],
  ])('displays a general failure message when a newsletter action fails: %s', async (_why, email, status) => {
    const { portico, pages } = newsletterPage('banner');
    const visitor = (await serve(portico, { pages })).agent();

    const response = await visitor.post('/?_action=newsletter', new URLSearchParams({ email }));

    expect(response.status).toBe(status);
    expect(await response.text()).toContain(
      '<p class="error">Unable to sign up. Please try again later.</p>',
    );
    expect(await (await visitor.get('/')).text()).not.toContain('class="error"');
  });

  test('renders an error banner under the email input field when an invalid email is submitted', async () => {
    const { portico, pages } = newsletterPage('fields');
    const visitor = (await serve(portico, { pages })).agent();

    const invalid = await visitor.post('/?_action=newsletter', new URLSearchParams({ email: 'nobody' }));
    const taken = await visitor.post(
      '/?_action=newsletter',
      new URLSearchParams({ email: 'taken@example.com' }),
    );

    expect(await invalid.text()).toMatch(/<p id="error">Invalid email/);
    expect(await taken.text()).not.toContain('id="error"');
  });
});

describe('Preserve input values on error', () => {
  test('the page that is rendered again knows what was typed', async () => {
    const portico = createPortico({
      actions: {
        newsletter: defineAction({
          accept: 'form',
          model: 'subscription',
          input: z.object({ email: z.email(), password: z.string() }),
          handler: async () => ({}),
        }),
      },
    });
    const pages: Page = (request) =>
      page(JSON.stringify(portico.context(request).variables['subscription'] ?? null));
    const visitor = (await serve(portico, { pages })).agent();

    const response = await visitor.post(
      '/?_action=newsletter',
      new URLSearchParams({ email: 'no<b', password: 'hunter22' }),
    );

    expect(await response.json()).toEqual({ email: 'no<b' });
  });
});

describe('Update the UI with a form action result', () => {
  test.each(['render', 'redirect'] as const)(
    'uses productName to show a success message, with forms: "%s"',
    async (forms) => {
      const portico = createPortico({
        forms,
        actions: {
          addToCart: defineAction({
            accept: 'form',
            input: z.object({ slug: z.string() }),
            handler: async ({ slug }) => ({ productName: slug.toUpperCase() }),
          }),
        },
      });
      const pages: Page = (request) => {
        const result = portico.context(request).getActionResult(portico.actions.addToCart);
        return page(
          result && !result.error ? `<p class="success">Added ${result.data.productName} to cart</p>` : '',
        );
      };
      const visitor = (await serve(portico, { pages })).agent();

      const posted = await visitor.post(
        '/products/shoe?_action=addToCart',
        new URLSearchParams({ slug: 'shoe' }),
      );
      const shown = forms === 'render' ? posted : await visitor.get(posted.headers.get('location') ?? '');
      const revisited = await visitor.get('/products/shoe');

      expect([shown.status, await shown.text()]).toEqual([200, '<p class="success">Added SHOE to cart</p>']);
      expect(await revisited.text()).toBe('');
    },
  );
});

function logoutTree() {
  return { logout: defineAction({ accept: 'form', handler: async () => undefined }) };
}
