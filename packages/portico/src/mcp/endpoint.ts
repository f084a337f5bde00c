import type * as Sdk from '@modelcontextprotocol/server';
import type { App } from '../request/app-state.ts';
import type { PorticoContext } from '../define/context.ts';
import { exchangeOf } from '../context/request-context.ts';
import { ActionError, isActionError } from '../wire/error.ts';
import { callTool } from './call-tool.ts';
import { readMessage } from './guard.ts';
import { mayCall } from './may-call.ts';
import type { McpSettings } from './options.ts';
import type { Tools } from './tools.ts';
import { errorResult } from './tool-result.ts';

/** Streamable HTTP without sessions: one message in, one answer out, by the official SDK. */
export async function answerMcp(
  app: App,
  settings: McpSettings,
  tools: Tools,
  ctx: PorticoContext,
): Promise<Response> {
  let parsedBody: unknown;
  try {
    parsedBody = await readMessage(settings, ctx);
  } catch (error) {
    if (isActionError(error)) return refusal(error);
    throw error;
  }
  const sdk = await loadSdk();
  let failure: Error | undefined;
  const handler = sdk.createMcpHandler(() => createServer(sdk, app, settings, tools, ctx), {
    onerror: (error) => {
      failure = error;
    },
    // Tools change when the app starts anew, so there is nothing to listen to.
    maxSubscriptions: 0,
    keepAliveMs: 0,
  });
  const { url, headers } = ctx.request;
  const request = new Request(url, { method: 'POST', headers, signal: ctx.signal });
  const response = await handler.fetch(request, { parsedBody });
  // What a client did wrong is told to the client; what went wrong here is for the log.
  if (failure && response.status >= 500) exchangeOf(ctx).reportError(failure);
  // To older clients the SDK answers with a stream, whose tools would run on after the session has been saved.
  const body = response.body === null ? null : await response.arrayBuffer();
  const answer = new Response(body, response);
  answer.headers.set('cache-control', 'no-store');
  // The connection is the host's affair, and HTTP/2 refuses an answer that speaks of it.
  answer.headers.delete('connection');
  return answer;
}

function createServer(
  sdk: typeof Sdk,
  app: App,
  settings: McpSettings,
  tools: Tools,
  ctx: PorticoContext,
): Sdk.Server {
  const { name, version, instructions } = settings;
  const server = new sdk.Server(
    { name, version },
    {
      capabilities: { tools: {} },
      // The list is this user's.
      cacheHints: { 'tools/list': { ttlMs: 0, cacheScope: 'private' } },
      ...(instructions !== undefined && { instructions }),
    },
  );
  server.setRequestHandler('tools/list', async () => {
    const listed: Sdk.Tool[] = [];
    for (const tool of tools.values()) if (await mayCall(app, ctx, tool)) listed.push(tool.listed);
    return { tools: listed };
  });
  server.setRequestHandler('tools/call', ({ params }) => {
    const tool = tools.get(params.name);
    if (tool) return callTool(app, settings, ctx, tool, params.arguments);
    return errorResult(
      new ActionError({ code: 'NOT_FOUND', message: `There is no tool ${params.name.slice(0, 128)}.` }),
    );
  });
  return server;
}

async function loadSdk(): Promise<typeof Sdk> {
  try {
    return await import('@modelcontextprotocol/server');
  } catch (cause) {
    throw new Error(
      'portico/mcp stands on "@modelcontextprotocol/server", which could not be loaded. Install it (2.4 or later).',
      {
        cause,
      },
    );
  }
}

/** A refusal before there is a message to answer: HTTP says it, and JSON-RPC once more (its id is not known). */
function refusal(error: ActionError): Response {
  const code = error.code === 'BAD_REQUEST' ? -32700 : -32000;
  const body = { jsonrpc: '2.0', error: { code, message: error.message }, id: null };
  return new Response(JSON.stringify(body), {
    status: error.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...error.headers },
  });
}
