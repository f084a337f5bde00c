import { appOf, type Portico } from '../app.ts';
import type { Endpoint, People, Plugin } from '../define/options.ts';
import { explorerEndpoints } from './endpoints.ts';
import type { ExplorerAccess } from './guard.ts';
import { guarded } from './guard.ts';
import { RequestLog } from './request-log.ts';

export interface ExplorerOptions {
  /**
   * Who may open it. Without: in development everybody on this machine, in production nobody. With: whom it answers exactly
   * `true`, wherever they are; it is asked at each request, in production too.
   */
  readonly access?: ExplorerAccess;
  /** How many requests it remembers. Default: 200. */
  readonly requests?: number;
  /** The users to sign in as. Default: those of the first plugin that has some. */
  readonly people?: People;
}

/**
 * A page at `/_portico` that shows every action with its schema and a form, calls them through any door as any user, and
 * shows the last requests: `createPortico({ plugins: [explorer()] })`. Whoever may open it may act as everybody.
 *
 * Remembers requests in the memory of the process, and only where it can be opened: not in production without `access`.
 */
export function explorer(options: ExplorerOptions = {}): Plugin {
  const log = new RequestLog(options.requests ?? 200);
  let mounted: Portico | undefined;
  let isOn = false;
  const endpoints: Record<string, Endpoint> = {};
  const table = explorerEndpoints(() => {
    if (!mounted)
      throw new Error('The explorer is not mounted: pass it to createPortico({ plugins: [explorer()] }).');
    return { portico: mounted, app: appOf(mounted), log, people: options.people };
  });
  for (const [path, { methods, answer }] of Object.entries(table)) {
    endpoints[path] = guarded(options.access, methods, answer);
  }
  return {
    endpoints,
    mounted(app) {
      // What plugins are handed is the app itself; `appOf` throws for anything else.
      mounted = app as unknown as Portico;
      isOn = options.access !== undefined || appOf(app).settings.dev;
    },
    observe(seen) {
      if (isOn) log.add(seen);
    },
  };
}
