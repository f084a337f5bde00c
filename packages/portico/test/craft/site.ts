import {
  ActionError,
  createPortico,
  defineAction,
  type Portico,
  type PorticoContext,
  type PorticoOptions,
  type PorticoUser,
} from 'portico';
import {
  actionInput,
  actionUrl,
  csrfInput,
  csrfToken,
  failMessageInput,
  hiddenInput,
  html,
  input,
  redirectInput,
  signedInput,
  successMessageInput,
  type SafeHtml,
} from 'portico/html';
import { z } from 'zod';
import { serve, type Served } from '../support/serve.ts';

interface Person {
  readonly id: number;
  readonly username: string;
  readonly fullName: string;
}

const PEOPLE: readonly Person[] = [
  { id: 7, username: 'tiger', fullName: 'Tony Tiger' },
  { id: 8, username: 'cat', fullName: 'Tom Cat' },
];

function publicPart(person: Person | null): { id?: number; username?: string } {
  return person === null ? {} : { id: person.id, username: person.username };
}

/** The site of the seed: account forms, an entry form, a session-info action, with Craft's rules of CSRF. */
function craftActions() {
  const sessionInfo = defineAction({
    method: 'GET',
    handler: (_input, ctx) => ({
      isGuest: ctx.user === null,
      timeout: 3600,
      csrfTokenName: 'PORTICO_CSRF_TOKEN',
      csrfTokenValue: csrfToken(ctx),
      ...publicPart(ctx.user as Person | null),
    }),
  });
  const login = defineAction({
    accept: 'any',
    input: z.object({ loginName: z.string(), password: z.string() }),
    messages: { success: 'Welcome back.', failure: 'Invalid username or password.' },
    redirect: '/profile',
    handler: ({ loginName, password }, ctx) => {
      const user = PEOPLE.find(({ username }) => username === loginName);
      if (!user || password !== 'grrreat!') {
        throw new ActionError({
          code: 'BAD_REQUEST',
          message: 'Invalid username or password.',
          data: { loginName, errorCode: 'invalid_credentials' },
        });
      }
      ctx.session.regenerate();
      ctx.session.set('userId', user.id);
      return { user };
    },
  });
  const logout = defineAction({
    accept: 'any',
    method: ['GET', 'POST'],
    redirect: '/',
    handler: (_input, ctx) => {
      ctx.session.destroy();
    },
  });
  const saveUser = defineAction({
    accept: 'any',
    input: z.object({
      userId: z.coerce.number().int().optional(),
      fullName: z
        .string()
        .min(3, 'Full Name should contain at least 3 characters.')
        .regex(/^\D+$/, 'Full Name is not a name.'),
      email: z.email('Email is not a valid email address.').optional(),
      newPassword: z.string().optional(),
      pin: z.string().meta({ secret: true }).optional(),
    }),
    model: 'user',
    messages: { success: 'User saved.', failure: 'Couldn’t save user.' },
    handler: ({ userId, fullName }, ctx) => {
      if (fullName === 'Crash') throw new Error('the database is gone');
      return { user: { id: userId ?? 9, fullName, username: 'tiger' }, ajax: ctx.isAjax };
    },
  });
  const sendPasswordResetEmail = defineAction({
    accept: 'any',
    input: z.object({ loginName: z.string().min(1, 'Username or Email cannot be blank.') }),
    messages: { success: 'Password reset email sent.' },
    handler: ({ loginName }, ctx) => {
      if (loginName === 'nobody')
        ctx.fail(
          'NOT_FOUND',
          { loginName, errors: ['Invalid username or email.'] },
          'Invalid username or email.',
        );
      if (loginName === 'recorded') ctx.redirect('/login');
    },
  });
  const saveEntry = defineAction({
    accept: 'any',
    input: z.object({ title: z.string().min(1, 'Title cannot be blank.'), notes: z.string().optional() }),
    model: 'entry',
    messages: { success: 'Entry saved.', failure: 'Couldn’t save entry.' },
    redirect: '/account/entries/{id}',
    handler: ({ title }) => ({
      entry: { id: 12, uid: 'b2f0-1', title, slug: 'my post?', author: { username: 'tiger' } },
      revision: 3,
    }),
  });
  const setPassword = defineAction({
    method: ['GET', 'POST'],
    accept: 'any',
    input: z.object({ code: z.string(), id: z.string(), newPassword: z.string().optional() }),
    handler: ({ code, id }, ctx) => {
      if (ctx.request.method === 'GET') ctx.render('/set-password', { code, id });
      return { status: 'active' };
    },
  });
  const wait = defineAction({
    method: 'GET',
    input: z.object({ page: z.number().int().default(1) }),
    handler: ({ page }) => {
      if (page === 0) throw new Error('the index is gone');
      return { page, items: ['a'] };
    },
  });
  return {
    users: { sessionInfo, login, logout, saveUser, sendPasswordResetEmail, setPassword },
    entries: { saveEntry },
    feed: { wait },
  };
}

export interface CraftSite extends Served {
  readonly actions: ReturnType<typeof craftActions>;
  readonly portico: Portico;
  /** What `onError` heard. */
  readonly errors: unknown[];
}

/** Serves the site over a real socket. */
export async function craftSite(options: Omit<PorticoOptions, 'actions'> = {}): Promise<CraftSite> {
  const actions = craftActions();
  const errors: unknown[] = [];
  const portico = createPortico({
    actions,
    secrets: ['a secret for the tests of the Craft seed'],
    csrf: 'token',
    user: (ctx: PorticoContext) =>
      (PEOPLE.find(({ id }) => id === ctx.session.get('userId')) ?? null) as unknown as PorticoUser | null,
    routes: { 'POST /people/:userId': 'users.saveUser', 'GET /wait/:page': 'feed.wait' },
    onError: (error) => errors.push(error),
    ...options,
  });
  const pages = (request: Request): Response => page(portico.context(request), new URL(request.url).pathname);
  return { ...(await serve(portico, { pages })), actions, portico: portico as Portico, errors };
}

const PAGES: Record<string, (ctx: PorticoContext) => SafeHtml> = {
  '/': (ctx) => html`<h1>Home</h1><a id="logout" href="${actionUrl(ctx, 'users/logout')}">Log Out</a>`,
  '/plain': () => html`<h1>Nothing here</h1>`,
  '/flashes': (ctx) => flashes(ctx),
  '/login': (ctx) =>
    html`<form method="post">${csrfInput(ctx)}${actionInput('users/login')}
      ${input('text', 'loginName', ctx.variables['loginName'] as string)}${input('password', 'password')}</form>
      <p class="message">${ctx.variables.message}</p><p class="code">${ctx.variables['errorCode']}</p>`,
  '/reset': (ctx) =>
    html`${flashes(ctx)}<form method="post">${csrfInput(ctx)}${actionInput('users/send-password-reset-email')}
      ${redirectInput(ctx, 'help/account-recovery')}${input('text', 'loginName', null, { id: 'loginName' })}</form>`,
  '/reset-messages': (ctx) =>
    html`${flashes(ctx)}<form method="post">${csrfInput(ctx)}${actionInput('users/send-password-reset-email')}
      ${successMessageInput(ctx, 'Look into your inbox.')}${failMessageInput(ctx, 'We don’t know you.')}
      ${input('text', 'loginName')}</form>`,
  '/profile': (ctx) => profile(ctx, 'user'),
  '/account-variable': (ctx) => profile(ctx, 'account', html`${signedInput(ctx, 'userVariable', 'account')}`),
  '/elsewhere-on-failure': (ctx) =>
    html`<form method="post" action="/profile">${csrfInput(ctx)}${actionInput('users/save-user')}${input('text', 'fullName')}</form>`,
  '/path-form': (ctx) =>
    html`${flashes(ctx)}<form method="post" action="/actions/users/save-user">${csrfInput(ctx)}${fullName(ctx, 'user')}</form>`,
  '/entries/new': (ctx) =>
    html`<form method="post">${csrfInput(ctx)}${actionInput('entries/save-entry')}
      ${redirectInput(ctx, 'community-posts/{uid}')}${input('text', 'title')}</form>`,
  '/entries/author': (ctx) =>
    html`<form method="post">${csrfInput(ctx)}${actionInput('entries/save-entry')}
      ${redirectInput(ctx, '/people/{author.username}/{slug}?new={id}')}${input('text', 'title')}</form>`,
  '/entries/default': (ctx) =>
    html`<form method="post">${csrfInput(ctx)}${actionInput('entries/save-entry')}${input('text', 'title')}</form>`,
  '/set-password': (ctx) => html`<p>${ctx.variables['id']} ${ctx.variables['code']}</p>`,
};

function page(ctx: PorticoContext, path: string): Response {
  const body = Object.hasOwn(PAGES, path) ? PAGES[path]?.(ctx) : undefined;
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return body === undefined
    ? new Response('Page not found.', { status: 404 })
    : new Response(String(body), { headers });
}

/** The seed's loop over all flashes. */
function flashes(ctx: PorticoContext): SafeHtml {
  return html`${Object.entries(ctx.flash.all({ delete: true })).map(([level, flash]) => html`<p class="${level}">${flash}</p>`)}`;
}

interface ShownUser {
  readonly id?: number;
  /** What was submitted, under the name it was submitted by. */
  readonly userId?: string;
  readonly fullName?: string;
  getErrors?(field: string): string[];
  hasErrors?(field: string): boolean;
}

/** The seed's user profile form: the saved user, or the one that was submitted. */
function profile(ctx: PorticoContext, variable: string, extra: SafeHtml = html``): SafeHtml {
  const user = (ctx.variables[variable] ?? ctx.user ?? {}) as ShownUser;
  return html`<h1>Hello, ${(ctx.user as ShownUser | null)?.fullName}</h1>${flashes(ctx)}
    <form method="post">${csrfInput(ctx)}${actionInput('users/save-user')}${extra}${hiddenInput('userId', user.userId ?? user.id)}
    ${fullName(ctx, variable)}</form>`;
}

function fullName(ctx: PorticoContext, variable: string): SafeHtml {
  const user = (ctx.variables[variable] ?? ctx.user ?? {}) as ShownUser;
  const failed = user.hasErrors?.('fullName') === true;
  return html`<label for="fullName">Full Name</label>
    ${input('text', 'fullName', user.fullName, { id: 'fullName', aria: { invalid: failed, errormessage: failed ? 'fullName-errors' : null } })}
    ${failed && html`<ul id="fullName-errors">${user.getErrors?.('fullName').map((error) => html`<li>${error}</li>`)}</ul>`}`;
}
