import { describe, expect, test, vi } from 'vitest';
import { field } from '../../src/fields/define.ts';
import type { User } from '../../src/users/user.ts';
import { jpeg } from '../files/pictures.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import {
  describeSites,
  pageOf,
  PASSWORD,
  type Answer,
  type TestSite,
  type TestSiteOptions,
  type Visitor,
} from '../support/site.ts';

const SAVE = 'users/save-user';
const EMAIL = 'ada@example.com';

type Users = NonNullable<TestSiteOptions['users']>;

/** Settings of a site where guests may register. */
const registering = (users: Users = {}, options: TestSiteOptions = {}): TestSiteOptions => ({
  ...options,
  users: { allowPublicRegistration: true, ...users },
});
/** Where an address that has an account is told, and the new user shown. */
const telling = (users: Users = {}, options: TestSiteOptions = {}): TestSiteOptions =>
  registering(users, { preventUserEnumeration: false, ...options });

const byEmail = ({ site }: TestSite, email = EMAIL): Promise<User | undefined> =>
  site.services.database.users.findByEmail(email);

async function allUsers({ site }: TestSite): Promise<readonly User[]> {
  return (await site.services.database.users.list({ limit: 1000, offset: 0 })).users;
}

async function isGuest(visitor: Visitor): Promise<boolean> {
  return (await visitor.read('users/session-info')).json.isGuest as boolean;
}

/** An answer as a stranger can compare it: what was sent in is taken out. */
function shape(answer: Answer, ...sent: string[]): unknown {
  const headers = [...answer.headers].filter(([name]) => !/^(?:date|set-cookie|content-length)$/.test(name));
  const text = sent.reduce((rest, part) => rest.replaceAll(part, '…'), answer.text);
  return { status: answer.status, headers, text };
}

describeSites('registering by users/save-user', (open) => {
  const register = (visitor: Visitor, fields: Record<string, unknown> = {}): Promise<Answer> =>
    visitor.json(SAVE, { email: EMAIL, password: PASSWORD, ...fields });

  /** A site whose transcript knows the password as a secret. */
  async function openTo(options: TestSiteOptions): Promise<TestSite> {
    const app = await open(options);
    app.transcript.secret(PASSWORD);
    return app;
  }

  describe('who may', () => {
    test('is nobody unless the site allows it', async () => {
      const app = await openTo({});
      const answer = await register(app.visitor());
      expect(answer.status).toBe(403);
      expect(answer.json).toMatchObject({ message: 'Public registration is not allowed' });
      const form = await app.visitor().form('/page', SAVE, { email: EMAIL, password: PASSWORD });
      expect(form.status).toBe(403);
      expect(pageOf(form).flashes).toEqual({ error: 'Public registration is not allowed' });
      expect(await allUsers(app)).toEqual([]);
    });

    test('a form of somebody whose session has ended registers nobody', async () => {
      const app = await openTo(registering());
      const user = await app.user();
      const answer = await register(app.visitor(), { userId: user.id, fullName: 'Ada' });
      expect(answer.status).toBe(401);
      expect(answer.json.message).toBe('Login Required');
      expect(await allUsers(app)).toHaveLength(1);
    });

    test('needs a CSRF token', async () => {
      const app = await openTo(registering());
      const visitor = app.visitor();
      const answer = await visitor.json(SAVE, { email: EMAIL, password: PASSWORD }, { csrf: false });
      expect(answer.status).toBe(400);
      expect(await allUsers(app)).toEqual([]);
    });
  });

  describe('by the three settings', () => {
    // deactivateByDefault, requireEmailVerification, deferPublicRegistrationPassword → status, path of the link, login.
    test.each([
      [false, true, false, 'pending', 'verifyemail', false],
      [false, true, true, 'pending', 'setpassword', false],
      [false, false, false, 'active', null, true],
      [false, false, true, 'active', 'setpassword', true],
      [true, true, false, 'inactive', null, false],
      [true, true, true, 'inactive', null, false],
      [true, false, false, 'inactive', null, false],
      [true, false, true, 'inactive', null, false],
    ] as const)(
      'deactivateByDefault %s, requireEmailVerification %s, deferPublicRegistrationPassword %s: %s, mail to %s, login %s',
      async (
        deactivateByDefault,
        requireEmailVerification,
        deferPublicRegistrationPassword,
        status,
        path,
        login,
      ) => {
        const app = await openTo(
          telling(
            { deactivateByDefault, requireEmailVerification },
            { deferPublicRegistrationPassword, autoLoginAfterAccountActivation: true },
          ),
        );
        const visitor = app.visitor();
        const answer = await register(visitor);
        expect(answer.status).toBe(200);
        expect(answer.json.user).toMatchObject({ email: EMAIL, status });
        const user = await byEmail(app);
        expect(user).toMatchObject({ status, username: EMAIL });
        expect(user?.passwordHash === null).toBe(deferPublicRegistrationPassword);
        expect(await isGuest(visitor)).toBe(!login);
        await app.site.housekeep();
        expect(app.post.mails.map(({ subject }) => subject)).toEqual(
          path === null ? [] : ['Activate your account'],
        );
        if (path !== null) {
          const { link } = await app.post.to(EMAIL);
          expect(link).toMatch(new RegExp(`^${app.origin}/${path}\\?code=[\\w-]{43}&id=${user?.uid}$`));
        }
      },
    );

    test('logs nobody in unless autoLoginAfterAccountActivation says so', async () => {
      const app = await openTo(telling({ requireEmailVerification: false }));
      const visitor = app.visitor();
      const answer = await register(visitor);
      expect(answer.json).not.toHaveProperty('csrfTokenValue');
      expect(await isGuest(visitor)).toBe(true);
      expect((await visitor.json('users/login', { loginName: EMAIL, password: PASSWORD })).status).toBe(200);
    });

    test('gives the session of whoever is logged in a new id, and a token that is good there', async () => {
      const app = await openTo(
        telling({ requireEmailVerification: false }, { autoLoginAfterAccountActivation: true }),
      );
      const visitor = app.visitor();
      await visitor.token();
      const before = new Map(visitor.cookies);
      const answer = await register(visitor);
      expect(visitor.cookies.get('portico')).not.toBe(before.get('portico'));
      const headers = { 'x-csrf-token': answer.json.csrfTokenValue as string };
      expect((await visitor.json('users/logout', {}, { csrf: false, headers })).status).toBe(200);
    });
  });

  describe('the answer', () => {
    test('as JSON holds the user, and nothing that is secret', async () => {
      const app = await openTo(telling());
      const answer = await register(app.visitor(), { fullName: 'Ada Lovelace', username: 'ada' });
      const user = await byEmail(app);
      expect(answer.json).toEqual({
        id: user?.id,
        modelId: user?.id,
        modelName: 'user',
        message: 'User registered.',
        user: expect.objectContaining({
          id: user?.id,
          username: 'ada',
          fullName: 'Ada Lovelace',
          lastName: 'Lovelace',
        }),
      });
    });

    test('CVE-2022-37783: gives away no password, hash or code', async () => {
      const app = await openTo(telling());
      const answer = await register(app.visitor());
      const { code } = await app.post.to(EMAIL);
      const user = await byEmail(app);
      for (const secret of [PASSWORD, code, user?.passwordHash ?? '']) {
        expect(secret).not.toBe('');
        expect(answer.text).not.toContain(secret);
      }
      expect(answer.text).not.toMatch(/argon2|verificationCode|"(?:new|current)?password(?:Hash)?"/i);
    });

    test('to a form is the same page, with a notice', async () => {
      const app = await openTo(registering());
      const visitor = app.visitor();
      const answer = await visitor.form('/page/join', SAVE, { email: EMAIL, password: PASSWORD });
      expect([answer.status, answer.location]).toEqual([303, '/page/join']);
      expect(pageOf(await visitor.get('/page/join')).flashes).toEqual({ notice: 'User registered.' });
    });

    test('to a form is activateAccountSuccessPath where the account is open at once', async () => {
      const app = await openTo(
        telling({ requireEmailVerification: false }, { activateAccountSuccessPath: 'page/welcome' }),
      );
      const visitor = app.visitor();
      const form = await visitor.form('/page/join', SAVE, { email: EMAIL, password: PASSWORD });
      expect([form.status, form.location]).toEqual([303, '/page/welcome']);
      const json = await register(visitor, { email: 'bob@example.com' });
      expect(json.json.redirect).toBe('/page/welcome');
    });

    test('to a form with a signed redirect is that, with a signed message', async () => {
      const paths = { ...SIGNING, activateAccountSuccessPath: 'page/welcome' };
      const app = await openTo(telling({ requireEmailVerification: false }, paths));
      const visitor = app.visitor();
      const { redirect } = await signedBy(visitor, '/page/{username}');
      const { successMessage } = await signedBy(visitor, 'Welcome!');
      const fields = { email: EMAIL, username: 'ada', password: PASSWORD, redirect, successMessage };
      const form = await visitor.form('/page/join', SAVE, fields);
      expect([form.status, form.location]).toEqual([303, '/page/ada']);
      expect(pageOf(await visitor.get('/page/ada')).flashes).toEqual({ notice: 'Welcome!' });
    });

    test('as JSON that fails holds what was typed, but no password', async () => {
      const app = await openTo(telling());
      const answer = await register(app.visitor(), { email: 'ada@', fullName: 'Ada Lovelace' });
      expect(answer.status).toBe(400);
      expect(answer.json).toEqual({
        message: 'Couldn’t save user.',
        error: 'Couldn’t save user.',
        code: 'BAD_REQUEST',
        errors: { email: ['Email is not a valid email address.'] },
        modelName: 'user',
        user: { email: 'ada@', fullName: 'Ada Lovelace' },
      });
    });

    test('to a form that fails is the page again, with what was typed but the password', async () => {
      const app = await openTo(telling());
      const answer = await app
        .visitor()
        .form('/page', SAVE, { email: 'ada@', password: PASSWORD, fullName: 'Ada Lovelace' });
      expect(answer.status).toBe(422);
      const { variables, flashes } = pageOf(answer);
      expect(flashes).toEqual({ error: 'Couldn’t save user.' });
      expect(variables['errors']).toEqual({ email: ['Email is not a valid email address.'] });
      expect(variables['user']).toEqual({ email: 'ada@', fullName: 'Ada Lovelace' });
      expect(answer.text).not.toContain(PASSWORD);
    });
  });

  describe('is refused', () => {
    test.each<[string, Record<string, unknown>, string, string]>([
      ['no address', { email: '' }, 'email', 'Email cannot be blank.'],
      ['an address that is none', { email: 'ada' }, 'email', 'Email is not a valid email address.'],
      [
        'no password',
        { password: undefined },
        'password',
        'New Password should contain at least 8 characters.',
      ],
      [
        'a short password',
        { password: 'short' },
        'password',
        'New Password should contain at least 8 characters.',
      ],
      [
        'an address of 256 characters',
        { email: `${'a'.repeat(244)}@example.com` },
        'email',
        'Email should contain at most 255 characters.',
      ],
      [
        'a username of 256 characters',
        { username: 'a'.repeat(256) },
        'username',
        'Username should contain at most 255 characters.',
      ],
      ['a username with spaces', { username: 'ada l' }, 'username', 'Username cannot contain spaces.'],
      ['a link as a username', { username: 'x://y' }, 'username', 'Invalid value “x://y”.'],
      ['a link as a name', { fullName: 'http://x' }, 'fullName', 'Invalid value “http://x”.'],
      ['a link as a first name', { firstName: 'http://x' }, 'firstName', 'Invalid value “http://x”.'],
    ])('with %s', async (_what, fields, name, message) => {
      const app = await openTo(telling());
      const answer = await register(app.visitor(), fields);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({
        message: 'Couldn’t save user.',
        errors: { [name]: [message] },
        modelName: 'user',
      });
      expect(await allUsers(app)).toEqual([]);
    });

    test('with all that is wrong at once', async () => {
      const app = await openTo(telling());
      const answer = await register(app.visitor(), {
        email: 'x',
        password: 'x',
        username: 'a b',
        lastName: 'x://y',
      });
      expect(Object.keys(answer.json.errors as object).toSorted()).toEqual([
        'email',
        'lastName',
        'password',
        'username',
      ]);
    });

    test.each([
      ['', telling()],
      [', also where addresses are kept quiet', registering()],
    ])('with a username that somebody has, in whatever case%s', async (_where, options) => {
      const app = await openTo(options);
      await app.user({ username: 'Ada' });
      const answer = await register(app.visitor(), { username: 'aDA' });
      expect(answer.json.errors).toEqual({ username: ['Username "aDA" has already been taken.'] });
    });

    test('with an address that somebody has, in whatever case, where that may be told', async () => {
      const app = await openTo(telling());
      await app.user({ email: EMAIL });
      await app.user({ email: 'pending@example.com', status: 'pending', verified: false });
      for (const email of ['ADA@Example.com', 'pending@example.com']) {
        const answer = await register(app.visitor(), { email });
        expect(answer.json.errors).toEqual({ email: [`Email "${email}" has already been taken.`] });
      }
      expect(await allUsers(app)).toHaveLength(2);
      expect(app.post.mails).toEqual([]);
    });

    describe('where registrations are validated', () => {
      const fields = { bio: field.text({ required: true, frontend: true }) };

      test('without a full name that is required', async () => {
        const app = await openTo(telling({ requireFullName: true, validateOnPublicRegistration: true }));
        const answer = await register(app.visitor());
        expect(answer.json.errors).toEqual({ fullName: ['Full Name cannot be blank.'] });
        expect((await register(app.visitor(), { firstName: 'Ada', lastName: 'L' })).status).toBe(200);
      });

      test('without a field that is required', async () => {
        const app = await openTo(telling({ fields, validateOnPublicRegistration: true }));
        const answer = await register(app.visitor());
        expect(answer.json.errors).toEqual({ 'fields.bio': ['Bio cannot be blank.'] });
      });

      test('and only there', async () => {
        const app = await openTo(telling({ fields, requireFullName: true }));
        expect((await register(app.visitor())).status).toBe(200);
      });
    });
  });

  describe('fills in', () => {
    test('the address as the username', async () => {
      const app = await openTo(telling());
      await register(app.visitor(), { username: '' });
      expect(await byEmail(app)).toMatchObject({ username: EMAIL });
    });

    test('the address as the username always, where useEmailAsUsername says so', async () => {
      const app = await openTo(telling({}, { useEmailAsUsername: true }));
      await register(app.visitor(), { username: 'ada' });
      expect(await byEmail(app)).toMatchObject({ username: EMAIL });
    });

    test('the parts of a full name, and the full name of parts', async () => {
      const app = await openTo(telling());
      await register(app.visitor(), { fullName: ' Ada Lovelace ', firstName: 'Ignored' });
      expect(await byEmail(app)).toMatchObject({
        fullName: 'Ada Lovelace',
        firstName: 'Ada',
        lastName: 'Lovelace',
      });
      await register(app.visitor(), { email: 'bob@example.com', firstName: 'Bob', lastName: 'Ross' });
      expect(await byEmail(app, 'bob@example.com')).toMatchObject({ fullName: 'Bob Ross' });
    });

    test('the default group', async () => {
      const groups = { members: { name: 'Members' } };
      const app = await openTo(telling({ groups, defaultGroup: 'members' }));
      const answer = await register(app.visitor());
      expect(answer.json.user.groups).toEqual(['members']);
      expect(await byEmail(app)).toMatchObject({ groups: ['members'] });
    });

    test('custom fields, also from where fieldsLocation says', async () => {
      const fields = { bio: field.text({ frontend: true }), plan: field.text() };
      const app = await openTo(telling({ fields }));
      await register(app.visitor(), { fields: { bio: 'Countess' } });
      expect(await byEmail(app)).toMatchObject({ fields: { bio: 'Countess', plan: null } });
      const answer = await app.visitor().form('/page', SAVE, {
        email: 'bob@example.com',
        password: PASSWORD,
        fieldsLocation: 'f',
        f: { bio: 'Painter' },
      });
      expect(answer.status).toBe(303);
      expect(await byEmail(app, 'bob@example.com')).toMatchObject({ fields: { bio: 'Painter' } });
    });

    test('a photo, as a file or in base64', async () => {
      const app = await openTo(telling());
      const bytes = await jpeg();
      const file = await app.visitor().upload(SAVE, {
        email: EMAIL,
        password: PASSWORD,
        photo: new File([bytes], 'me.jpg', { type: 'image/jpeg' }),
      });
      expect(file.status).toBe(200);
      expect(file.json.user.photoUrl).toMatch(/^\/_portico\/photos\//);
      const data = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
      const text = await register(app.visitor(), {
        email: 'bob@example.com',
        photo: { data, filename: 'me.jpg' },
      });
      expect(text.json.user.photoUrl).toMatch(/^\/_portico\/photos\//);
      expect((await app.visitor().send(text.json.user.photoUrl as string)).status).toBe(200);
    });

    test('no photo that is none, and then nothing at all', async () => {
      const app = await openTo(telling());
      const answer = await app.visitor().upload(SAVE, {
        email: EMAIL,
        password: PASSWORD,
        photo: new File(['<svg/>'], 'me.jpg', { type: 'image/jpeg' }),
      });
      expect(answer.status).toBe(400);
      expect(Object.keys(answer.json.errors as object)).toEqual(['photo']);
      expect(await allUsers(app)).toEqual([]);
    });
  });

  describe('attacks', () => {
    test('mass assignment: what decides over an account is never taken from a registration', async () => {
      const fields = { bio: field.text({ frontend: true }) };
      const app = await openTo(telling({ fields }));
      const answer = await app.visitor().form('/page', SAVE, {
        email: EMAIL,
        password: PASSWORD,
        admin: '1',
        status: 'active',
        verified: '1',
        approved: '1',
        active: '1',
        pending: '0',
        suspended: '0',
        groups: ['admins'],
        permissions: ['editusers'],
        passwordHash: '$argon2id$forged',
        credentialsVersion: '99',
        uid: 'forged',
        id: '1',
        photoId: '1',
        unverifiedEmail: 'x@example.com',
        createdAt: '0',
        sendVerificationEmail: '0',
        sendActivationEmail: '0',
      });
      expect(answer.status).toBe(303);
      const user = await byEmail(app);
      expect(user).toMatchObject({
        status: 'pending',
        verified: false,
        admin: false,
        groups: [],
        permissions: [],
        unverifiedEmail: null,
        photo: null,
      });
      expect(user?.credentialsVersion).not.toBe(99);
      expect(user?.uid).not.toBe('forged');
      expect(user?.passwordHash).not.toContain('forged');
      expect((await app.post.to(EMAIL)).subject).toBe('Activate your account');
    });

    test.each(['fields', '', 'constructor', '__proto__', 'user'])(
      'mass assignment: with the fields in %j only declared ones are written',
      async (fieldsLocation) => {
        const fields = { bio: field.text({ frontend: true }), plan: field.text() };
        const app = await openTo(telling({ fields }));
        const body = JSON.stringify({ email: EMAIL, password: PASSWORD, fieldsLocation });
        const forged =
          '"__proto__":{"plan":"gold","admin":true},"constructor":{"plan":"gold"},"user":{"plan":"gold"},"plan":"gold","fields":{"plan":"gold"}';
        const visitor = app.visitor();
        const answer = await visitor.send(`/actions/${SAVE}`, {
          method: 'POST',
          body: `${body.slice(0, -1)},${forged}}`,
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'x-csrf-token': await visitor.token(),
          },
        });
        const user = await byEmail(app);
        expect(answer.status === 400 || user?.fields['plan'] === null).toBe(true);
        expect(({} as { admin?: unknown }).admin).toBeUndefined();
      },
    );

    test('a field that is not for forms is refused by name', async () => {
      const app = await openTo(telling({ fields: { plan: field.text({ label: 'Plan' }) } }));
      const answer = await register(app.visitor(), { fields: { plan: 'gold', nope: 1 } });
      expect(answer.json.errors).toEqual({
        'fields.plan': ['Plan cannot be changed here.'],
        'fields.nope': ['There is no field “nope”.'],
      });
    });

    test('CVE-2022-29933: a mail’s link leads to the site, whatever Host and X-Forwarded-Host say', async () => {
      const app = await openTo(telling({}, { portico: { trustedProxies: ['loopback'] } }));
      const visitor = app.visitor();
      Object.assign(visitor.headers, { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
      expect((await register(visitor)).status).toBe(200);
      const { link, html, text } = await app.post.to(EMAIL);
      expect(link.startsWith(`${app.origin}/verifyemail?`)).toBe(true);
      expect(html + text).not.toContain('evil');
    });

    test('a stranger’s address as a username neither catches that stranger’s logins nor tells of an account', async () => {
      const app = await openTo(registering());
      await app.user({ email: 'victim@example.com', username: 'victim@example.com' });
      const answers = [];
      for (const username of ['victim@example.com', 'nobody@example.com']) {
        const answer = await register(app.visitor(), { username });
        answers.push(shape(answer, username));
        expect(answer.json.errors).toEqual({
          username: ['Username cannot be an email address other than your own.'],
        });
      }
      expect(answers[0]).toEqual(answers[1]);
    });

    test.each([
      ['', 1, telling()],
      [', and all are answered alike', 50, registering()],
    ])(
      '50 parallel registrations with one e-mail make one user%s',
      async (_what, successes, options) => {
        const app = await openTo(options);
        const visitors = Array.from({ length: 50 }, () => app.visitor());
        const tokens = await Promise.all(visitors.map((visitor) => visitor.token()));
        const answers = await Promise.all(
          visitors.map((visitor, at) => {
            const fields = { email: at % 2 === 0 ? EMAIL : EMAIL.toUpperCase(), password: PASSWORD };
            const headers = { 'x-csrf-token': tokens[at] ?? '' };
            return visitor.json(SAVE, fields, { csrf: false, headers });
          }),
        );
        expect(await allUsers(app)).toHaveLength(1);
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(successes);
        expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      },
      60_000,
    );
  });

  describe('where nobody is to learn which addresses have accounts', () => {
    const settings: ReadonlyArray<[string, Users]> = [
      ['they are confirmed', {}],
      ['an administrator lets accounts in', { deactivateByDefault: true }],
      [
        'an administrator lets accounts in and nothing is confirmed',
        { deactivateByDefault: true, requireEmailVerification: false },
      ],
    ];

    test.each(settings)(
      'enumeration: a new and a taken address are answered alike, where %s',
      async (_what, users) => {
        const app = await openTo(registering(users));
        const owner = await app.user({ email: 'taken@example.com', fullName: 'Real Owner' });
        const before = await byEmail(app, owner.email);
        const shapes = [];
        for (const email of ['fresh@example.com', 'taken@example.com']) {
          const visitor = app.visitor();
          const answer = await register(visitor, { email, fullName: 'Ada' });
          expect(answer.json).toEqual({
            message: 'User registered.',
            modelName: 'user',
            user: { email, username: email, fullName: 'Ada', firstName: 'Ada', lastName: null },
          });
          const form = await visitor.form('/page', SAVE, { email, password: PASSWORD });
          const page = await visitor.get('/page');
          shapes.push([answer, form, page].map((each) => shape(each, email)));
        }
        expect(shapes[0]).toEqual(shapes[1]);
        expect(await byEmail(app, owner.email)).toEqual(before);
      },
    );

    test('enumeration: the same hashing and one transaction for an address that is taken', async () => {
      const app = await openTo(registering());
      await app.user({ email: 'taken@example.com' });
      const { passwords, database } = app.site.services;
      const work = [vi.spyOn(passwords, 'hash'), vi.spyOn(database, 'transaction')];
      for (const email of ['fresh@example.com', 'taken@example.com']) {
        for (const spy of work) spy.mockClear();
        await register(app.visitor(), { email });
        expect(work.map((spy) => spy.mock.calls.length)).toEqual([1, 1]);
      }
    });

    test('the owner of a taken address gets a mail, with which to set a password', async () => {
      const app = await openTo(registering());
      await app.user({ email: EMAIL });
      await register(app.visitor(), { password: 'a password of somebody else' });
      const mail = await app.post.to(EMAIL);
      expect(mail.subject).toBe('You have an account already');
      const visitor = app.visitor();
      const { searchParams } = new URL(mail.link);
      const set = await visitor.json('users/set-password', {
        code: searchParams.get('code'),
        id: searchParams.get('id'),
        newPassword: 'another long password',
      });
      expect(set.status).toBe(200);
    });

    test('where accounts are open at once it cannot be kept quiet, and a taken address is told', async () => {
      const app = await openTo(registering({ requireEmailVerification: false }));
      await app.user({ email: EMAIL });
      const answer = await register(app.visitor());
      expect(answer.json.errors).toEqual({ email: [`Email "${EMAIL}" has already been taken.`] });
    });

    test('pre-hijacking: who confirms an address that a stranger registered first is rid of the stranger’s password', async () => {
      const app = await openTo(registering());
      const stranger = 'the password of a stranger';
      await register(app.visitor(), { password: stranger });
      await register(app.visitor());
      await app.site.housekeep();
      const { link, subject } = await app.post.to(EMAIL);
      expect(subject).toBe('You have an account already');
      const { searchParams } = new URL(link);
      const answer = await app.visitor().json('users/set-password', {
        code: searchParams.get('code'),
        id: searchParams.get('id'),
        newPassword: PASSWORD,
      });
      expect(answer.json).toMatchObject({ status: 'active' });
      const login = (password: string): Promise<Answer> =>
        app.visitor().json('users/login', { loginName: EMAIL, password });
      expect((await login(stranger)).status).toBe(400);
      expect((await login(PASSWORD)).status).toBe(200);
    });
  });

  describe('with the address of an inactive account', () => {
    const unused = {
      email: EMAIL,
      username: null,
      status: 'inactive',
      verified: false,
      approved: false,
    } as const;

    test('nothing of an unused one is shown or changed before the code of the mail is used', async () => {
      const app = await openTo(telling());
      const old = await app.user({ ...unused, password: null, fullName: 'Guest Customer' });
      const before = await byEmail(app);
      const answer = await register(app.visitor(), { fullName: 'Mallory', fields: {} });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('Guest Customer');
      expect(answer.json).not.toHaveProperty('id');
      expect(await byEmail(app)).toEqual(before);
      const { link, subject } = await app.post.to(EMAIL);
      expect(subject).toBe('Activate your account');
      expect(link).toContain('/setpassword?');

      const { searchParams } = new URL(link);
      const set = await app.visitor().json('users/set-password', {
        code: searchParams.get('code'),
        id: searchParams.get('id'),
        newPassword: PASSWORD,
      });
      expect(set.json).toMatchObject({ status: 'active' });
      expect(await byEmail(app)).toMatchObject({
        id: old.id,
        status: 'active',
        username: EMAIL,
        fullName: 'Guest Customer',
      });
      expect(await allUsers(app)).toHaveLength(1);
    });

    test('a closed one stays closed, and the guest gets an account of their own', async () => {
      const app = await openTo(registering());
      const closed = await app.user({
        email: EMAIL,
        status: 'inactive',
        approved: false,
        permissions: ['viewusers', 'editusers'],
        fullName: 'Left The Company',
      });
      await register(app.visitor());
      const { link } = await app.post.to(EMAIL);
      const { searchParams } = new URL(link);
      const answer = await app
        .visitor()
        .json('users/verify-email', { code: searchParams.get('code'), id: searchParams.get('id') });
      expect(answer.json).toMatchObject({ status: 'active' });
      const user = await byEmail(app);
      expect(user).toMatchObject({ status: 'active', permissions: [], fullName: null });
      expect(user?.id).not.toBe(closed.id);
      expect(await app.site.services.database.users.find(closed.id)).toMatchObject({ status: 'inactive' });
    });

    test('where nothing is confirmed, an unused one is left alone, too', async () => {
      const app = await openTo(telling({ requireEmailVerification: false }));
      const old = await app.user({ ...unused, password: null, fullName: 'Guest Customer' });
      const answer = await register(app.visitor());
      expect(answer.json.user).toMatchObject({ status: 'active', fullName: null });
      expect(answer.json.id).not.toBe(old.id);
    });

    test('where an administrator lets accounts in, registering twice makes one to decide on', async () => {
      const app = await openTo(registering({ deactivateByDefault: true }));
      await register(app.visitor());
      const again = await register(app.visitor());
      expect(again.status).toBe(200);
      expect(await allUsers(app)).toHaveLength(1);
      expect(app.post.mails).toEqual([]);
    });

    test('a code does not override that an administrator must let accounts in by now (craftcms/cms#17982)', async () => {
      const app = await openTo(registering());
      await app.user({ ...unused, password: null });
      await register(app.visitor());
      const { link } = await app.post.to(EMAIL);
      (app.site.services.settings.users as { deactivateByDefault: boolean }).deactivateByDefault = true;
      const { searchParams } = new URL(link);
      const answer = await app.visitor().json('users/set-password', {
        code: searchParams.get('code'),
        id: searchParams.get('id'),
        newPassword: PASSWORD,
      });
      expect(answer.json).toMatchObject({ status: 'inactive' });
      expect((await app.visitor().json('users/login', { loginName: EMAIL, password: PASSWORD })).status).toBe(
        400,
      );
    });
  });

  describe('is limited', () => {
    test('by the visitor’s address, and profiles are saved without limit', async () => {
      const limits = { registration: { points: 2, seconds: 60 } };
      const app = await openTo(registering({}, { limits }));
      const statuses = [];
      for (const name of ['a', 'b', 'c']) {
        statuses.push((await register(app.visitor(), { email: `${name}@example.com` })).status);
      }
      expect(statuses).toEqual([200, 200, 429]);
      const user = await app.user();
      const visitor = await app.login(user);
      for (let time = 0; time < 4; time++) {
        expect((await visitor.json(SAVE, { userId: user.id, fullName: `Ada ${time}` })).status).toBe(200);
      }
    });

    test('by the e-mail address, so that nobody’s mailbox is filled from many places', async () => {
      const limits = { registration: { points: 2, seconds: 60 } };
      const app = await openTo(registering({}, { limits, portico: { trustedProxies: ['loopback'] } }));
      const statuses = [];
      for (const place of ['192.0.2.1', '192.0.2.2', '2001:db8::1']) {
        const headers = { 'x-forwarded-for': place };
        const answer = await app.visitor().json(SAVE, { email: EMAIL, password: PASSWORD }, { headers });
        statuses.push(answer.status);
      }
      expect(statuses).toEqual([200, 200, 429]);
    });

    test('by 64 bits of an IPv6 address', async () => {
      const limits = { registration: { points: 2, seconds: 60 } };
      const app = await openTo(registering({}, { limits, portico: { trustedProxies: ['loopback'] } }));
      const statuses: number[] = [];
      for (const place of ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8:0:0::3', '2001:db8:0:1::1']) {
        const headers = { 'x-forwarded-for': place };
        const fields = { email: `a${statuses.length}@example.com`, password: PASSWORD };
        statuses.push((await app.visitor().json(SAVE, fields, { headers })).status);
      }
      expect(statuses).toEqual([200, 200, 429, 200]);
    });
  });
});
