import { html, type SafeHtml } from 'portico/html';
import { layout } from './layout.ts';

/** A page that says one thing. */
export function messagePage(title: string, text: string): SafeHtml {
  return layout(undefined, title, html`<p>${text}</p> <p><a href="/">To the guest book</a></p>`);
}
