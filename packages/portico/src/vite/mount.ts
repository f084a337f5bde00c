import type { IncomingMessage } from 'node:http';
import type { Connect } from 'vite';
import type { Portico } from '../app.ts';
import { PAGE_PARAM, RPC_SEGMENT } from '../wire/names.ts';
import type { Project } from './project.ts';

/** What `mountModule` exports. Vite's server is of Connect, whose middleware Express took over. */
interface MountExports {
  readonly portico: Portico<unknown>;
  porticoExpress(
    portico: Portico<unknown>,
    options: { has: (path: string) => boolean | undefined },
  ): (request: IncomingMessage, response: unknown, next: Connect.NextFunction) => void;
}

// Browsers say what they load: most of it are Vite's own modules.
const VITES_OWN: ReadonlySet<string> = new Set([
  'script',
  'style',
  'font',
  'worker',
  'sharedworker',
  'manifest',
]);

/**
 * Answers actions in front of Vite's own middleware, which has all else, proxies included. A page that is shown again after
 * a failed form is what Vite serves there: the app's `index.html`.
 */
export function mountMiddleware(project: Project): Connect.NextHandleFunction {
  return (request, response, next) => {
    const isOurs = namesAction(request.url ?? '/');
    if (!isOurs && VITES_OWN.has(String(request.headers['sec-fetch-dest']))) return next();
    project.mounted().then(
      (exports) => {
        const { portico, porticoExpress } = exports as unknown as MountExports;
        const below = Object.assign(request, { baseUrl: '' });
        porticoExpress(portico, { has: () => undefined })(below, response, next);
      },
      // While the actions are broken, pages go on: they show why.
      (error: unknown) => next(isOurs ? error : undefined),
    );
  };
}

function namesAction(target: string): boolean {
  const url = URL.parse(`http://localhost${target}`);
  return url !== null && (url.pathname.split('/').includes(RPC_SEGMENT) || url.searchParams.has(PAGE_PARAM));
}
