import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { valuesOf } from '../../accounts/user-fields.ts';
import { day } from '../../components/dates.ts';
import { mailboxHint } from '../../components/mailbox-hint.ts';
import type { Markup } from '../../components/markup.ts';
import { accountOwner, room } from './room.ts';

/** GET /account */
export async function accountPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  const { queries, actions } = ctx.locals.accounts;
  const [record, addresses, sessions] = await Promise.all([
    queries.users.find(user.id),
    queries.addresses.listOf(user.id),
    ctx.callAction(actions.users.getSessions),
  ]);
  const waits = record?.unverifiedEmail ?? undefined;
  return c.html(
    room(ctx, user, {
      title: `Hello, ${user.firstName ?? 'potter'}`,
      ...(record && { lead: html`Here since ${day(new Date(record.createdAt).toISOString())}.` }),
      body: html`${
        waits === undefined
          ? ''
          : html`<p class="note">We have written to <strong>${waits}</strong>. Follow the link in that mail, and it takes
              the place of ${user.email}.</p>
            ${mailboxHint(ctx)}`
      }
      <dl class="facts">
        ${fact('Name', user.fullName ?? 'Not told yet', '/account/profile', 'Edit the profile')}
        ${fact('Craft', valuesOf(user).craft ?? 'Not told yet', '/account/profile', 'Edit the craft')}
        ${fact('E-mail', user.email, '/account/security', 'Change the e-mail')}
        ${fact('Addresses', count(addresses.length, 'address', 'addresses'), '/account/addresses', 'See the addresses')}
        ${fact('Signed in', count(sessions.data?.sessions.length ?? 1, 'browser', 'browsers'), '/account/sessions', 'See where')}
      </dl>`,
    }),
  );
}

function fact(term: string, value: string, href: string, link: string): Markup {
  return html`<div>
    <dt class="meta">${term}</dt>
    <dd>${value}</dd>
    <dd class="meta"><a href="${href}">${link}</a></dd>
  </div>`;
}

function count(number: number, one: string, many: string): string {
  return `${number === 0 ? 'No' : number} ${number === 1 ? one : many}`;
}
