import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ActionOutput, PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import type { Accounts } from '../../accounts/site.ts';
import { actionButton } from '../../components/action-button.ts';
import { moment } from '../../components/dates.ts';
import type { Markup } from '../../components/markup.ts';
import { accountOwner, room } from './room.ts';

type Session = ActionOutput<Accounts['actions']['users']['getSessions']>['sessions'][number];

/** GET /account/sessions */
export async function sessionsPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  const { data, error } = await ctx.callAction(ctx.locals.accounts.actions.users.getSessions);
  if (error) throw error;
  const { sessions } = data;
  return c.html(
    room(ctx, user, {
      title: 'Where you are signed in',
      lead: 'If one of these is not yours, end it and change your password.',
      body: html`<ul class="cards">${sessions.map((session) => sessionCard(ctx, session))}</ul>
        ${
          sessions.length > 1
            ? actionButton(ctx, {
                action: 'users/revoke-other-sessions',
                label: 'Sign out everywhere else',
                className: 'button',
                successMessage: 'You are signed out everywhere else.',
              })
            : ''
        }`,
    }),
  );
}

function sessionCard(
  ctx: PorticoContext,
  { id, current, label, ip, createdAt, lastSeenAt }: Session,
): Markup {
  return html`<li class="card">
    <h2>${label} ${current && html`<span class="badge">This one</span>`}</h2>
    <p class="meta">Signed in ${moment(createdAt)}${ip === null ? '' : ` from ${ip}`}, last seen ${moment(lastSeenAt)}.</p>
    ${
      current
        ? ''
        : actionButton(ctx, {
            action: 'users/revoke-session',
            label: 'End it',
            name: `End the session of ${label}`,
            values: { sessionId: id },
            successMessage: `The session of ${label} has ended.`,
          })
    }
  </li>`;
}
