import type { PorticoContext } from 'portico';
import { html, type SafeHtml } from 'portico/html';
import { layout } from './layout.ts';

/** GET /members. Guests are sent to the login. */
export function membersPage(ctx: PorticoContext): SafeHtml {
  const user = ctx.requireLogin();
  return layout(
    ctx,
    'Members',
    html`<p>Hello, ${user.friendlyName ?? user.email}. Only members see this page.</p>`,
  );
}
