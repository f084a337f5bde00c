import type { PorticoContext } from '../define/context.ts';
import type { MountedAction } from '../define/tree.ts';
import { renderGeneratedForm, type GeneratedFormOptions } from '../forms/generated-form.ts';
import type { SafeHtml } from '../forms/safe-html.ts';

/** The form for an action's input, as the explorer's pages show it. */
export function inputForm(
  ctx: PorticoContext,
  { action }: MountedAction,
  options: GeneratedFormOptions,
): SafeHtml {
  // Sent by the page's script, which the server's answer matters to and the browser's own checks do not. `dialog`: where the
  // script does not run, the browser sends nothing (HTML, form submission), so that no password gets into an address.
  const formAttributes = { action: ctx.url.pathname, method: 'dialog', novalidate: true, id: 'input-form' };
  return renderGeneratedForm(ctx, action, { ...options, csrf: false, submitLabel: 'Send', formAttributes });
}
