import type { PorticoContext } from '../define/context.ts';
import type { SafeResult } from '../wire/result.ts';
import { exchangeOf, isContext, type RequestContext } from '../context/request-context.ts';
import { resultOf } from './result-of.ts';
import {
  deserializeActionResult,
  serializeActionResult,
  type SerializedActionResult,
} from './serialize-result.ts';

/** What middleware may know of and do with the action of a request. */
export interface ActionMiddlewareContext {
  /** The action this request calls; `undefined` where it calls none, or its result is already set. */
  readonly action:
    | {
        /** Canonical, whatever door, slash or encoding the request used. */
        readonly name: string;
        readonly calledFrom: 'rpc' | 'form' | 'path' | 'server';
        /** Runs the action and gives its result; never rejects. Runs it again if called again. */
        handler(): Promise<SafeResult<unknown>>;
      }
    | undefined;
  /** Sets what `getActionResult` gives for an action. An action of this request that has not run then does not run. */
  setActionResult(name: string, result: SerializedActionResult): void;
  serializeActionResult(result: SafeResult<unknown>): SerializedActionResult;
  deserializeActionResult(serialized: SerializedActionResult): SafeResult<unknown>;
}

/**
 * The action of a request, for middleware that gates, runs, replaces, stores or replays it. Takes a context of Portico's or
 * of the host's. Throws where neither is given.
 */
export function getActionContext(ctx: PorticoContext | object): ActionMiddlewareContext {
  const context: unknown = isContext(ctx) ? ctx : contextInside(ctx);
  const exchange = exchangeOf(context);
  const { pending } = context as RequestContext;
  return {
    action: pending && {
      name: pending.name,
      calledFrom: pending.calledFrom,
      handler: async () => resultOf(exchange, await pending.run()) as SafeResult<unknown>,
    },
    setActionResult: (name, serialized) => setActionResult(context as RequestContext, name, serialized),
    serializeActionResult,
    deserializeActionResult: (serialized) => deserializeActionResult(serialized) as SafeResult<unknown>,
  };
}

function setActionResult(context: RequestContext, name: string, serialized: SerializedActionResult): void {
  const result = deserializeActionResult(serialized);
  if (context.pending?.name === name) {
    context.replacement = result;
    // A call in process has its own caller; the page's results are none of its business.
    if (context.pending.calledFrom === 'server') return;
  }
  exchangeOf(context).results.set(name, result);
}

/** Where hosts keep our context: Hono's `c.var.portico`, Astro's `locals.portico`, Express's `req.portico`. */
function contextInside(host: object): unknown {
  const { portico, var: variables, locals } = host as Record<string, unknown>;
  for (const holder of [variables, locals]) {
    if (typeof holder === 'object' && holder !== null && 'portico' in holder) return holder.portico;
  }
  return portico;
}
