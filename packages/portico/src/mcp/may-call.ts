import type { App } from '../request/app-state.ts';
import type { PorticoContext } from '../define/context.ts';
import type { MountedAction } from '../define/tree.ts';
import { asPublic, exchangeOf } from '../context/request-context.ts';

/**
 * Whether access would let this request in, without running anything. A rule that throws refuses, and is not reported: it is
 * asked again, and for good, when the action is called.
 */
export async function mayCall(
  app: App,
  ctx: PorticoContext,
  { name, action }: MountedAction,
): Promise<boolean> {
  const { access } = action.definition;
  if (access === undefined || access === 'public') return true;
  if (access === 'user') return ctx.user !== null;
  try {
    const exchange = exchangeOf(ctx);
    // Rules may ask which action they stand before.
    const asked = new app.Context(exchange, { name, door: 'server' }, app.services);
    asked.locals = exchange.context.locals;
    return (await access(asPublic(asked))) === true;
  } catch {
    return false;
  }
}
