import type { App } from '../request/app-state.ts';
import type { PorticoContext, RequestMiddleware } from '../define/context.ts';
import { exchangeOf } from '../context/request-context.ts';
import type { OnceHold } from '../http/once/once.ts';
import { onceKey } from '../http/once/once-id.ts';
import { createCsrfCheck } from '../receive/csrf-check.ts';
import { ActionError, isActionError } from '../wire/error.ts';
import { linkKey, readLink, USED_LINK, type Confirmation } from './confirm-link.ts';
import { alreadyDonePage, askPage, donePage, problemPage, refusedPage } from './confirm-page.ts';
import { mayCall } from './may-call.ts';
import type { McpSettings } from './options.ts';
import type { Tool, Tools } from './tools.ts';

const MAX_BYTES = 65_536;

interface Asked {
  readonly token: string;
  readonly confirmation: Confirmation;
  readonly tool: Tool;
}

/** The page behind a link: what will be done, the form for it, and after it that it is done. */
export async function showConfirmation(
  app: App,
  settings: McpSettings,
  tools: Tools,
  ctx: PorticoContext,
): Promise<Response> {
  const { method } = exchangeOf(ctx).incoming;
  // A form that failed is shown again by a GET of this page's.
  const posts = ctx.request.method === 'POST' && ctx.action === undefined;
  if (!posts && method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    return new Response('This page takes GET and POST.', {
      status: 405,
      headers: { allow: 'GET, HEAD, POST' },
    });
  }
  const asked = askedBy(settings, tools, ctx);
  if (asked instanceof Response) return asked;
  const { token, confirmation, tool } = asked;
  if (!(await mayCall(app, ctx, tool)))
    return refusedPage(new ActionError({ code: 'FORBIDDEN', message: 'You are not allowed to do this.' }));
  if (isUsed(ctx, token)) {
    return ctx.getActionResult(tool.action) ? donePage(noticeOf(ctx)) : alreadyDonePage();
  }
  if (!posts) return askPage(ctx, tool, confirmation);
  try {
    await checkForgery(ctx);
  } catch (error) {
    if (isActionError(error)) return askPage(ctx, tool, confirmation, error);
    throw error;
  }
  const hold = await holdOf(ctx, asked);
  if (!hold) return alreadyDonePage();
  const { restore } = tool.action.definition;
  const input = restore ? restore(confirmation.input) : confirmation.input;
  const result = await ctx.call(tool.action, input as never);
  if (result.error) {
    await hold.release();
    return askPage(ctx, tool, confirmation, result.error);
  }
  await hold.settle('done');
  markUsed(ctx, asked);
  return donePage(undefined);
}

/** Around the form that is posted to the page by its action's own door: its link must be good, and is used up by a success. */
export function onceConfirmed(
  settings: McpSettings,
  base: () => string,
  tools: () => Tools,
): RequestMiddleware {
  return async (ctx, next) => {
    const exchange = exchangeOf(ctx);
    const { action } = ctx;
    // What the page itself calls has the link's right already, and so has what an action calls that does.
    if (action === undefined || action.door === 'server') return next();
    if (exchange.path !== `${base()}${settings.path}/confirm`) return next();
    const asked = askedBy(settings, tools(), ctx);
    if (asked instanceof Response) return asked;
    if (asked.tool.name !== action.name) return problemPage('broken');
    if (isUsed(ctx, asked.token)) return alreadyDonePage();
    const hold = await holdOf(ctx, asked);
    if (!hold) return alreadyDonePage();
    let isDone = false;
    try {
      const response = await next();
      const { outcome } = exchange;
      isDone = outcome !== undefined && !outcome.error && !outcome.edited && !outcome.checked;
      if (isDone) markUsed(ctx, asked);
      return response;
    } finally {
      await (isDone ? hold.settle('done') : hold.release());
    }
  };
}

function askedBy(settings: McpSettings, tools: Tools, ctx: PorticoContext): Asked | Response {
  // Whoever has a token is the program that asks, and no browser with a human before it.
  if (/^bearer /i.test(exchangeOf(ctx).incoming.header('authorization') ?? '')) return problemPage('sign-in');
  const token = ctx.url.searchParams.get('t') ?? '';
  const confirmation = readLink(settings, ctx, token);
  if (typeof confirmation === 'string') return problemPage(confirmation);
  const tool = [...tools.values()].find(({ name }) => name === confirmation.action);
  return tool ? { token, confirmation, tool } : problemPage('broken');
}

/** The page stands alone, so that its form is checked as that of any page: by headers, else by its token. */
async function checkForgery(ctx: PorticoContext): Promise<void> {
  const exchange = exchangeOf(ctx);
  const csrf = createCsrfCheck(exchange, 'page', undefined);
  if (csrf.refusal) throw csrf.refusal;
  const body = new URLSearchParams(new TextDecoder().decode(await exchange.incoming.body.read(MAX_BYTES)));
  csrf.settle(body.get(exchange.settings.csrfTokenName) ?? undefined);
}

/** The right to follow a link, which one request has at a time, whatever session it comes with; `undefined` if it was followed. */
async function holdOf(ctx: PorticoContext, { token }: Asked): Promise<OnceHold | undefined> {
  const { settings } = exchangeOf(ctx);
  const entered = await settings.once.enter(onceKey('', 'mcp-confirm', token), '', ctx.signal);
  return entered.kind === 'first' ? entered.hold : undefined;
}

function isUsed(ctx: PorticoContext, token: string): boolean {
  return exchangeOf(ctx).sessionIfLoaded?.has(linkKey(token)) === true;
}

function markUsed(ctx: PorticoContext, { token, confirmation }: Asked): void {
  if (!exchangeOf(ctx).hasSessions) return;
  const now = Date.now();
  for (const key of ctx.session.keys()) {
    if (key.startsWith(USED_LINK) && Number(ctx.session.get(key)) < now) ctx.session.delete(key);
  }
  ctx.session.set(linkKey(token), confirmation.expires);
}

function noticeOf(ctx: PorticoContext): string | undefined {
  return exchangeOf(ctx).hasSessions ? ctx.flash.get('notice') : undefined;
}
