import { expect, test } from 'vitest';
import { jpeg } from './files/pictures.ts';
import { describeSites, PASSWORD, type Answer, type TestSite, type Visitor } from './support/site.ts';

// What settings do that no test of one action has turned. The others stand with their action.

describeSites('the setting', (open) => {
  const logIn = (visitor: Visitor, loginName: string, password = PASSWORD): Promise<Answer> =>
    visitor.json('users/login', { loginName, password });

  test('verificationCodeDuration: a link in a mail is good for so long, and its mail says so', async () => {
    const site = await open({ verificationCodeDuration: 600 });
    const user = await site.user();
    const codeNow = async (): Promise<string> => {
      const count = site.post.mails.length;
      await site.visitor().json('users/send-password-reset-email', { loginName: user.email });
      await expect.poll(() => site.post.mails.length).toBe(count + 1);
      const mail = await site.post.to(user.email);
      expect(mail.text).toContain('10 minutes');
      return mail.code;
    };
    const use = async (code: string): Promise<number> => {
      const fields = { id: user.uid, code, newPassword: 'another long password' };
      return (await site.visitor().json('users/set-password', fields)).status;
    };
    const late = await codeNow();
    site.clock.advance(601);
    expect(await use(late)).toBe(400);
    const inTime = await codeNow();
    site.clock.advance(540);
    expect(await use(inTime)).toBe(200);
  });

  test.each([
    [60, false],
    [0, true],
  ])(
    'invalidLoginWindowDuration %d: wrong passwords of a minute ago are counted on: %s',
    async (invalidLoginWindowDuration, isCountedOn) => {
      const site = await open({ maxInvalidLogins: 2, invalidLoginWindowDuration });
      const user = await site.user();
      await logIn(site.visitor(), user.email, 'wrong');
      site.clock.advance(61);
      await logIn(site.visitor(), user.email, 'wrong');
      expect((await logIn(site.visitor(), user.email)).status).toBe(isCountedOn ? 400 : 200);
    },
  );

  test('requireUserAgentAndIpForSession: off, who says nothing of the browser can log in, too', async () => {
    const site = await open({ requireUserAgentAndIpForSession: false });
    const user = await site.user();
    const visitor = site.visitor();
    visitor.headers['user-agent'] = '';
    expect((await logIn(visitor, user.email)).status).toBe(200);
    expect((await visitor.read('users/session-info')).json).toMatchObject({ isGuest: false, id: user.id });
  });

  test('siteName: is on built-in pages and in mails', async () => {
    const site = await open({ siteName: 'Clay & Co' });
    const user = await site.user();
    expect((await site.visitor().get('/login')).text).toContain('Clay &amp; Co');
    await site.visitor().json('users/send-password-reset-email', { loginName: user.email });
    expect((await site.post.to(user.email)).text).toContain('Clay & Co');
  });

  test('mail.from and mail.templates: sender and wording', async () => {
    const site = await open({
      mail: {
        from: 'Studio <studio@example.com>',
        templates: {
          forgot_password: ({ link }) => ({
            subject: 'Forgot?',
            text: link,
            html: `<a href="${link}">Here</a>`,
          }),
        },
      },
    });
    const user = await site.user();
    await site.visitor().json('users/send-password-reset-email', { loginName: user.email });
    const mail = await site.post.to(user.email);
    expect(mail).toMatchObject({ from: 'Studio <studio@example.com>', subject: 'Forgot?' });
    expect(mail.text).toBe(mail.link);
  });

  test('password.minLength, maxLength and check: judge what is registered', async () => {
    const site = await open({
      users: { allowPublicRegistration: true },
      password: {
        minLength: 12,
        maxLength: 20,
        check: async (password) => (/\d/.test(password) ? undefined : 'A digit, please.'),
      },
    });
    const register = async (password: string): Promise<readonly string[] | undefined> =>
      (await site.visitor().json('users/save-user', { email: 'ada@example.com', password })).json.errors
        ?.password;
    expect(await register('short pot 1')).toEqual([expect.stringContaining('12')]);
    expect(await register('a vase far too tall 1')).toEqual([expect.stringContaining('20')]);
    expect(await register('celadon bowls')).toEqual(['A digit, please.']);
    expect(await register('celadon bowls 7')).toBeUndefined();
  });

  test('photos.maxSide and maxPixels: what is kept of a picture, and what is taken', async () => {
    const site = await open({ photos: { maxSide: 20, maxPixels: 2400 } });
    const user = await site.user();
    const visitor = await site.login(user);
    const upload = async (width: number, height: number): Promise<number> => {
      const photo = new File([await jpeg(width, height)], 'a.jpg', { type: 'image/jpeg' });
      return (await visitor.upload('users/upload-user-photo', { userId: user.id, photo })).status;
    };
    expect(await upload(60, 40)).toBe(200);
    expect(await upload(60, 41)).toBe(400);
    expect((await site.site.services.database.users.find(user.id))?.photo).toMatchObject({
      width: 20,
      height: 13,
    });
  });

  const limited: ReadonlyArray<
    readonly [string, string, (site: TestSite) => Promise<Record<string, unknown>>]
  > = [
    ['login', 'users/login', async () => ({ loginName: 'nobody', password: 'wrong' })],
    ['registration', 'users/save-user', async () => ({ email: 'ada@example.com', password: 'x' })],
    ['passwordReset', 'users/send-password-reset-email', async () => ({ loginName: 'nobody' })],
    ['verification', 'users/verify-email', async () => ({ code: 'x', id: 'y' })],
  ];
  test.each(limited)('limits.%s: the third of two is told to wait', async (name, action, fieldsOf) => {
    const site = await open({
      users: { allowPublicRegistration: true },
      limits: { [name]: { points: 2, seconds: 100 } },
    });
    const fields = await fieldsOf(site);
    const statuses = [];
    for (const _time of [1, 2]) statuses.push((await site.visitor().json(action, fields)).status);
    expect(statuses).not.toContain(429);
    const third = await site.visitor().json(action, fields);
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    site.clock.advance(101);
    expect((await site.visitor().json(action, fields)).status).not.toBe(429);
  });
});
