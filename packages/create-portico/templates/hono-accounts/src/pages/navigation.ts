import type { PorticoContext } from 'portico';
import { csrfInput, html, type SafeHtml } from 'portico/html';

/** Links to the other pages, and who is signed in. */
export function navigation(ctx: PorticoContext): SafeHtml {
  return html`<a href="/members">Members</a> ${ctx.user ? signOutForm(ctx, ctx.user.email) : guestLinks}`;
}

const guestLinks = html`<a href="/login">Sign in</a> <a href="/register">Register</a>`;

// A form and no link: nobody is signed out by looking at a page.
function signOutForm(ctx: PorticoContext, email: string): SafeHtml {
  return html`<form method="post" action="/logout">${csrfInput(ctx)} ${email} <button>Sign out</button></form>`;
}
