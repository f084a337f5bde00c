import { describe, expect, test } from 'vitest';
import { addressOf, makeMember, PASSWORD } from './accounts.ts';
import { linkOf, mailTo } from './mailbox.ts';
import { useSite } from './site.ts';
import { formOf, Visitor, type Page } from './visitor.ts';

const site = useSite();

const JOIN = 'id="register"';
const ACTIVATION = 'Activate your account';

function register(visitor: Visitor, name: string, more: Record<string, string> = {}): Promise<Page> {
  return visitor.submit('/register', JOIN, {
    fullName: 'Margit Nagy',
    email: addressOf(name),
    password: PASSWORD,
    'fields[craft]': 'Never again (again)',
    ...more,
  });
}

describe('joining', () => {
  test('form, mail, one click, and one is in: the page knows the name', async () => {
    const visitor = new Visitor(site.url);
    const answer = await register(visitor, 'margit');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/check-mail');
    const told = await visitor.get('/check-mail');
    expect(told.body).toContain(`<strong>${addressOf('margit')}</strong>`);
    expect(told.body).toContain('href="/_portico/mail"');
    expect(told.body).toContain('flash-notice');

    const link = linkOf(await mailTo(visitor, addressOf('margit'), ACTIVATION));
    expect(link).toMatch(/^\/verifyemail\?/);
    const page = await visitor.get(link);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1>Confirm your address</h1>');
    // Looking uses nothing up, as often as it happens.
    expect((await new Visitor(site.url).get(link)).body).toContain('Yes, this is my address');

    const confirmed = await visitor.submit(link, 'users/verify-email', {});
    expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, '/account']);
    const account = await visitor.get('/account');
    expect(account.body).toContain('<h1>Hello, Margit</h1>');
    expect(account.body).toContain('Never again (again)');

    const again = await new Visitor(site.url).get(link);
    expect(again.status).toBe(400);
    expect(again.body).toContain('<h1>This link has cooled down</h1>');
  });

  test('what is wrong stands at its field, and what was typed is kept but for the password', async () => {
    const visitor = new Visitor(site.url);
    const page = await visitor.submit('/register', JOIN, {
      fullName: '',
      email: 'nowhere',
      password: 'short',
      'fields[craft]': 'x'.repeat(61),
      'fields[kilnOpenings]': '1',
    });
    expect(page.status).toBe(422);
    const { markup } = formOf(page.body, JOIN);
    for (const id of ['fullName', 'email', 'password', 'fields-craft']) {
      expect(markup).toMatch(new RegExp(`id="register__${id}"[^>]*aria-invalid="true"`));
      expect(markup).toContain(`<ul id="register__${id}-errors">`);
    }
    expect(markup).toContain('value="nowhere"');
    expect(markup).toMatch(/name="fields\[kilnOpenings\]"[^>]*checked/);
    expect(markup).not.toContain('short');
    expect(page.body).toMatch(/class="flash flash-error" role="alert">You are not a member yet/);
  });

  test('an address that is taken is answered the same, and its owner hears of it', async () => {
    await makeMember(site.dataFolder, 'taken');
    const visitor = new Visitor(site.url);
    const answer = await register(visitor, 'taken');
    expect(answer.headers.get('location')).toBe('/check-mail');
    expect((await visitor.get('/check-mail')).body).toContain(`<strong>${addressOf('taken')}</strong>`);
    await mailTo(visitor, addressOf('taken'), 'You have an account already');
  });

  test('the link can be sent again, and the first one is then worth nothing', async () => {
    const visitor = new Visitor(site.url);
    await register(visitor, 'impatient');
    const first = linkOf(await mailTo(visitor, addressOf('impatient'), ACTIVATION));
    const resend = { loginName: addressOf('impatient') };
    expect((await visitor.submit('/check-mail', 'Send it again', resend)).status).toBe(303);
    expect((await visitor.get('/check-mail')).body).toContain('another mail is on its way');
    expect((await visitor.get(first)).status).toBe(400);
  });

  test('members need no form to join', async () => {
    const answer = await (await site.member()).get('/register');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account']);
  });
});

describe('signing in', () => {
  test('leads back to the page that asked for it', async () => {
    await makeMember(site.dataFolder, 'kenji');
    const visitor = new Visitor(site.url);
    const refused = await visitor.get('/account/addresses');
    expect([refused.status, refused.headers.get('location')]).toEqual([303, '/login']);
    const login = await visitor.submit('/login', 'users/login', { loginName: 'kenji', password: PASSWORD });
    expect([login.status, login.headers.get('location')]).toEqual([303, '/account/addresses']);
    const page = await visitor.get('/account/addresses');
    expect(page.body).toContain('Kenji Tester</span>');
    const onward = await visitor.get('/login');
    expect([onward.status, onward.headers.get('location')]).toEqual([303, '/account']);
  });

  test.each([
    ['/search?q=salt', '/search?q=salt'],
    ['/a/../b', '/b'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/..//evil.example', '/evil.example'],
    ['', '/'],
  ])('/sign-in?next=%j leads to %j', async (wanted, path) => {
    member ??= await site.member('ines');
    const answer = await member.get(`/sign-in?next=${encodeURIComponent(wanted)}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
  });
  let member: Visitor | undefined;

  test('by the link of a page leads back there', async () => {
    await makeMember(site.dataFolder, 'tomasz');
    const visitor = new Visitor(site.url);
    const link = /href="(\/sign-in[^"]+)"/.exec((await visitor.get('/products')).body)?.[1] ?? '';
    expect((await visitor.get(link)).headers.get('location')).toBe('/login');
    const login = await visitor.submit('/login', 'users/login', { loginName: 'tomasz', password: PASSWORD });
    expect(login.headers.get('location')).toBe(link);
    expect((await visitor.get(link)).headers.get('location')).toBe('/products');
  });

  test('a wrong password says nothing of which was wrong, and keeps the name only', async () => {
    const visitor = new Visitor(site.url);
    const page = await visitor.submit('/login', 'users/login', {
      loginName: 'kenji',
      password: 'a wrong guess',
      rememberMe: '1',
    });
    expect(page.status).toBe(400);
    expect(page.body).toMatch(/flash-error" role="alert">Invalid username or password\./);
    const { markup } = formOf(page.body, 'users/login');
    expect(markup).toContain('value="kenji"');
    expect(markup).toMatch(/name="rememberMe"[^>]*checked/);
    expect(markup).not.toContain('a wrong guess');
  });

  test('nothing typed is told at its field', async () => {
    const page = await new Visitor(site.url).submit('/login', 'users/login', { loginName: '', password: '' });
    expect(page.status).toBe(422);
    expect(page.body).toContain('Password is required.');
    expect(page.body).toMatch(/name="loginName"[^>]*aria-invalid="true"/);
  });

  test.each(['/products', '/nothing'])('signing out is a button, on %s too', async (path) => {
    member = await site.member('ines');
    const answer = await member.submit(path, 'Sign out', {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    const page = await member.get('/');
    expect(page.body).toContain('You are signed out.');
    expect(page.body).not.toContain('Sign out</button>');
    expect((await member.get('/posts/new')).status).toBe(303);
  });
});

describe('a forgotten password', () => {
  test('mail, new password, and every session of before is over', async () => {
    const forgetful = await site.member('forgetful');
    const visitor = new Visitor(site.url);
    const asked = await visitor.submit('/forgot-password', 'Send me the link', { loginName: 'forgetful' });
    expect(asked.headers.get('location')).toBe('/check-mail');
    const link = linkOf(await mailTo(visitor, addressOf('forgetful'), 'Reset your password'));
    expect(link).toMatch(/^\/setpassword\?/);

    const weak = await visitor.submit(link, 'users/set-password', { newPassword: 'short' });
    expect(weak.status).toBe(422);
    expect(weak.body).toContain('New Password should contain at least 8 characters.');
    const { hidden } = formOf(weak.body, 'users/set-password');
    const set = await visitor.post('/setpassword', { ...hidden, newPassword: 'another brick entirely' });
    expect([set.status, set.headers.get('location')]).toEqual([303, '/login']);
    expect((await visitor.get('/login')).body).toContain('Password updated.');

    expect((await forgetful.get('/account')).headers.get('location')).toBe('/login');
    await new Visitor(site.url).signIn('forgetful', 'another brick entirely');
  });

  test('a name that nobody has is answered the same', async () => {
    const visitor = new Visitor(site.url);
    const asked = await visitor.submit('/forgot-password', 'Send me the link', { loginName: 'nobody' });
    expect(asked.headers.get('location')).toBe('/check-mail');
  });

  test.each(['/setpassword', '/setpassword?code=x&id=y', '/verifyemail?code=x&id=y'])(
    '%s is no link that is good',
    async (path) => {
      const page = await new Visitor(site.url).get(path);
      expect(page.status).toBe(400);
      expect(page.body).toMatch(/<h1>/);
    },
  );
});
