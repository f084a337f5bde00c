import type { Portico } from '../../app.ts';
import { exchangeOf } from '../../context/request-context.ts';
import type { ActionObject } from '../../define/action.ts';
import type { PorticoContext } from '../../define/context.ts';
import type { People } from '../../define/options.ts';
import type { MountedAction } from '../../define/tree.ts';
import { csrfToken } from '../../forms/csrf.ts';
import type { App } from '../../request/app-state.ts';
import { ActionError, isInputError } from '../../wire/error.ts';
import { asValue } from './call-input.ts';
import type { AnswerErrors, CallAnswer } from './call-answer.ts';
import type { CallOrder } from './call-order.ts';
import { errorsIn, prettyValue, readBody } from './read-answer.ts';
import { sendingOf } from './sending.ts';
import { SimulatedVisitor } from './simulated-visitor.ts';

const MOST_STEPS = 5;
const EMPTY_BODY = { type: '', text: '', bytes: 0, cut: false };

/**
 * Makes a call as a visitor makes it, through the app's own doors, in a session of its own that ends with the call. Throws an
 * `ActionError` where it cannot be made.
 */
export async function runCall(
  portico: Portico,
  app: App,
  people: People | undefined,
  mounted: MountedAction,
  order: CallOrder,
  ctx: PorticoContext,
): Promise<CallAnswer> {
  const { hasSessions } = exchangeOf(ctx);
  const visitor = new SimulatedVisitor({
    app: portico,
    action: mounted.action,
    origin: ctx.url.origin,
    base: app.settings.base,
    kind: order.visitor,
    clientAddress: ctx.clientAddress,
    userAgent: ctx.request.headers.get('user-agent') ?? 'Portico explorer',
  });
  const notes: string[] = [];
  if (order.user !== undefined) notes.push(...(await signIn(visitor, people, order.user)));
  try {
    if (order.door === 'server')
      return await callInProcess(portico, mounted.action, order, ctx.url.origin, visitor, notes);
    return await callOverHttp(app, mounted, order, visitor, hasSessions, notes);
  } finally {
    // What was made for this call only goes with it.
    if (hasSessions && visitor.cookieHeader !== undefined) {
      await visitor.onPage((page) => page.session.destroy()).catch(() => undefined);
    }
  }
}

async function callOverHttp(
  app: App,
  mounted: MountedAction,
  order: CallOrder,
  visitor: SimulatedVisitor,
  hasSessions: boolean,
  notes: readonly string[],
): Promise<CallAnswer> {
  const { definition } = mounted.action;
  const sending = sendingOf(app, mounted, order);
  const asksForToken = app.settings.csrf === 'token' || definition.csrf !== undefined;
  const token =
    hasSessions && asksForToken && order.door !== 'rpc' && order.visitor === 'same-origin'
      ? { field: app.settings.csrfTokenName, value: await visitor.onPage(csrfToken) }
      : undefined;
  const began = performance.now();
  const response = await visitor.send(sending, token);
  const milliseconds = elapsed(began);
  const body = await readBody(response);
  const steps = await follow(visitor, response);
  if (hasSessions && visitor.cookieHeader !== undefined)
    await visitor.onPage(() => undefined).catch(() => undefined);
  const { failure } = visitor;
  return {
    sent: { method: sending.method, target: sending.target },
    status: response.status,
    milliseconds,
    headers: [...response.headers].filter(([name]) => name !== 'set-cookie'),
    cookies: response.headers.getSetCookie().map((line) => line.replace(/^([^=]*=[^;]{0,12})[^;]*/, '$1…')),
    body,
    errors: errorsIn(body) ?? (failure && errorsOf(failure)),
    steps,
    flashes: visitor.flashes,
    notes,
  };
}

async function follow(visitor: SimulatedVisitor, first: Response): Promise<CallAnswer['steps']> {
  const steps: Array<{ status: number; location: string }> = [];
  let response = first;
  for (;;) {
    const location = response.headers.get('location');
    if (location === null || response.status < 300 || response.status > 399) return steps;
    steps.push({ status: response.status, location });
    const url = URL.parse(location, 'http://site.invalid');
    const isElsewhere = !location.startsWith('/') || location.startsWith('//') || !url;
    if (isElsewhere || steps.length >= MOST_STEPS || response.status >= 307) return steps;
    response = await visitor.send({
      method: 'GET',
      target: url.pathname + url.search,
      accept: 'text/html',
      body: { kind: 'none' },
    });
    void response.body?.cancel();
  }
}

async function callInProcess(
  portico: Portico,
  action: ActionObject,
  order: CallOrder,
  origin: string,
  { cookieHeader }: SimulatedVisitor,
  notes: readonly string[],
): Promise<CallAnswer> {
  const headers = new Headers(cookieHeader === undefined ? {} : { cookie: cookieHeader });
  const began = performance.now();
  const result = await portico.call(action, asValue(order, action.definition.plan), {
    request: new Request(`${origin}/`, { headers }),
  });
  const milliseconds = elapsed(began);
  const text = result.error
    ? prettyValue({ error: { ...result.error, message: result.error.message } })
    : prettyValue({ data: result.data });
  return {
    sent: undefined,
    status: undefined,
    milliseconds,
    headers: [],
    cookies: [],
    body: { ...EMPTY_BODY, type: 'value in process', text, bytes: Buffer.byteLength(text) },
    errors: result.error && errorsOf(result.error),
    steps: [],
    flashes: {},
    notes,
  };
}

/** Signs the visitor in. What it returns is for the developer to know. */
async function signIn(visitor: SimulatedVisitor, people: People | undefined, id: string): Promise<string[]> {
  try {
    await visitor.onPage((page) => {
      if (people?.signIn) return people.signIn(page, id);
      page.session.userId = id;
      return undefined;
    });
    const isKnown = await visitor.onPage((page) => page.user !== null);
    return isKnown ? [] : [`The app knows no user ${id}: the call went out as a guest with a session.`];
  } catch (cause) {
    const message = `Signing in as ${id} failed: ${(cause as Error).message}`;
    throw new ActionError({ code: 'BAD_REQUEST', message, cause });
  }
}

function errorsOf(error: ActionError): AnswerErrors {
  const input = isInputError(error) ? error : undefined;
  return {
    code: error.code,
    message: error.message,
    fields: (input?.fields ?? {}) as AnswerErrors['fields'],
    formErrors: input?.formErrors ?? [],
  };
}

function elapsed(began: number): number {
  return Math.round((performance.now() - began) * 10) / 10;
}
