import { beforeAll, describe, expect, test } from 'vitest';
import { addressOf, makeMember, PASSWORD } from './accounts.ts';
import { linkOf, mailTo } from './mailbox.ts';
import { useSite } from './site.ts';
import { formOf, Visitor } from './visitor.ts';
import { writePost } from './writing.ts';

const site = useSite();

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const PROFILE = 'id="profile"';

let ruth: Visitor;
beforeAll(async () => {
  ruth = await site.member('ruth');
});

test.each([
  '/account',
  '/account/profile',
  '/account/addresses',
  '/account/addresses/new',
  '/account/addresses/1',
  '/account/security',
  '/account/sessions',
  '/account/confirm-password',
  '/admin/users',
])('%s is for members, and a guest is led there by the login', async (path) => {
  await makeMember(site.dataFolder, 'guest', { admin: true });
  const visitor = new Visitor(site.url);
  expect((await visitor.get(path)).headers.get('location')).toBe('/login');
  // Of one account only, whose logins are not to be counted out.
  if (path !== '/account/security') return;
  const login = await visitor.submit('/login', 'users/login', { loginName: 'guest', password: PASSWORD });
  expect(login.headers.get('location')).toBe(path);
});

describe('the profile', () => {
  test('name and custom fields of every kind are saved and shown again', async () => {
    const answer = await ruth.submit('/account/profile', PROFILE, {
      fullName: 'Ruth Abara',
      username: 'ruth',
      'fields[craft]': 'Handbuilds, never centres anything',
      'fields[about]': 'One line.\r\n\r\nAnother <b>line</b>.',
      'fields[since]': '1998-05-01',
      'fields[firing]': 'wood',
      'fields[pots]': '12',
      'fields[orders]': 'orders@example.org',
      'fields[kilnOpenings]': '1',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/profile']);
    const page = await ruth.get('/account/profile');
    expect(page.body).toContain('Your profile is saved.');
    const { markup } = formOf(page.body, PROFILE);
    for (const shown of [
      'value="Ruth Abara"',
      'value="Handbuilds, never centres anything"',
      'Another &lt;b&gt;line&lt;/b&gt;.',
      'value="1998-05-01"',
      '<option value="wood" selected>',
      'value="12"',
      'value="orders@example.org"',
    ]) {
      expect(markup).toContain(shown);
    }
    expect(markup).toMatch(/type="checkbox" value="1" checked|checked[^>]*type="checkbox"/);
    expect(page.body).toContain('Ruth Abara</span>');
  });

  test('a switch that is not sent is off, by the empty input before it', async () => {
    await ruth.submit('/account/profile', PROFILE, { fullName: 'Ruth Abara', username: 'ruth' });
    const { markup } = formOf((await ruth.get('/account/profile')).body, PROFILE);
    expect(markup).not.toContain('checked');
  });

  test('what is wrong stands at its field and saves nothing', async () => {
    const page = await ruth.submit('/account/profile', PROFILE, {
      fullName: '',
      username: 'ruth',
      'fields[since]': 'long ago',
      'fields[pots]': '1.5',
      'fields[firing]': 'lava',
      'fields[orders]': 'me',
    });
    expect(page.status).toBe(422);
    const { markup } = formOf(page.body, PROFILE);
    expect(markup).toContain('Full Name cannot be blank.');
    expect(markup).toContain('Pots a month must be a whole number.');
    expect(markup).toContain('Favourite firing is not one of its options.');
    expect(markup).toContain('At the wheel since is not a valid date.');
    expect(markup).toContain('Address for orders is not a valid email address.');
    expect(markup).toContain('value="1.5"');
    expect((await ruth.get('/account/profile')).body).toContain('value="Ruth Abara"');
  });

  test('a field of the studio’s own is refused by name', async () => {
    const page = await ruth.submit('/account/profile', PROFILE, {
      fullName: 'Ruth Abara',
      username: 'ruth',
      'fields[key]': '7',
    });
    expect(page.status).toBe(422);
  });

  test('a photo is taken, shown, served as a picture of ours, and goes again', async () => {
    const file = new File([PNG], '../../me.html', { type: 'image/png' });
    const answer = await ruth.submit('/account/profile', 'Use this picture', { photo: file });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/profile']);
    const page = await ruth.get('/account/profile');
    const url = /<img src="(\/_portico\/photos\/[^"]+)"/.exec(page.body)?.[1] ?? '';
    const photo = await ruth.get(url);
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/webp']);

    const deleted = await ruth.submit('/account/profile', 'Delete the photo', {});
    expect(deleted.headers.get('location')).toBe('/account/profile');
    const without = await ruth.get('/account/profile');
    expect(without.body).toContain('Photo deleted.');
    expect(without.body).not.toContain('/_portico/photos/');
  });

  test('a file that is no picture is refused in words', async () => {
    const file = new File(['<svg onload="alert(1)">'], 'me.png', { type: 'image/png' });
    const page = await ruth.submit('/account/profile', 'Use this picture', { photo: file });
    expect(page.status).toBe(400);
    expect(page.body).toMatch(/flash-error" role="alert">There was an error uploading your photo/);
  });

  test('what a member wrote follows the name and the photo', async () => {
    const ines = await site.member('ines');
    const path = await writePost(ines, { title: 'By Inês' });
    expect((await ines.get(path)).body).toContain('Inês Tester');
    await ines.submit('/account/profile', PROFILE, {
      fullName: 'Inês of the Jugs',
      username: 'ines',
      'fields[craft]': 'Fires on Thursdays',
    });
    await ines.get('/account/profile');
    const post = await new Visitor(site.url).get(path);
    expect(post.body).toContain('<strong>Inês of the Jugs</strong> · Fires on Thursdays');
  });
});

describe('password and e-mail', () => {
  test('another password ends the other sessions and keeps this one', async () => {
    const here = await site.member('kenji');
    const there = await site.member('kenji');
    const page = await here.submit('/account/security', 'id="password"', {
      currentPassword: PASSWORD,
      newPassword: 'salt',
    });
    expect(page.status).toBe(422);
    expect(formOf(page.body, 'id="password"').markup).toContain('at least 8 characters');
    expect(formOf(page.body, 'id="email"').markup).not.toContain('aria-invalid');

    const changed = await here.submit('/account/security', 'id="password"', {
      currentPassword: PASSWORD,
      newPassword: 'twelve kilos of salt',
    });
    expect([changed.status, changed.headers.get('location')]).toEqual([303, '/account/security']);
    expect((await here.get('/account/security')).body).toContain('Your password is changed.');
    expect((await there.get('/account')).headers.get('location')).toBe('/login');
    await new Visitor(site.url).signIn('kenji', 'twelve kilos of salt');
  });

  test('another address counts when its mail was answered', async () => {
    const tomasz = await site.member('tomasz');
    const answer = await tomasz.submit('/account/security', 'id="email"', {
      email: 'new@studio.test',
      currentPassword: PASSWORD,
    });
    expect(answer.status).toBe(303);
    const waiting = await tomasz.get('/account/security');
    expect(waiting.body).toContain(`You sign in with <strong>${addressOf('tomasz')}</strong>`);
    expect(waiting.body).toContain('<strong>new@studio.test</strong> waits');

    const link = linkOf(await mailTo(tomasz, 'new@studio.test', 'Verify your new email address'));
    const confirmed = await tomasz.submit(link, 'users/verify-email', {});
    expect(confirmed.headers.get('location')).toBe('/account/security');
    expect((await tomasz.get('/account/security')).body).toContain('<strong>new@studio.test</strong>.');
  });
});

describe('sessions', () => {
  test('the list names each browser; one is ended, then all the others', async () => {
    await makeMember(site.dataFolder, 'many');
    const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0';
    const here = await new Visitor(site.url).signIn('many', PASSWORD);
    const there = await new Visitor(site.url, { userAgent: firefox }).signIn('many', PASSWORD);
    const elsewhere = await new Visitor(site.url).signIn('many', PASSWORD);

    const page = await here.get('/account/sessions');
    expect(page.body.match(/<li class="card">/g)).toHaveLength(3);
    expect(page.body.match(/This one/g)).toHaveLength(1);
    const ended = await here.submit('/account/sessions', 'End the session of Firefox on Windows', {});
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/account/sessions']);
    expect((await there.get('/account')).headers.get('location')).toBe('/login');
    expect((await elsewhere.get('/account')).status).toBe(200);

    await here.submit('/account/sessions', 'Sign out everywhere else', {});
    expect((await elsewhere.get('/account')).headers.get('location')).toBe('/login');
    const alone = await here.get('/account/sessions');
    expect(alone.body.match(/<li class="card">/g)).toHaveLength(1);
    expect(alone.body).toContain('You are signed out everywhere else.');
  });
});
