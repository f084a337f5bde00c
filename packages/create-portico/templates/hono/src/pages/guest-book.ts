import type { PorticoContext } from 'portico';
import { form, html, renderForm, type SafeHtml } from 'portico/html';
import { readGuestBook } from '../data/guest-book.ts';
import { server } from '../portico/index.ts';
import { field } from './field.ts';
import { layout } from './layout.ts';

/** GET /, also after a form on it failed: then the form knows what was typed and what is wrong. */
export async function guestBookPage(ctx: PorticoContext): Promise<SafeHtml> {
  const signing = form(ctx, server.signGuestBook);
  const entries = await readGuestBook();
  return layout(
    ctx,
    'Guest book',
    html`${renderForm(
      signing,
      html`${field(signing.field('name'), 'Your name', { autocomplete: 'name' })}
        ${field(signing.field('message'), 'What you want to say', { type: 'textarea', rows: 4 })}
        <button>Sign</button>`,
    )}
    ${entries.map(
      ({ name, message, writtenAt }) => html`<blockquote>
        <p>${message}</p>
        <footer>${name}, <time datetime="${writtenAt}">${writtenAt.slice(0, 10)}</time></footer>
      </blockquote>`,
    )}`,
  );
}
