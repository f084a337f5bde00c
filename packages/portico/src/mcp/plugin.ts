import { appOf } from '../app.ts';
import type { PorticoContext } from '../define/context.ts';
import type { Plugin } from '../define/options.ts';
import type { App } from '../request/app-state.ts';
import { onceConfirmed, showConfirmation } from './confirm.ts';
import { answerMcp } from './endpoint.ts';
import { mcpSettings, type McpOptions } from './options.ts';
import { toolsOf, type Tools } from './tools.ts';

/**
 * A plugin that offers the app's actions as tools of the Model Context Protocol, over streamable HTTP without sessions. A call
 * runs as at any other door: the request's own user, access, limits, validation, middleware. Needs the package
 * `@modelcontextprotocol/server`. Throws a `TypeError` for a path that cannot be one.
 */
export function mcp(options: McpOptions = {}): Plugin {
  const settings = mcpSettings(options);
  let app: App | undefined;
  let tools: Tools | undefined;
  const mounted = (): { app: App; tools: Tools } => {
    if (!app) throw new Error('mcp: pass the plugin to createPortico({ plugins: [mcp()] }).');
    return { app, tools: (tools ??= toolsOf(app, settings)) };
  };
  const confirm = (ctx: PorticoContext): Promise<Response> => {
    const found = mounted();
    return showConfirmation(found.app, settings, found.tools, ctx);
  };
  const page = `${settings.path}/confirm`;
  return {
    endpoints: {
      [settings.path]: (ctx) => {
        const found = mounted();
        return answerMcp(found.app, settings, found.tools, ctx);
      },
      [page]: confirm,
    },
    // The page again, after a form on it has failed.
    pages: { [page]: confirm },
    // Where no tool asks a human, no request has to pass by here.
    use:
      options.confirm === false
        ? []
        : [
            onceConfirmed(
              settings,
              () => mounted().app.settings.base,
              () => mounted().tools,
            ),
          ],
    mounted(portico) {
      app = appOf(portico);
    },
  };
}
