import { randomUUID } from 'node:crypto';
import type { App } from '../../request/app-state.ts';
import { controllerSpelling } from '../../define/action-name.ts';
import type { Entry } from '../../define/submission.ts';
import type { MountedAction } from '../../define/tree.ts';
import { JSON_TYPE } from '../../wire/names.ts';
import { asEntries, asValue, hasFiles } from './call-input.ts';
import type { CallOrder } from './call-order.ts';

/** A request to make, before it is known who makes it: what is sent, and what the snippets print. */
export interface Sending {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly target: string;
  readonly accept: string | undefined;
  /** For actions that run a submission once. */
  readonly idempotencyKey?: string;
  readonly body: SendingBody;
}

export type SendingBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'form'; readonly entries: readonly Entry[]; readonly multipart: boolean };

/** The request by which a call goes through its door. The `page` door posts to the app's front page. */
export function sendingOf(app: App, { name, action }: MountedAction, order: CallOrder): Sending {
  const { accept, methods, plan } = action.definition;
  const { base, actionTrigger } = app.settings;
  const isPage = order.door === 'page';
  const isRpc = order.door === 'rpc';
  const target = isRpc
    ? action.path
    : isPage
      ? `${base}/${String(action)}`
      : `${base}/${actionTrigger === false ? 'actions' : actionTrigger}/${controllerSpelling(name)}`;
  const wants = isRpc || order.door === 'path-json' ? JSON_TYPE : 'text/html';
  if (!methods.includes('POST')) {
    return {
      method: 'GET',
      target: target + queryOf(asEntries(order)),
      accept: wants,
      body: { kind: 'none' },
    };
  }
  const files = hasFiles(order.entries);
  const asForm = isPage || accept === 'form' || (accept === 'any' && (files || !isRpc));
  return {
    method: 'POST',
    target,
    accept: wants,
    ...(action.definition.once !== false && { idempotencyKey: randomUUID() }),
    body: asForm
      ? { kind: 'form', entries: asEntries(order), multipart: files }
      : jsonBody(asValue(order, plan)),
  };
}

/** Input as JSON, from which the schema restores the types: bigint as text, sets as lists, maps as lists of pairs. */
function jsonOf(value: unknown, space?: number): string | undefined {
  return JSON.stringify(
    value,
    (_key, inner: unknown) => {
      if (typeof inner === 'bigint') return `${inner}`;
      return inner instanceof Set || inner instanceof Map ? [...inner] : inner;
    },
    space,
  ) as string | undefined;
}

function jsonBody(value: unknown): SendingBody {
  const text = jsonOf(value);
  return text === undefined ? { kind: 'none' } : { kind: 'json', text };
}

function queryOf(entries: readonly Entry[]): string {
  const query = new URLSearchParams();
  for (const [name, value] of entries)
    if (typeof value === 'string' && value !== '') query.append(name, value);
  return query.size === 0 ? '' : `?${query.toString()}`;
}
