import { html } from 'hono/html';
import type { ActionOutput, PorticoContext } from 'portico';
import { attributes, csrfInput, hiddenInput } from 'portico/html';
import type { Accounts } from '../../accounts/site.ts';
import { publicName } from '../../accounts/public-name.ts';
import { avatar } from '../../components/avatar.ts';
import { day } from '../../components/dates.ts';
import type { Markup } from '../../components/markup.ts';

type ManagedUser = ActionOutput<Accounts['actions']['users']['getUsers']>['users'][number];

/** One account, with what may be done to it now. */
export function userCard(ctx: PorticoContext, user: ManagedUser, isElevated: boolean): Markup {
  const name = publicName(user);
  return html`<li class="card user" id="user-${user.id}">
    ${avatar({ name, photoUrl: user.photoUrl }, 'avatar-large')}
    <div>
      <h2>${name} ${badges(user).map((badge) => html`<span class="badge badge-${badge}">${badge}</span>`)}</h2>
      <p class="meta">
        ${user.email}${user.username === null || user.username === user.email ? '' : ` · ${user.username}`} · joined
        ${day(user.dateCreated)}${user.lastLoginDate === null ? '' : html` · last signed in ${day(user.lastLoginDate)}`}
      </p>
      ${ctx.user?.id === user.id ? html`<p class="meta">This is you.</p>` : deeds(ctx, user, name, isElevated)}
    </div>
  </li>`;
}

function badges({ status, suspended, locked, admin, groups }: ManagedUser): string[] {
  const state = { pending: 'waiting', active: 'active', inactive: 'closed' }[status];
  return [
    state,
    ...(suspended ? ['suspended'] : []),
    ...(locked ? ['locked'] : []),
    ...(admin ? ['administrator'] : []),
    ...groups,
  ];
}

/** One form for all that can be done: each button names its action. Whether it is allowed is for the action to say. */
function deeds(ctx: PorticoContext, user: ManagedUser, name: string, isElevated: boolean): Markup {
  const buttons = possible(ctx, user);
  const impersonates =
    user.active && !user.suspended && ctx.can('impersonateUsers') && !ctx.user?.impersonated;
  if (buttons.length === 0 && !impersonates) return '';
  return html`<form class="buttons" method="post">
    ${csrfInput(ctx)} ${hiddenInput('userId', user.id)}
    ${buttons.map(([action, label]) => deed(action, label, name))}
    ${
      !impersonates
        ? ''
        : isElevated
          ? deed('users/impersonate', 'Sign in as', name)
          : html`<a
              class="quiet-button"
              href="/account/confirm-password?next=${encodeURIComponent(ctx.url.pathname + ctx.url.search)}"
              aria-label="Sign in as ${name}, after your password"
              >Sign in as …</a
            >`
    }
  </form>`;
}

function possible(ctx: PorticoContext, user: ManagedUser): Array<readonly [action: string, label: string]> {
  const moderates = ctx.can('moderateUsers');
  const administrates = ctx.can('administrateUsers');
  return [
    ...(!user.active && administrates ? [['users/activate-user', 'Approve'] as const] : []),
    ...(user.pending && administrates
      ? [['users/send-activation-email', 'Send the mail again'] as const]
      : []),
    ...(user.locked && moderates ? [['users/unlock-user', 'Unlock'] as const] : []),
    ...(moderates
      ? [
          user.suspended
            ? (['users/unsuspend-user', 'Let back in'] as const)
            : (['users/suspend-user', 'Suspend'] as const),
        ]
      : []),
  ];
}

function deed(action: string, label: string, name: string): Markup {
  const said = { name: 'action', value: action, 'aria-label': `${label} ${name}` };
  return html`<button class="quiet-button" ${attributes(said)}>${label}</button>`;
}
