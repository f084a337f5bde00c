import type { Outcome } from '../define/outcome.ts';
import type { Reply } from '../http/reply.ts';
import { encodeData } from '../lib/rich-json.ts';
import type { ActionError } from '../wire/error.ts';
import { unserialisable } from '../outcome/unserialisable.ts';
import { REDIRECT_MARK } from '../wire/names.ts';
import type { Exchange } from '../context/exchange.ts';
import { resolveRedirect } from '../outcome/resolve-redirect.ts';
import { errorToWire } from '../outcome/wire-error.ts';

/** The body of the rpc wire: what typed callers and scripts get, whichever door they used. */
export function wireReply(exchange: Exchange, outcome: Outcome): Reply {
  if (outcome.error) return wireErrorReply(outcome.error);
  try {
    return dataReply(exchange, outcome);
  } catch (cause) {
    const error = unserialisable(outcome.name, cause, exchange.requestId);
    exchange.reportError(error);
    return wireErrorReply(error);
  }
}

function dataReply(exchange: Exchange, outcome: Outcome): Reply {
  const redirect = resolveRedirect(exchange, outcome);
  const { status } = exchange.context;
  if (!redirect && outcome.data === undefined) {
    return { status: status ?? 204, headers: ['Cache-Control', 'no-store'], body: null };
  }
  // `data: undefined` would need devalue, and its parser, to say nothing.
  const data = outcome.data === undefined ? {} : { data: outcome.data };
  const { contentType, body } = encodeData(redirect ? { ...data, redirect: redirect.to } : outcome.data);
  return {
    status: status ?? 200,
    headers: [
      'Content-Type',
      redirect ? `${contentType}; ${REDIRECT_MARK}` : contentType,
      'Cache-Control',
      'no-store',
      'X-Content-Type-Options',
      'nosniff',
    ],
    body,
  };
}

/** An error on the rpc wire. Data that cannot travel is left out: the error itself matters more. */
export function wireErrorReply(error: ActionError): Reply {
  const wire = errorToWire(error);
  let encoded;
  try {
    encoded = encodeData(wire);
  } catch {
    delete wire.data;
    encoded = encodeData(wire);
  }
  const headers = [
    'Content-Type',
    encoded.contentType,
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
  ];
  for (const [name, value] of Object.entries(error.headers ?? {})) headers.push(name, value);
  return { status: error.status, headers, body: encoded.body };
}
