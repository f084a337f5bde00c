import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  openSite,
  PASSWORD,
  type Answer,
  type TestSite,
  type TestSiteOptions,
  type Visitor,
} from '../support/site.ts';

const OTHER = 'four quite different words';

let opened: TestSite | undefined;

async function open(options: TestSiteOptions = {}): Promise<TestSite> {
  opened = await openSite('sqlite', { setPasswordRequestPath: 'forgot', ...options });
  return opened;
}

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** Fills in the form of a page and sends it, as a browser without JavaScript does. */
function send(
  visitor: Visitor,
  path: string,
  page: Answer,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [, name = '', value = ''] of page.text.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
  )) {
    body.append(name, value);
  }
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return visitor.send(path, { method: 'POST', body, headers: { accept: 'text/html' } });
}

const pathOf = (link: string): string => link.slice(new URL(link).origin.length);

describe('the built-in pages of a real site', { timeout: 30_000 }, () => {
  it('lead from a forgotten password to being signed in, and out again', async () => {
    const { user, visitor, post } = await open();
    const { email, id } = await user();
    const visits = visitor();

    const forgot = await visits.get('/forgot');
    expect((await send(visits, '/forgot', forgot, { loginName: email })).status).toBe(303);
    expect((await visits.get('/forgot')).text).toContain('Password reset email sent.');

    const { link } = await post.to(email);
    const path = pathOf(link);
    // A prefetch and a second look use up nothing.
    for (let look = 1; look <= 2; look++) {
      const page = await visits.get(path);
      expect(page.status).toBe(200);
      expect(page.text).toContain('<h1>Set a new password</h1>');
    }
    const refused = await send(visits, path, await visits.get(path), { newPassword: 'short' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('id="newPassword-error"');
    expect((await send(visits, path, refused, { newPassword: OTHER })).status).toBe(303);

    const used = await visits.get(path);
    expect(used.status).toBe(400);
    expect(used.text).toContain('This link is no longer good');

    const login = await visits.get('/login');
    const wrong = await send(visits, '/login', login, { loginName: email, password: PASSWORD });
    expect(wrong.text).toContain('role="alert">Invalid username or password.');
    expect(wrong.text).toContain(`value="${email}"`);
    expect(wrong.text).not.toContain(PASSWORD);
    const right = await send(visits, '/login', wrong, { loginName: email, password: OTHER });
    expect(right.status).toBe(303);
    expect((await visits.read('users/session-info')).json).toMatchObject({ isGuest: false, id });

    const elsewhere = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-dest': 'document',
      'sec-fetch-mode': 'navigate',
    };
    const confirm = await visits.get('/logout', { headers: elsewhere });
    expect(confirm.text).toContain('<h1>Sign out</h1>');
    expect((await visits.read('users/session-info')).json).toMatchObject({ isGuest: false });
    expect((await send(visits, '/logout', confirm)).status).toBe(303);
    expect((await visits.read('users/session-info')).json).toMatchObject({ isGuest: true });
  });

  it('keep the name when only the password is missing', async () => {
    const { visitor } = await open();
    const visits = visitor();
    const answer = await send(visits, '/login', await visits.get('/login'), {
      loginName: 'ann',
      rememberMe: '1',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="ann"');
    expect(answer.text).toContain('id="password-error" class="wrong">Password is required.');
    expect(answer.text).toMatch(/<input type="checkbox" name="rememberMe" value="1" checked/);
  });

  it('confirm an address by a button, once', async () => {
    const { visitor, post } = await open({ users: { allowPublicRegistration: true } });
    const visits = visitor();
    await visits.json('users/save-user', { email: 'new@example.com', username: 'new', password: PASSWORD });
    const { link } = await post.to('new@example.com');
    const path = pathOf(link);
    const page = await visits.get(path);
    expect(page.text).toContain('<h1>Confirm your email address</h1>');
    expect((await send(visits, path, page)).status).toBe(303);
    const again = await send(visits, path, page);
    expect(again.status).toBe(400);
    expect(again.text).toContain('This link is no longer good');
  });

  it('show where a link that is no good leads to, and say it once', async () => {
    const { visitor } = await open({ invalidUserTokenPath: 'sorry' });
    const visits = visitor();
    const answer = await visits.get('/setpassword?code=x&id=00000000-0000-4000-8000-000000000000');
    expect([answer.status, answer.location]).toEqual([303, '/sorry']);
    expect((await visits.get('/sorry')).text).toContain('This link is no longer good');
    expect((await visits.get('/login')).text).not.toContain('no longer good');
  });

  it('include the dev mailbox where there is no other way to send', async () => {
    const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { user, visitor, site, origin } = await open({ mail: { transport: undefined } } as TestSiteOptions);
    const { email } = await user();
    const visits = visitor();
    await visits.json('users/send-password-reset-email', { loginName: email });
    await site.housekeep();
    const answer = await visits.send('/_portico/mail', { headers: { accept: 'application/json' } });
    const [mail] = answer.json as Array<{ to: string; links: string[] }>;
    expect(mail?.to).toBe(email);
    expect(mail?.links[0]).toMatch(new RegExp(`^${origin}/setpassword\\?code=`));
    expect(String(lines.mock.calls.flat())).toContain(mail?.links[0]);
    expect((await visits.get(pathOf(mail?.links[0] ?? ''))).status).toBe(200);
    expect((await visits.get('/_portico/mail')).text).toContain('Reset your password');
    lines.mockRestore();
  });

  it('send codes to nobody as a Referer', async () => {
    const { user, visitor, post } = await open();
    const { email } = await user();
    const visits = visitor();
    await visits.json('users/send-password-reset-email', { loginName: email });
    const { link } = await post.to(email);
    const { headers } = await visits.get(pathOf(link));
    expect(headers.get('referrer-policy')).toMatch(/^(?:no-referrer|same-origin)$/);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
