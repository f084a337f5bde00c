import { isInputError, type PorticoContext } from 'portico';
import {
  actionInput,
  attributes,
  csrfInput,
  form,
  html,
  redirectInput,
  renderErrors,
  renderForm,
  renderInput,
  type FormField,
  type ListButton,
  type SafeHtml,
} from 'portico/html';

import type { FixtureActions } from './fixture-actions.ts';

export type Page = (ctx: PorticoContext) => SafeHtml;

/** The fixture's pages by path. Each form has a second button that skips the browser's own validation. */
export function fixturePages(server: FixtureActions): ReadonlyMap<string, Page> {
  const newsletter = (ctx: PorticoContext, id?: string): SafeHtml => {
    const options = id === undefined ? {} : { id };
    const signUp = form(ctx, server.newsletter, options);
    const result = ctx.getActionResult(server.newsletter, options);
    return html`<section id="section-${id ?? 'only'}">
      ${result?.data && html`<p class="result">Subscribed as ${result.data.id}</p>`}
      ${renderForm(
        signUp,
        html`${banner(signUp.message, isInputError(result?.error) ? [] : signUp.errors)}
          ${field('E-mail', signUp.field('email'))} ${field('I agree', signUp.field('terms'))} ${buttons()}`,
      )}
    </section>`;
  };

  const profile: Page = (ctx) => {
    const save = form(ctx, server.profile.save);
    return html`<form method="post">
      ${csrfInput(ctx)}${actionInput('profile/save')}${redirectInput(ctx, '/people/{slug}')}
      ${banner(save.message)} ${profileFields(save)} ${buttons()}
    </form>`;
  };

  const byPath: Page = (ctx) => {
    const save = form(ctx, server.profile.save);
    return html`<form method="post" action="/actions/profile/save">
      ${csrfInput(ctx)}${redirectInput(ctx, '/people/{slug}')} ${banner(save.message)} ${profileFields(save)} ${buttons()}
    </form>`;
  };

  const upload: Page = (ctx) => {
    const picture = form(ctx, server.upload);
    return renderForm(
      picture,
      html`${banner(picture.message)} ${field('Title', picture.field('title'))} ${field('File', picture.field('file'))}
        <progress data-portico-progress max="1" value="0" aria-label="Upload"></progress> ${buttons()}`,
    );
  };

  const order: Page = (ctx) => {
    const order = form(ctx, server.order);
    const items = order.list('items');
    return renderForm(
      order,
      html`${banner(order.message)} ${field('Customer', order.field('customer'))}
        ${items.rows.map(
          (row) => html`<fieldset class="row">
            ${field(`Item ${row.index + 1}`, row.field('name'))} ${field(`Quantity ${row.index + 1}`, row.field('qty'))}
            ${listButton(`Remove ${row.index + 1}`, row.remove)} ${listButton(`Up ${row.index + 1}`, row.up)}
            ${listButton(`Down ${row.index + 1}`, row.down)}
          </fieldset>`,
        )}
        ${listButton('Add an item', items.add)} ${buttons()}`,
    );
  };

  const signUp: Page = (ctx) => {
    const sign = form(ctx, server.signUp);
    const interests = sign.field('interests');
    return renderForm(
      sign,
      html`${banner(sign.message)} ${field('Name', sign.field('name'))} ${field('E-mail', sign.field('email'))}
        ${field('Password', sign.field('password'))} ${field('Again', sign.field('again'), 'password')}
        <fieldset>${renderInput(interests, { type: 'checkbox' })} ${renderErrors(interests)}</fieldset>
        ${field('Photo', sign.field('photo'))} ${buttons()}`,
    );
  };

  const slow: Page = (ctx) => {
    const note = form(ctx, server.slow);
    return renderForm(note, html`${banner(note.message)} ${field('Note', note.field('note'))} ${buttons()}`);
  };

  const who: Page = (ctx) => {
    const signIn = form(ctx, server.session.signIn);
    const signOut = form(ctx, server.session.signOut);
    return html`<p id="who">${ctx.session.userId ?? 'guest'}</p>
      ${renderForm(signIn, html`${field('User', signIn.field('user'))}<button>Sign in</button>`)}
      ${renderForm(signOut, html`<button>Sign out</button>`)}`;
  };

  return new Map<string, Page>([
    ['/newsletter', (ctx) => newsletter(ctx)],
    ['/paged', (ctx) => html`<div id="paged">${newsletter(ctx)}</div>`],
    ['/sign-up', (ctx) => html`<div id="live">${signUp(ctx)}</div>`],
    ['/staying', (ctx) => html`<div id="staying">${newsletter(ctx)}</div>`],
    ['/two', (ctx) => html`${newsletter(ctx, 'left')}${newsletter(ctx, 'right')}`],
    ['/profile', profile],
    ['/by-path', byPath],
    ['/people/ada', () => html`<p>Ada lives here.</p>`],
    ['/upload', upload],
    ['/order', order],
    ['/slow', slow],
    ['/who', who],
    ['/done', () => html`<p>Done.</p>`],
  ]);
}

/** The page around a page: flashes, once, and the script that enhances. */
export function layout(ctx: PorticoContext, path: string, body: SafeHtml): string {
  const flashes = Object.entries(ctx.flash.all({ delete: true }));
  return String(html`<!doctype html>
    <html lang="en">
      <head>
        <title>${path}</title>
        <script type="module" src="/enhance.js"></script>
      </head>
      <body>
        <h1>${path}</h1>
        ${flashes.map(([key, text]) => html`<p class="flash" data-key="${key}">${text}</p>`)}
        <main>${body}</main>
      </body>
    </html>`);
}

function profileFields(save: {
  field(name: 'name' | 'password' | 'country' | 'about'): FormField;
}): SafeHtml {
  return html`${field('Name', save.field('name'))} ${field('Password', save.field('password'))}
  ${field('Country', save.field('country'))} ${field('About', save.field('about'), 'textarea')}`;
}

function field(label: string, of: FormField, type?: string): SafeHtml {
  return html`<p><label for="${of.id}">${label}</label> ${renderInput(of, type === undefined ? {} : { type })}</p>
    ${renderErrors(of, { class: 'errors' })}`;
}

function banner(message: string | undefined, errors: readonly string[] = []): SafeHtml {
  const text = [message, ...errors].filter((part) => part !== undefined).join(' ');
  return html`<p class="banner" data-form-errors ${text === '' ? 'hidden' : ''}>${text}</p>`;
}

function buttons(): SafeHtml {
  return html`<button>Send</button> <button formnovalidate>Send anyway</button>`;
}

function listButton(label: string, button: ListButton): SafeHtml {
  return html`<button ${attributes(button.attributes)}>${label}</button>`;
}
