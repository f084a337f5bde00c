import { createHash } from 'node:crypto';
import { ActionError, createPortico, defineAction } from 'portico';
import { createTestClient, type TestAnswer, type TestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settingsSchema, type Settings, type SiteOptions } from '../../src/config.ts';
import { fallbackPages } from '../../src/pages/fallback-pages.ts';

const HOSTILE = '"><script>alert(1)</script>\'&';

function settingsOf(options: SiteOptions = {}): Settings {
  const siteUrl = 'http://localhost';
  return { ...settingsSchema.parse(options), siteUrl, dataDir: '.data', database: 'sqlite::memory:' };
}

/** What the stubs of the actions were given, and a visitor of a site whose only pages are the built-in ones. */
function open(options: SiteOptions = {}, base = ''): { visitor: TestClient; posted: unknown[] } {
  const posted: unknown[] = [];
  const take = (answer: (input: Record<string, unknown>) => unknown = () => ({})) =>
    defineAction({
      accept: 'form',
      input: z.looseObject({}),
      handler: (input) => {
        posted.push(input);
        return answer(input);
      },
    });
  const server = {
    users: {
      login: take(({ loginName, rememberMe }) => {
        if (loginName === 'ann') return {};
        const errorMessage = 'Invalid username or password.';
        const data = {
          loginName,
          rememberMe: rememberMe === '1',
          errorCode: 'invalid_credentials',
          errorMessage,
        };
        throw new ActionError({ code: 'BAD_REQUEST', message: errorMessage, data });
      }),
      logout: take(),
      setPassword: defineAction({
        accept: 'form',
        input: z.object({
          code: z.string(),
          id: z.string(),
          newPassword: z.string().min(8, 'New Password should contain at least 8 characters.'),
        }),
        handler: (input) => {
          posted.push(input);
          return {};
        },
      }),
      verifyEmail: take(),
      sendPasswordResetEmail: defineAction({
        accept: 'form',
        input: z.looseObject({}),
        messages: { success: 'Password reset email sent.' },
        handler: (input) => {
          posted.push(input);
          return {};
        },
      }),
    },
  };
  const portico = createPortico({
    actions: server,
    plugins: [{ pages: fallbackPages(settingsOf(options)) }],
    csrf: 'token',
    base,
    secrets: ['a secret of the tests that is long enough'],
  });
  const pages = (request: Request): Response =>
    new URL(request.url).pathname === '/own'
      ? new Response('The app’s own page')
      : new Response('Not found', { status: 404 });
  return { visitor: createTestClient(portico, { pages, baseUrl: `http://localhost${base}` }), posted };
}

/** Sends the form of a page as a browser without JavaScript would, with more filled in. */
function send(
  visitor: TestClient,
  page: TestAnswer,
  fields: Record<string, string> = {},
): Promise<TestAnswer> {
  const body = new URLSearchParams();
  for (const [, tag = ''] of page.text.matchAll(/<input ([^>]*type="hidden"[^>]*)>/g)) {
    body.append(attribute(tag, 'name'), attribute(tag, 'value'));
  }
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const { pathname, search } = page.url;
  return visitor.post(pathname + search, body);
}

function attribute(tag: string, name: string): string {
  return unescaped(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function inputTag(page: TestAnswer, name: string): string {
  return new RegExp(`<input [^>]*name="${name}"[^>]*>`).exec(page.text)?.[0] ?? '';
}

const LINK = '?code=abc&id=u1';
const ALL = [
  ['/login', ''],
  ['/logout', ''],
  ['/setpassword', LINK],
  ['/setpassword', ''],
  ['/verifyemail', LINK],
  ['/forgot', ''],
] as const;

describe('every fallback page', () => {
  it.each(ALL)('%s%s has headers that let nothing else in', async (path, search) => {
    const { visitor } = open({ setPasswordRequestPath: 'forgot' });
    const { headers, text } = await visitor.get(path + search);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const hasCode = path === '/setpassword' || path === '/verifyemail';
    expect(headers.get('referrer-policy')).toBe(hasCode ? 'no-referrer' : 'same-origin');
  });

  it.each(ALL)(
    '%s%s is one document with a heading, without scripts and inline styles',
    async (path, search) => {
      const { visitor } = open({ setPasswordRequestPath: 'forgot', siteName: HOSTILE });
      const { text } = await visitor.get(path + search);
      expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(text.match(/<h1>/g)).toHaveLength(1);
      expect(text).toContain('<title>');
      expect(text).toContain('name="viewport"');
      expect(text).not.toMatch(/<script|style="| on[a-z]+="/);
    },
  );

  it.each(ALL)('%s%s labels its fields and has at most one autofocus', async (path, search) => {
    const { visitor } = open({ setPasswordRequestPath: 'forgot' });
    const { text } = await visitor.get(path + search);
    const tags = [...text.matchAll(/<input [^>]*type="(?:text|email|password)"[^>]*>/g)].map(([tag]) => tag);
    for (const tag of tags) expect(text).toContain(`<label for="${attribute(tag, 'id')}">`);
    expect(tags.filter((tag) => tag.includes('autofocus')).length).toBe(tags.length > 0 ? 1 : 0);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('makes way for a page of the app', async () => {
    const { visitor } = open({ loginPath: 'own' });
    expect((await visitor.get('/own')).text).toBe('The app’s own page');
  });
});

describe('which paths have one', () => {
  it.each([
    [{}, ['/login', '/logout', '/setpassword', '/verifyemail']],
    [{ loginPath: false, logoutPath: false, verifyEmailPath: false }, ['/setpassword']],
    [
      { loginPath: 'account/login', setPasswordRequestPath: '/forgot/', invalidUserTokenPath: 'sorry' },
      [
        '/.well-known/change-password',
        '/account/login',
        '/forgot',
        '/logout',
        '/setpassword',
        '/sorry',
        '/verifyemail',
      ],
    ],
    [
      { loginPath: 'anmelden/über uns' },
      ['/anmelden/%C3%BCber%20uns', '/logout', '/setpassword', '/verifyemail'],
    ],
    [
      { invalidUserTokenPath: 'https://elsewhere.example/sorry' },
      ['/login', '/logout', '/setpassword', '/verifyemail'],
    ],
    [{ invalidUserTokenPath: 'login' }, ['/login', '/logout', '/setpassword', '/verifyemail']],
  ] as ReadonlyArray<[SiteOptions, string[]]>)('%j → %j', (options, expected) => {
    expect(Object.keys(fallbackPages(settingsOf(options))).sort()).toEqual(expected);
  });

  it('the login page goes before the page for bad links at the same path', async () => {
    const { visitor } = open({ invalidUserTokenPath: 'login' });
    expect((await visitor.get('/login')).text).toContain('Sign in');
  });
});

describe('the login page', () => {
  it('posts name, password and rememberMe to its own path', async () => {
    const { visitor, posted } = open();
    const page = await visitor.get('/login');
    expect(page.text).toContain('<form method="post">');
    const answer = await send(visitor, page, { loginName: 'ann', password: 'x', rememberMe: '1' });
    expect(posted).toMatchObject([{ loginName: 'ann', password: 'x', rememberMe: '1' }]);
    expect(answer.history[0]?.status).toBe(303);
  });

  it('shows after a failure what was wrong, keeps the name and never the password', async () => {
    const { visitor } = open();
    const page = await visitor.get('/login');
    const answer = await send(visitor, page, { loginName: 'eve', password: 'geheim123', rememberMe: '1' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(
      '<p id="alert" class="alert bad" role="alert">Invalid username or password.</p>',
    );
    expect(inputTag(answer, 'loginName')).toContain('value="eve"');
    expect(inputTag(answer, 'loginName')).toContain('aria-invalid="true" aria-describedby="alert"');
    expect(inputTag(answer, 'password')).toContain('autofocus');
    expect(inputTag(answer, 'rememberMe')).toContain('checked');
    expect(answer.text).not.toContain('geheim123');
    const again = await send(visitor, answer, { loginName: 'ann', password: 'x' });
    expect(again.history[0]?.status).toBe(303);
  });

  it('escapes the name it shows again', async () => {
    const { visitor } = open();
    const answer = await send(visitor, await visitor.get('/login'), { loginName: HOSTILE });
    expect(answer.text).not.toContain('<script');
    expect(attribute(inputTag(answer, 'loginName'), 'value')).toBe(HOSTILE);
  });

  it.each([
    [{}, 'Username or email', '', true, false],
    [{ useEmailAsUsername: true }, 'Email', 'email', true, false],
    [{ rememberedUserSessionDuration: 0 }, 'Username or email', '', false, false],
    [{ setPasswordRequestPath: 'forgot' }, 'Username or email', '', true, true],
  ] as ReadonlyArray<[SiteOptions, string, string, boolean, boolean]>)(
    'suits the settings %j',
    async (options, label, mode, remembers, links) => {
      const page = await open(options).visitor.get('/login');
      expect(page.text).toContain(`>${label}</label>`);
      expect(attribute(inputTag(page, 'loginName'), 'inputmode')).toBe(mode);
      expect(inputTag(page, 'rememberMe') !== '').toBe(remembers);
      expect(page.text.includes('<a href="/forgot">Forgot your password?</a>')).toBe(links);
    },
  );

  it('links below the path that the site is mounted at', async () => {
    const { visitor } = open({ setPasswordRequestPath: 'forgot', loginPath: 'account/login' }, '/shop');
    expect((await visitor.get('/shop/account/login')).text).toContain('href="/shop/forgot"');
  });
});

describe('the logout page', () => {
  it('signs out by a form that is posted, and says so', async () => {
    const { visitor, posted } = open();
    const page = await visitor.get('/logout');
    expect(posted).toEqual([]);
    await send(visitor, page);
    expect(posted).toHaveLength(1);
    expect(page.text).toContain('<a href="/">Stay signed in</a>');
  });
});

describe('the set-password page', () => {
  it('hands code and id on, and uses up nothing when it is shown', async () => {
    const { visitor, posted } = open();
    const page = await visitor.get(`/setpassword?code=${encodeURIComponent(HOSTILE)}&id=u1`);
    expect(posted).toEqual([]);
    expect(page.text).not.toContain('<script');
    expect(page.text).toContain('At least 8 characters.');
    await send(visitor, page, { newPassword: 'correct horse' });
    expect(posted).toEqual([{ code: HOSTILE, id: 'u1', newPassword: 'correct horse' }]);
  });

  it('shows what is wrong with the password at its field, and keeps code and id', async () => {
    const { visitor, posted } = open();
    const answer = await send(visitor, await visitor.get(`/setpassword${LINK}`), { newPassword: 'short' });
    expect(answer.status).toBe(422);
    const field = inputTag(answer, 'newPassword');
    expect(field).toContain('aria-invalid="true" aria-describedby="newPassword-error newPassword-hint"');
    expect(field).not.toContain('short');
    expect(answer.text).toContain(
      '<p id="newPassword-error" class="wrong">New Password should contain at least 8 characters.</p>',
    );
    await send(visitor, answer, { newPassword: 'long enough' });
    expect(posted).toEqual([{ code: 'abc', id: 'u1', newPassword: 'long enough' }]);
  });

  it.each(['', '?code=abc', '?id=u1', '?code=&id='])(
    'says of a link with %j that it is no good',
    async (search) => {
      const { visitor } = open({ setPasswordRequestPath: 'forgot' });
      const page = await visitor.get(`/setpassword${search}`);
      expect(page.status).toBe(400);
      expect(page.text).toContain('<h1>This link is no longer good</h1>');
      expect(page.text).toContain('<a href="/forgot">Ask for a new link</a>');
      expect(page.text).toContain('<a href="/login">Sign in</a>');
    },
  );

  it('asks for as many characters as the setting', async () => {
    const page = await open({ password: { minLength: 12 } }).visitor.get(`/setpassword${LINK}`);
    expect(inputTag(page, 'newPassword')).toContain('minlength="12"');
    expect(inputTag(page, 'newPassword')).not.toContain('maxlength');
    expect(page.text).toContain('At least 12 characters.');
  });
});

describe('the verify-email page', () => {
  it('confirms by a button only, so that a prefetch confirms nothing', async () => {
    const { visitor, posted } = open();
    const page = await visitor.get(`/verifyemail${LINK}`);
    expect(posted).toEqual([]);
    await send(visitor, page);
    expect(posted).toMatchObject([{ code: 'abc', id: 'u1' }]);
  });
});

describe('the forgot-password page', () => {
  it('asks for the name and says afterwards that the mail was sent', async () => {
    const { visitor, posted } = open({ setPasswordRequestPath: 'forgot' });
    const answer = await send(visitor, await visitor.get('/forgot'), { loginName: 'ann' });
    expect(posted).toMatchObject([{ loginName: 'ann' }]);
    expect(answer.text).toContain('<p class="alert good" role="status">Password reset email sent.</p>');
    expect((await visitor.get('/forgot')).text).not.toContain('Password reset email sent.');
  });
});
