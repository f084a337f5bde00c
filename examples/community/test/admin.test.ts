import { beforeAll, describe, expect, test } from 'vitest';
import { addressOf, makeMember, PASSWORD } from './accounts.ts';
import { useSite } from './site.ts';
import { formOf, Visitor } from './visitor.ts';

const site = useSite();

const SUSPEND = 'aria-label="Suspend Ruth Tester"';

let boss: Visitor;
let ruth: Visitor;
beforeAll(async () => {
  boss = await site.member('boss', { admin: true });
  ruth = await site.member('ruth');
});

/** Presses a button of the list. */
function press(
  visitor: Visitor,
  label: string,
  action: string,
  path = '/admin/users',
): ReturnType<Visitor['post']> {
  return visitor.submit(path, `aria-label="${label}"`, { action });
}

describe('the list of members', () => {
  test('is for those who may see all users; others get a page that says so, and no link', async () => {
    const page = await ruth.get('/admin/users');
    expect(page.status).toBe(403);
    expect(page.body).toContain('This page is for those who look after the members.');
    expect((await ruth.get('/')).body).not.toContain('/admin/users');
    expect((await boss.get('/')).body).toContain('href="/admin/users"');
  });

  test('is searched by name and status', async () => {
    const found = await boss.get('/admin/users?search=ruth&status=active');
    expect(found.body).toContain('1 account');
    expect(found.body).toContain(addressOf('ruth'));
    expect((await boss.get('/admin/users?search=ruth&status=suspended')).body).toContain('0 accounts');
    expect((await boss.get('/admin/users?search=%25_\'"<b>&status=nonsense&page=-1')).status).toBe(200);
  });

  test('nobody is offered to do something to himself', async () => {
    const { body } = await boss.get('/admin/users?search=boss');
    expect(body).toContain('This is you.');
    expect(body).not.toContain('aria-label="Suspend');
  });
});

describe('moderation', () => {
  test('a registration is approved without its mail, and may sign in', async () => {
    await new Visitor(site.url).submit('/register', 'id="register"', {
      fullName: 'Wanda Waiting',
      email: 'wanda@studio.test',
      password: PASSWORD,
    });
    expect((await boss.get('/admin/users?status=pending')).body).toContain('Wanda Waiting');
    const mailed = await press(boss, 'Send the mail again Wanda Waiting', 'users/send-activation-email');
    expect(mailed.status).toBe(303);
    const approved = await press(boss, 'Approve Wanda Waiting', 'users/activate-user');
    expect([approved.status, approved.headers.get('location')]).toEqual([303, '/admin/users']);
    expect((await boss.get('/admin/users')).body).toContain('User activated.');
    await new Visitor(site.url).signIn('wanda@studio.test', PASSWORD);
  });

  test('a suspended member is out at once and stays out until let back in', async () => {
    const suspended = await press(
      boss,
      'Suspend Ruth Tester',
      'users/suspend-user',
      '/admin/users?search=ruth',
    );
    expect(suspended.headers.get('location')).toBe('/admin/users?search=ruth');
    expect((await ruth.get('/account')).headers.get('location')).toBe('/login');
    const login = await ruth.submit('/login', 'users/login', { loginName: 'ruth', password: PASSWORD });
    expect(login.status).toBe(400);
    await press(boss, 'Let back in Ruth Tester', 'users/unsuspend-user');
    await ruth.signIn('ruth', PASSWORD);
  });

  test('a locked account is unlocked', async () => {
    await makeMember(site.dataFolder, 'locked');
    const visitor = new Visitor(site.url);
    for (let attempt = 0; attempt < 5; attempt++) {
      await visitor.submit('/login', 'users/login', { loginName: 'locked', password: `guess ${attempt}` });
    }
    expect((await boss.get('/admin/users?status=locked')).body).toContain(addressOf('locked'));
    await press(boss, 'Unlock locked Tester', 'users/unlock-user');
    await visitor.signIn('locked', PASSWORD);
  });

  test('a moderator may suspend, and nobody above', async () => {
    const moderator = await site.member('moderator', { groups: ['moderators'] });
    const { body } = await moderator.get('/admin/users');
    expect(body).toContain(SUSPEND);
    expect(body).not.toContain('aria-label="Sign in as');
    const refused = await press(moderator, 'Suspend boss Tester', 'users/suspend-user');
    expect(refused.status).toBe(403);
    expect((await boss.get('/account')).status).toBe(200);
  });
});

describe('signing in as somebody else', () => {
  test('is shown on every page, acts in that name, and ends with a button', async () => {
    const started = await press(boss, 'Sign in as Ruth Tester', 'users/impersonate');
    expect([started.status, started.headers.get('location')]).toEqual([303, '/account']);
    for (const path of ['/', '/account', '/nothing']) {
      const page = await boss.get(path);
      expect(page.body).toContain('You see the site as <strong>Ruth Tester</strong>');
    }
    expect((await boss.get('/admin/users')).status).toBe(403);
    const ended = await boss.submit('/gallery', 'users/stop-impersonating', {});
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/admin/users']);
    const back = await boss.get('/admin/users');
    expect(back.status).toBe(200);
    expect(back.body).toContain('You are yourself again.');
    expect(back.body).not.toContain('class="disguise"');
  });

  test('takes the password once more where the login was a while ago', async () => {
    // Who was somebody else has not proved to be himself since.
    const page = await boss.get('/admin/users?search=ruth');
    const link = /href="(\/account\/confirm-password[^"]+)"/.exec(page.body)?.[1] ?? '';
    expect(link).toContain(encodeURIComponent('/admin/users?search=ruth'));
    const wrong = await boss.submit(link, 'Go on', { password: 'a wrong guess' });
    expect(wrong.status).toBe(422);
    expect(formOf(wrong.body, 'Go on').markup).toContain('aria-invalid');
    const right = await boss.submit(link, 'Go on', { password: PASSWORD });
    expect(right.headers.get('location')).toBe('/admin/users?search=ruth');
    const again = await press(
      boss,
      'Sign in as Ruth Tester',
      'users/impersonate',
      '/admin/users?search=ruth',
    );
    expect(again.headers.get('location')).toBe('/account');
  });
});

describe('the first administrator', () => {
  test('comes by the link of the first start, which then is printed no more', async () => {
    const link = /http:\/\/\S+\/setpassword\S+/.exec(site.output())?.[0] ?? '';
    const visitor = new Visitor(site.url);
    const path = link.slice(site.url.length);
    const page = await visitor.get(path);
    expect(page.body).toContain('<h1>Choose a password</h1>');
    const set = await visitor.submit(path, 'users/set-password', { newPassword: 'the key under the pot' });
    expect([set.status, set.headers.get('location')]).toEqual([303, '/account']);
    expect((await visitor.get('/admin/users')).status).toBe(200);
    expect((await new Visitor(site.url).get(path)).status).toBe(400);
  });
});
