import { createHash } from 'node:crypto';
import type { PorticoContext } from '../define/context.ts';
import { exchangeOf } from '../context/request-context.ts';
import { open, seal } from '../http/signing/seal.ts';
import { ActionError } from '../wire/error.ts';
import type { McpSettings } from './options.ts';
import type { Tool } from './tools.ts';

const PURPOSE = 'mcp-confirm';
const LIFETIME = 15 * 60 * 1000;
// Browsers, proxies and chat windows cut longer links off.
const MAX_LINK = 6_000;

/** What a human is asked to confirm, as the link carries it. */
export interface Confirmation {
  readonly action: string;
  /** As the tool was given it. */
  readonly input: unknown;
  /** For whom; `null` for a guest. */
  readonly user: string | null;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/** Why a link opens no form. */
export type LinkProblem = 'broken' | 'expired' | 'sign-in' | 'other-user';

/**
 * The link to the page that asks. What is asked is sealed in it (encrypted and authenticated), so neither a log nor the
 * client that passes it on can read or change it, and it opens for the same user only.
 */
export function confirmLink(
  settings: McpSettings,
  ctx: PorticoContext,
  tool: Tool,
  input: unknown,
): string | { readonly error: ActionError } {
  const exchange = exchangeOf(ctx);
  const { base, siteUrl, keyring } = exchange.settings;
  const user = userKey(settings, ctx);
  if (user === undefined) {
    return refused(
      'NOT_IMPLEMENTED',
      'mcp: your users have no `id`, so a link cannot be bound to one. Pass mcp({ userId }).',
    );
  }
  const confirmation: Confirmation = { action: tool.name, input, user, expires: Date.now() + LIFETIME };
  const url = new URL(siteUrl ?? exchange.origin);
  url.pathname = `${base}${settings.path}/confirm`;
  url.search = `?t=${seal(keyring, PURPOSE, JSON.stringify(confirmation))}`;
  url.hash = '';
  if (url.href.length <= MAX_LINK) return url.href;
  return refused(
    'CONTENT_TOO_LARGE',
    'The input is too large for a link. Have the user do this on the site itself.',
  );
}

/** What a link asks, if it asks this visitor. */
export function readLink(
  settings: McpSettings,
  ctx: PorticoContext,
  token: string,
): Confirmation | LinkProblem {
  const text = open(exchangeOf(ctx).settings.keyring, PURPOSE, token);
  if (text === undefined) return 'broken';
  const confirmation = JSON.parse(text) as Confirmation;
  if (confirmation.expires < Date.now()) return 'expired';
  const user = userKey(settings, ctx);
  if (user !== undefined && confirmation.user === user) return confirmation;
  return user === null ? 'sign-in' : 'other-user';
}

/** `null` for a guest, `undefined` for a user without a name of his own. */
function userKey(settings: McpSettings, ctx: PorticoContext): string | null | undefined {
  return ctx.user === null ? null : settings.userId(ctx.user, ctx);
}

/** Begins the session's keys of links that were used. */
export const USED_LINK = 'mcp-confirmed/';

/** Names a link in the session of who has used it. */
export function linkKey(token: string): string {
  return `${USED_LINK}${createHash('sha256').update(token).digest('base64url').slice(0, 16)}`;
}

function refused(
  code: 'NOT_IMPLEMENTED' | 'CONTENT_TOO_LARGE',
  message: string,
): { readonly error: ActionError } {
  return { error: new ActionError({ code, message }) };
}
