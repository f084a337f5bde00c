import { html } from 'hono/html';
import type { CurrentUser } from '@portico/site';
import type { PorticoContext } from 'portico';
import { publicName } from '../../accounts/public-name.ts';
import { valuesOf } from '../../accounts/user-fields.ts';
import { avatar } from '../../components/avatar.ts';
import type { Markup } from '../../components/markup.ts';
import { refreshMember } from '../../data/members.ts';
import { layout } from '../../layout.ts';

const ROOMS: ReadonlyArray<readonly [path: string, name: string]> = [
  ['/account', 'Overview'],
  ['/account/posts', 'Posts'],
  ['/account/profile', 'Profile'],
  ['/account/addresses', 'Addresses'],
  ['/account/security', 'Password and e-mail'],
  ['/account/sessions', 'Where you are signed in'],
];

/**
 * The member whose account pages these are; a guest is sent to sign in and comes back. Every change of a profile leads to one
 * of these pages, so the directory of authors follows here.
 */
export function accountOwner(ctx: PorticoContext): CurrentUser {
  const user = ctx.requireLogin();
  refreshMember(ctx.locals.db, user);
  return user;
}

export interface Room {
  readonly title: string;
  readonly lead?: Markup;
  readonly body: Markup;
}

/** A page of the account, with the way to the others. */
export function room(ctx: PorticoContext, user: CurrentUser, { title, lead, body }: Room): Markup {
  const name = publicName(user);
  return layout(ctx, {
    title,
    body: html`<div class="account">
      <aside class="account-side">
        <p class="account-owner">
          ${avatar({ name, photoUrl: user.photoUrl }, 'avatar-large')}
          <span><strong>${name}</strong> <span class="meta">${valuesOf(user).craft}</span></span>
        </p>
        <nav aria-label="Your account">
          <ul class="rooms">${ROOMS.map(([path, label]) => html`<li>${roomLink(ctx, path, label)}</li>`)}</ul>
        </nav>
      </aside>
      <div class="account-main">
        <h1>${title}</h1>
        ${lead && html`<p class="lead">${lead}</p>`} ${body}
      </div>
    </div>`,
  });
}

function roomLink({ url }: PorticoContext, path: string, label: string): Markup {
  const isHere = path === '/account' ? url.pathname === path : url.pathname.startsWith(path);
  return html`<a href="${path}" ${isHere ? html`aria-current="page"` : ''}>${label}</a>`;
}
