import type { App } from '../../request/app-state.ts';
import type { MountedAction } from '../../define/tree.ts';
import type { CallOrder } from '../call/call-order.ts';
import { sendingOf } from '../call/sending.ts';
import { asCurl } from './as-curl.ts';
import { asFetch } from './as-fetch.ts';
import { asTest } from './as-test.ts';

/** A call as text to copy. A call in process has no request, so only a test. */
export interface Snippets {
  readonly curl: string;
  readonly fetch: string;
  readonly test: string;
}

/** Says the same call in other words. Nothing of a session is in it: who is signed in stays with the explorer. */
export function snippetsOf(app: App, mounted: MountedAction, order: CallOrder, origin: string): Snippets {
  const sending = sendingOf(app, mounted, order.door === 'server' ? { ...order, door: 'rpc' } : order);
  const asUser =
    order.user === undefined
      ? ''
      : `# As a guest. For user ${order.user.replace(/\s+/g, ' ')} add: -b 'COOKIE OF A BROWSER'\n`;
  const needsToken = app.settings.csrf === 'token' && order.door !== 'rpc' && order.door !== 'server';
  const aboutToken = needsToken
    ? '# This door asks for a CSRF token, which a program has none of: use the rpc door.\n'
    : '';
  return {
    curl: asUser + aboutToken + asCurl(origin, sending),
    fetch: asFetch(origin, sending),
    test: asTest(mounted, order),
  };
}
