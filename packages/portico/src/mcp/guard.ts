import type { PorticoContext } from '../define/context.ts';
import { exchangeOf } from '../context/request-context.ts';
import { parseJson } from '../http/body/json-body.ts';
import { createCsrfCheck } from '../receive/csrf-check.ts';
import { ActionError, isActionError } from '../wire/error.ts';
import type { McpSettings } from './options.ts';

const MAX_BYTES = 1_048_576;
// Batches went out of use with the revision of June 2025; a mebibyte of them would be ten thousand calls.
const MAX_BATCH = 20;
const LOCAL = /^(?:localhost|.+\.localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

/**
 * The message of a request, once it is known that it comes from where it may. Throws `ActionError`: another method than POST,
 * another site's origin or a name that is not this site's (the specification's "Security Warning" on DNS rebinding), a body
 * over 1 MiB or none that is JSON.
 */
export async function readMessage(settings: McpSettings, ctx: PorticoContext): Promise<unknown> {
  const exchange = exchangeOf(ctx);
  const { incoming } = exchange;
  if (incoming.method !== 'POST') {
    throw new ActionError({
      code: 'METHOD_NOT_ALLOWED',
      message: 'This endpoint keeps no sessions and opens no streams: it takes POST.',
      headers: { Allow: 'POST' },
    });
  }
  refuseOtherHost(settings, ctx);
  const csrf = createCsrfCheck(exchange, 'rpc', undefined);
  if (csrf.refusal) throw csrf.refusal;
  // Where headers do not settle it, a token in the header may.
  csrf.settle(undefined);
  try {
    const message = parseJson(await incoming.body.read(MAX_BYTES));
    if (Array.isArray(message) && message.length > MAX_BATCH) throw batchTooLarge();
    if (message !== undefined) return message;
  } catch (error) {
    if (isActionError(error)) throw error;
  }
  throw new ActionError({
    code: 'BAD_REQUEST',
    message: 'The body is empty or was cut off: a JSON-RPC message is due.',
  });
}

/**
 * A page of another site can have its own name lead to this machine (DNS rebinding), and then its origin is the request's
 * own. What it cannot do is to call this site by its name.
 */
function refuseOtherHost({ hosts }: McpSettings, ctx: PorticoContext): void {
  const { client, settings } = exchangeOf(ctx);
  const name = client.host.replace(/:\d+$/, '').toLowerCase();
  const { siteUrl, dev } = settings;
  const allowed = hosts ?? (siteUrl === undefined ? undefined : [new URL(siteUrl).hostname]);
  if (allowed === undefined ? !dev || LOCAL.test(name) : allowed.includes(name)) return;
  throw new ActionError({
    code: 'FORBIDDEN',
    message: `${name} is not a name of this site. mcp({ hosts }) or createPortico({ siteUrl }) say which are.`,
  });
}

function batchTooLarge(): ActionError {
  const message = `A batch may hold ${MAX_BATCH} messages.`;
  return new ActionError({ code: 'CONTENT_TOO_LARGE', message });
}
