import type { ActionContext } from 'portico';
import type { Settings } from '../../config.ts';
import { oneTimeLinkPage } from '../../pages/one-time-link-page.ts';

/** `{ url }` for scripts and server code; for a form a page in place. Both are `no-store`, and nothing keeps the link. */
export function oneTimeLink(
  ctx: Pick<ActionContext, 'action' | 'request' | 'wantsJson'>,
  settings: Settings,
  link: { readonly title: string; readonly explanation: string; readonly url: string },
): { readonly url: string } | Response {
  const { door } = ctx.action;
  const isForm = door !== 'server' && !ctx.wantsJson;
  return isForm ? oneTimeLinkPage(settings, link) : { url: link.url };
}
