import { defineAction } from 'portico';
import { redirectInput, signedInput, successMessageInput } from 'portico/html';
import { describe, expect, test } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { updateUser } from '../../src/users/profile/save-user.ts';
import type { User } from '../../src/users/user.ts';
import { jpeg } from '../files/pictures.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import { ROLES } from '../support/roles.ts';
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
const NEW_PASSWORD = 'a rather different password';
const NEW_EMAIL = 'new@example.com';
const INCORRECT = { currentPassword: ['Incorrect current password.'] };

async function stored({ site }: TestSite, { id }: { readonly id: number }): Promise<User> {
  const user = await site.services.database.users.find(id);
  if (!user) throw new Error(`There is no user ${id}.`);
  return user;
}

async function isGuest(visitor: Visitor): Promise<boolean> {
  return (await visitor.read('users/session-info')).json.isGuest as boolean;
}

const codeOf = ({ link }: { link: string }): { code: string; id: string } => {
  const { searchParams } = new URL(link);
  return { code: searchParams.get('code') ?? '', id: searchParams.get('id') ?? '' };
};

describeSites('saving by users/save-user', (open) => {
  /** A site with a member who is signed in, without an elevated session. */
  async function setUp(options: TestSiteOptions = {}, user: Partial<User> = {}) {
    const app = await open(options);
    app.transcript.secret(NEW_PASSWORD);
    const me = await app.user({ fullName: 'Ada Lovelace', firstName: 'Ada', lastName: 'Lovelace', ...user });
    const visitor = await app.login(me);
    const save = (fields: Record<string, unknown>, by = visitor): Promise<Answer> =>
      by.json(SAVE, { userId: me.id, ...fields });
    return { app, me, visitor, save };
  }

  /** A site with somebody of a role who is signed in, and a member to be saved. */
  async function setUpStaff(
    role: Partial<User>,
    {
      elevated = false,
      member = {},
      ...options
    }: TestSiteOptions & { elevated?: boolean; member?: Partial<User> } = {},
  ) {
    const app = await open(options);
    const staff = await app.user(role);
    const target = await app.user({
      fullName: 'Ada Lovelace',
      firstName: 'Ada',
      lastName: 'Lovelace',
      ...member,
    });
    const visitor = await app.login(staff, { elevated });
    const save = (fields: Record<string, unknown>): Promise<Answer> =>
      visitor.json(SAVE, { userId: target.id, ...fields });
    return { app, staff, target, visitor, save };
  }

  describe('one’s own profile', () => {
    test('answers with the user', async () => {
      const { me, save } = await setUp();
      const answer = await save({ fullName: 'Augusta Ada King' });
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({
        id: me.id,
        modelId: me.id,
        modelName: 'user',
        message: 'User saved.',
        user: expect.objectContaining({ fullName: 'Augusta Ada King', email: me.email }),
      });
      expect(answer.json.user).not.toHaveProperty('permissions');
    });

    test('changes only what is sent', async () => {
      const { app, me, save } = await setUp({ users: { fields: { bio: field.text({ frontend: true }) } } });
      const before = await stored(app, me);
      app.clock.advance(60);
      await save({});
      expect(await stored(app, me)).toEqual(before);
      await save({ firstName: 'Augusta' });
      expect(await stored(app, me)).toMatchObject({
        fullName: 'Augusta Lovelace',
        firstName: 'Augusta',
        lastName: 'Lovelace',
        username: before.username,
        email: before.email,
        fields: before.fields,
      });
    });

    test('clears what is sent empty', async () => {
      const { app, me, visitor } = await setUp({
        users: { fields: { bio: field.text({ frontend: true }) } },
      });
      await visitor.form('/page', SAVE, { userId: me.id, fields: { bio: 'x' } });
      await visitor.form('/page', SAVE, { userId: me.id, fullName: '', firstName: '', fields: { bio: '' } });
      expect(await stored(app, me)).toMatchObject({ fullName: null, firstName: null, fields: { bio: null } });
    });

    test('as a form goes back to its page with a notice', async () => {
      const { me, visitor } = await setUp();
      const answer = await visitor.form('/page/profile', SAVE, { userId: me.id, fullName: 'Ada King' });
      expect([answer.status, answer.location]).toEqual([303, '/page/profile']);
      const page = pageOf(await visitor.get('/page/profile'));
      expect(page.flashes).toEqual({ notice: 'User saved.' });
      expect(page.user).toMatchObject({ fullName: 'Ada King' });
    });

    test('as a form that fails shows the page again, with what was typed', async () => {
      const { me, visitor } = await setUp();
      const answer = await visitor.form('/page', SAVE, {
        userId: me.id,
        username: 'a b',
        fullName: 'Typed',
        currentPassword: PASSWORD,
      });
      expect(answer.status).toBe(422);
      expect(pageOf(answer)).toMatchObject({
        flashes: { error: 'Couldn’t save user.' },
        variables: {
          errors: { username: ['Username cannot contain spaces.'] },
          user: { username: 'a b', fullName: 'Typed' },
        },
      });
    });

    test('takes a signed redirect, message and name of the variable, and no others', async () => {
      const sign = defineAction({
        handler: (_input, ctx) => ({
          inputs: [
            redirectInput(ctx, '/page/{username}'),
            successMessageInput(ctx, 'Done!'),
            signedInput(ctx, 'userVariable', 'member'),
          ].join(''),
        }),
      });
      const { me, visitor } = await setUp({ portico: { actions: { sign } } });
      const { inputs } = (await visitor.json('sign')).json as { inputs: string };
      const signed = Object.fromEntries(
        [...inputs.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      );
      const good = await visitor.form('/page', SAVE, { ...signed, userId: me.id });
      expect([good.status, good.location]).toEqual([303, `/page/${me.username}`]);
      expect(pageOf(await visitor.get('/page')).flashes).toEqual({ notice: 'Done!' });
      const bad = await visitor.form('/page', SAVE, { ...signed, userId: me.id, username: '' });
      expect(pageOf(bad).variables).toHaveProperty('member');
      const forged = await visitor.form('/page', SAVE, {
        userId: me.id,
        redirect: '//evil',
        fullName: 'Forged',
      });
      expect(forged.status).toBe(400);
    });

    test('as JSON takes a signed redirect, message and name of the model, too', async () => {
      const { app, me, visitor, save } = await setUp(SIGNING);
      const { redirect } = await signedBy(visitor, '/page/{username}');
      const { successMessage, failMessage } = await signedBy(visitor, 'As you like it');
      const { userVariable } = await signedBy(visitor, 'member');
      const good = await save({ firstName: 'Augusta', redirect, successMessage, userVariable });
      expect(good.json).toMatchObject({
        message: 'As you like it',
        redirect: `/page/${me.username}`,
        modelName: 'member',
        modelId: me.id,
      });
      expect(pageOf(await visitor.get('/page')).flashes).toEqual({});
      const bad = await save({ username: 'a b', failMessage, userVariable });
      expect(bad.status).toBe(400);
      expect(bad.json).toMatchObject({
        message: 'As you like it',
        error: 'As you like it',
        errors: { username: ['Username cannot contain spaces.'] },
        modelName: 'member',
        member: { username: 'a b' },
      });
      const form = await visitor.form('/page', SAVE, { userId: me.id, username: 'a b', failMessage });
      expect(pageOf(form).flashes).toEqual({ error: 'As you like it' });
      const forged = await save({ firstName: 'Forged', redirect: '/page' });
      expect(forged.status).toBe(400);
      expect(await stored(app, me)).toMatchObject({ firstName: 'Augusta' });
    });

    test('as JSON that fails answers with what was sent, without secrets', async () => {
      const { me, save } = await setUp();
      const fields = { username: 'a b', fullName: 'Typed', newPassword: NEW_PASSWORD };
      const answer = await save({ ...fields, currentPassword: PASSWORD });
      expect(answer.status).toBe(400);
      expect(answer.json).toEqual({
        message: 'Couldn’t save user.',
        error: 'Couldn’t save user.',
        code: 'BAD_REQUEST',
        errors: { username: ['Username cannot contain spaces.'] },
        modelName: 'user',
        user: { userId: me.id, username: 'a b', fullName: 'Typed' },
      });
    });

    test('as JSON is also posted to any page that names the action in its query', async () => {
      const { app, me, visitor } = await setUp();
      const answer = await visitor.send(`/page?action=${SAVE}`, {
        method: 'POST',
        body: JSON.stringify({ userId: me.id, fullName: 'Tony Tiger' }),
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-csrf-token': await visitor.token(),
        },
      });
      expect(answer.json).toMatchObject({ id: me.id, message: 'User saved.' });
      expect(await stored(app, me)).toMatchObject({ fullName: 'Tony Tiger' });
    });

    test('is saved by POST only', async () => {
      const { app, me, visitor } = await setUp();
      const answer = await visitor.read(SAVE, { userId: String(me.id), fullName: 'Read' });
      expect([answer.status, answer.headers.get('allow')]).toEqual([400, 'POST']);
      expect(await stored(app, me)).toMatchObject({ fullName: 'Ada Lovelace' });
    });

    test('has no username of its own where that is the address', async () => {
      const { app, me, save } = await setUp({ useEmailAsUsername: true });
      expect((await save({ username: 'other', firstName: 'Augusta' })).status).toBe(200);
      expect(await stored(app, me)).toMatchObject({ username: me.username, firstName: 'Augusta' });
    });

    test('a full name goes before its parts', async () => {
      const { app, me, save } = await setUp();
      await save({ fullName: 'Grace Hopper', firstName: 'Ignored', lastName: 'Ignored' });
      expect(await stored(app, me)).toMatchObject({
        fullName: 'Grace Hopper',
        firstName: 'Grace',
        lastName: 'Hopper',
      });
    });

    test('takes custom fields from where fieldsLocation says, also in the query', async () => {
      const users = { fields: { bio: field.text({ frontend: true }) } };
      const { app, me, visitor, save } = await setUp({ users });
      expect((await save({ fieldsLocation: 'f', f: { bio: 'Countess' } })).status).toBe(200);
      expect(await stored(app, me)).toMatchObject({ fields: { bio: 'Countess' } });
      const fields = { userId: me.id, f: { bio: 'Painter' } };
      expect((await visitor.form('/page?fieldsLocation=f', SAVE, fields)).status).toBe(303);
      expect(await stored(app, me)).toMatchObject({ fields: { bio: 'Painter' } });
    });

    test('takes a photo as a data URL, and names what is wrong with one', async () => {
      const { app, me, save } = await setUp();
      const data = `data:image/jpeg;base64,${Buffer.from(await jpeg()).toString('base64')}`;
      const good = await save({ photo: { data, filename: 'me.jpg' } });
      expect(good.json.user.photoId).toEqual(expect.any(String));
      const bad = await save({ photo: { data: 'data:text/html;base64,AAAA' }, fullName: 'Changed' });
      expect([bad.status, Object.keys(bad.json.errors as object)]).toEqual([400, ['photo']]);
      expect(await stored(app, me)).toMatchObject({
        fullName: 'Ada Lovelace',
        photo: { id: good.json.user.photoId },
      });
    });

    test('two tabs saving the profile lose no field that only one sent', async () => {
      const fields = Object.fromEntries(
        Array.from({ length: 10 }, (_each, at) => [`f${at}`, field.text({ frontend: true })]),
      );
      const { app, me, save, visitor } = await setUp({ users: { fields } });
      const token = await visitor.token();
      const tabs = [
        ...Object.keys(fields).map((handle) => ({ fields: { [handle]: 'saved' } })),
        { firstName: 'Augusta' },
        { lastName: 'King' },
      ];
      const answers = await Promise.all(
        tabs.map((tab) =>
          visitor.json(SAVE, { userId: me.id, ...tab }, { csrf: false, headers: { 'x-csrf-token': token } }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(tabs.map(() => 200));
      const user = await stored(app, me);
      expect(Object.values(user.fields)).toEqual(Object.keys(fields).map(() => 'saved'));
      expect(user.fullName).toBe('Augusta King');
      await save({});
    });

    test.each<[string, Record<string, unknown>, Record<string, string[]>]>([
      ['a username with spaces', { username: 'a b' }, { username: ['Username cannot contain spaces.'] }],
      ['an empty username', { username: '' }, { username: ['Username cannot be blank.'] }],
      [
        'a stranger’s address as the username',
        { username: 'x@example.com' },
        { username: ['Username cannot be an email address other than your own.'] },
      ],
      ['a link as a name', { lastName: 'http://x' }, { lastName: ['Invalid value “http://x”.'] }],
      ['an unknown field', { fields: { nope: 1 } }, { 'fields.nope': ['There is no field “nope”.'] }],
    ])('refuses %s, and then saves nothing', async (_what, fields, errors) => {
      const { app, me, save } = await setUp();
      const before = await stored(app, me);
      const answer = await save({ ...fields, firstName: 'Changed' });
      expect(answer.status).toBe(400);
      expect(answer.json.errors).toEqual(errors);
      expect(await stored(app, me)).toEqual(before);
    });

    test('refuses a username that somebody has', async () => {
      const { app, save } = await setUp();
      await app.user({ username: 'Taken' });
      const answer = await save({ username: 'taken' });
      expect(answer.json.errors).toEqual({ username: ['Username "taken" has already been taken.'] });
      expect((await save({ username: 'free' })).json.user.username).toBe('free');
    });

    test('leaves required fields alone where a form has none, and asks for them where it has', async () => {
      const users = {
        requireFullName: true,
        fields: { bio: field.text({ required: true, frontend: true }), city: field.text({ frontend: true }) },
      };
      const { save } = await setUp({ users }, { fullName: null });
      expect((await save({ username: 'other' })).status).toBe(200);
      expect((await save({ fields: { city: 'London' } })).json.errors).toEqual({
        'fields.bio': ['Bio cannot be blank.'],
      });
      expect((await save({ fullName: ' ' })).json.errors).toEqual({
        fullName: ['Full Name cannot be blank.'],
      });
    });

    test('takes a photo, replaces it and takes it away', async () => {
      const { app, me, visitor } = await setUp();
      const photo = new File([await jpeg()], 'me.jpg', { type: 'image/jpeg' });
      const first = await visitor.upload(SAVE, { userId: me.id, photo, fullName: 'With Photo' });
      expect(first.json.user).toMatchObject({ fullName: 'With Photo', photoId: expect.any(String) });
      const second = await visitor.upload(SAVE, { userId: me.id, photo });
      expect(second.json.user.photoId).not.toBe(first.json.user.photoId);
      await visitor.json(SAVE, { userId: me.id, fullName: 'Still With Photo' });
      expect((await stored(app, me)).photo).not.toBeNull();
      await visitor.form('/page', SAVE, { userId: me.id, deletePhoto: '1' });
      expect((await stored(app, me)).photo).toBeNull();
    });

    test('mass assignment: what decides over an account is never taken from a profile', async () => {
      const { app, me, visitor, save } = await setUp();
      const before = await stored(app, me);
      const forged = {
        admin: true,
        passwordResetRequired: true,
        status: 'inactive',
        verified: false,
        suspended: true,
        groups: ['admins'],
        permissions: ['editusers'],
        passwordHash: 'x',
        credentialsVersion: 99,
        uid: 'x',
        photoId: '1',
        unverifiedEmail: 'x@example.com',
        invalidLoginCount: 99,
        sendVerificationEmail: false,
      };
      expect((await save(forged)).status).toBe(200);
      expect((await visitor.form('/page', SAVE, { userId: me.id, ...forged, admin: '1' })).status).toBe(303);
      expect(await stored(app, me)).toEqual(before);
    });

    test('nobody makes himself an administrator, elevated or not', async () => {
      const app = await open({ users: {} });
      const me = await app.user();
      const visitor = await app.login(me, { elevated: true });
      await visitor.json(SAVE, { userId: me.id, admin: 1 });
      expect(await stored(app, me)).toMatchObject({ admin: false });
    });
  });

  describe('one’s own password', () => {
    test('takes the current one', async () => {
      const { save } = await setUp();
      for (const currentPassword of [undefined, '', 'not the password']) {
        const answer = await save({ newPassword: NEW_PASSWORD, currentPassword });
        expect(answer.status).toBe(400);
        expect(answer.json.errors).toEqual(INCORRECT);
      }
      expect((await save({ newPassword: NEW_PASSWORD, currentPassword: PASSWORD })).status).toBe(200);
    });

    test('takes the current one as `password`, too', async () => {
      const { save } = await setUp();
      expect((await save({ newPassword: NEW_PASSWORD, password: PASSWORD })).status).toBe(200);
    });

    test('takes an elevated session in its stead', async () => {
      const app = await open();
      const me = await app.user();
      const visitor = await app.login(me, { elevated: true });
      expect((await visitor.json(SAVE, { userId: me.id, newPassword: NEW_PASSWORD })).status).toBe(200);
    });

    test('must be right where it is sent, in an elevated session too', async () => {
      const app = await open();
      app.transcript.secret(NEW_PASSWORD);
      const me = await app.user();
      const visitor = await app.login(me, { elevated: true });
      const before = await stored(app, me);
      const wrong = { userId: me.id, newPassword: NEW_PASSWORD, currentPassword: 'not the password' };
      const answer = await visitor.json(SAVE, wrong);
      expect([answer.status, answer.json.errors]).toEqual([400, INCORRECT]);
      const form = await visitor.form('/page', SAVE, { ...wrong, newPassword: '', email: NEW_EMAIL });
      expect([form.status, pageOf(form).variables['errors']]).toEqual([422, INCORRECT]);
      expect(await stored(app, me)).toMatchObject({
        passwordHash: before.passwordHash,
        unverifiedEmail: null,
        invalidLoginCount: 2,
      });
      // A field that was left blank says nothing.
      const blank = await visitor.json(SAVE, { ...wrong, currentPassword: '' });
      expect(blank.status).toBe(200);
    });

    test('ends all other sessions, and goes on with this one under a new id and token', async () => {
      const { app, me, visitor, save } = await setUp();
      const other = await app.login(me);
      const before = visitor.cookies.get('portico');
      const answer = await save({ newPassword: NEW_PASSWORD, currentPassword: PASSWORD });
      expect(visitor.cookies.get('portico')).not.toBe(before);
      expect([await isGuest(visitor), await isGuest(other)]).toEqual([false, true]);
      const stolen = app.visitor();
      stolen.cookies.set('portico', before ?? '');
      expect(await isGuest(stolen)).toBe(true);
      const headers = { 'x-csrf-token': answer.json.csrfTokenValue as string };
      expect((await visitor.json(SAVE, { userId: me.id }, { csrf: false, headers })).status).toBe(200);
    });

    test('replaces the old one, and its owner hears of it', async () => {
      const { app, me, save } = await setUp();
      await save({ newPassword: NEW_PASSWORD, currentPassword: PASSWORD });
      const login = (password: string): Promise<Answer> =>
        app.visitor().json('users/login', { loginName: me.email, password });
      expect((await login(PASSWORD)).status).toBe(400);
      expect((await login(NEW_PASSWORD)).status).toBe(200);
      expect((await app.post.to(me.email)).subject).toBe('Your password was changed');
    });

    test('makes mailed codes worthless, and forgets wrong attempts and that it was due', async () => {
      const { app, me, save } = await setUp({}, { passwordResetRequired: false });
      await app.visitor().json('users/send-password-reset-email', { loginName: me.email });
      const mail = codeOf(await app.post.to(me.email));
      await app.site.services.database.users.update(
        me.id,
        { passwordResetRequired: true, invalidLoginCount: 3 },
        app.site.services.now(),
      );
      await save({ newPassword: NEW_PASSWORD, currentPassword: PASSWORD });
      expect(await stored(app, me)).toMatchObject({
        passwordResetRequired: false,
        invalidLoginCount: 0,
        lastPasswordChangeAt: expect.any(Number),
      });
      const set = await app
        .visitor()
        .json('users/set-password', { ...mail, newPassword: 'yet another password' });
      expect(set.json.message).toBe('InvalidVerificationCode');
    });

    test('must do', async () => {
      const { save } = await setUp();
      const answer = await save({ newPassword: 'short', currentPassword: PASSWORD });
      expect(answer.json.errors).toEqual({
        newPassword: ['New Password should contain at least 8 characters.'],
      });
      const long = await save({ newPassword: 'ab1 '.repeat(65), currentPassword: PASSWORD });
      expect(long.json.errors).toEqual({
        newPassword: ['New Password should contain at most 256 characters.'],
      });
    });

    test('must be another one where it is due', async () => {
      const { app, me, save } = await setUp();
      await app.site.services.database.users.update(me.id, { passwordResetRequired: true }, 0);
      const answer = await save({ newPassword: PASSWORD, currentPassword: PASSWORD });
      expect(answer.json.errors).toEqual({ newPassword: ['New Password must be set to a new password.'] });
    });

    test('is not changed by an empty field', async () => {
      const { app, me, visitor } = await setUp();
      const before = await stored(app, me);
      const answer = await visitor.form('/page', SAVE, {
        userId: me.id,
        newPassword: '',
        currentPassword: '',
      });
      expect(answer.status).toBe(303);
      expect(await stored(app, me)).toEqual(before);
    });

    test('guesses count as they do at the login', async () => {
      const { app, me, save } = await setUp({ maxInvalidLogins: 3 });
      const guess = (currentPassword: string): Promise<Answer> =>
        save({ newPassword: NEW_PASSWORD, currentPassword });
      for (let time = 0; time < 3; time++)
        expect((await guess('wrong guess')).json.errors).toEqual(INCORRECT);
      expect((await guess(PASSWORD)).json.errors.currentPassword[0]).toMatch(/^Account locked\./);
      expect((await stored(app, me)).lockedAt).not.toBeNull();
      expect(
        (await app.visitor().json('users/login', { loginName: me.email, password: PASSWORD })).status,
      ).toBe(400);
    });

    test.each([false, true])(
      'of two changes at once, with elevated sessions %s, one comes through and ends the other’s session',
      async (elevated) => {
        const app = await open();
        const me = await app.user();
        const tabs = [await app.login(me, { elevated: true }), await app.login(me, { elevated })];
        if (!elevated) app.clock.advance(3600 / 2);
        const tokens = await Promise.all(tabs.map((tab) => tab.token()));
        const answers = await Promise.all(
          tabs.map((tab, at) =>
            tab.json(
              SAVE,
              { userId: me.id, newPassword: `${NEW_PASSWORD} ${at}`, currentPassword: PASSWORD },
              { csrf: false, headers: { 'x-csrf-token': tokens[at] ?? '' } },
            ),
          ),
        );
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        const guests = await Promise.all(tabs.map(isGuest));
        expect(guests).toEqual(answers.map(({ status }) => status !== 200));
      },
    );
  });

  describe('one’s own address', () => {
    const change = { email: NEW_EMAIL, currentPassword: PASSWORD };

    test('takes the current password', async () => {
      const { app, me, save } = await setUp();
      expect((await save({ email: NEW_EMAIL })).json.errors).toEqual(INCORRECT);
      expect(await stored(app, me)).toMatchObject({ email: me.email, unverifiedEmail: null });
    });

    test('waits until the mail’s link was used, then the old one hears of it', async () => {
      const { app, me, save } = await setUp();
      const answer = await save(change);
      expect(answer.json.user).toMatchObject({ email: me.email, unverifiedEmail: NEW_EMAIL });
      const mail = await app.post.to(NEW_EMAIL);
      expect(mail.subject).toBe('Verify your new email address');
      expect(mail.link).toContain('/verifyemail?');
      expect((await app.visitor().json('users/verify-email', codeOf(mail))).status).toBe(200);
      expect(await stored(app, me)).toMatchObject({
        email: NEW_EMAIL,
        unverifiedEmail: null,
        username: me.username,
      });
      expect((await app.post.to(me.email)).subject).toBe('Your email address was changed');
    });

    test('is there at once where none is confirmed, and the old one hears of it', async () => {
      const { app, me, save } = await setUp({ users: { requireEmailVerification: false } });
      expect((await save(change)).json.user).toMatchObject({ email: NEW_EMAIL, unverifiedEmail: null });
      expect((await app.post.to(me.email)).subject).toBe('Your email address was changed');
    });

    test('is there at once for who has administrateUsers, unless sendVerificationEmail is sent', async () => {
      const { app, me, save } = await setUp({}, { permissions: ROLES.administrator });
      await save({ ...change, sendVerificationEmail: '0' });
      expect(await stored(app, me)).toMatchObject({ email: NEW_EMAIL, unverifiedEmail: null });
      await save({ ...change, email: 'third@example.com', sendVerificationEmail: '1' });
      expect(await stored(app, me)).toMatchObject({
        email: NEW_EMAIL,
        unverifiedEmail: 'third@example.com',
      });
      expect((await app.post.to('third@example.com')).subject).toBe('Verify your new email address');
    });

    test('takes the username along where that is the address', async () => {
      const { app, me, save } = await setUp(
        { users: { requireEmailVerification: false } },
        { email: 'old@example.com', username: 'Old@example.com' },
      );
      await save({ ...change, username: 'Old@example.com' });
      expect(await stored(app, me)).toMatchObject({ email: NEW_EMAIL, username: NEW_EMAIL });
    });

    test('in other letters needs neither password nor mail', async () => {
      const { app, me, save } = await setUp({}, { email: 'old@example.com' });
      expect((await save({ email: 'Old@Example.com' })).status).toBe(200);
      expect(await stored(app, me)).toMatchObject({ email: 'Old@Example.com', unverifiedEmail: null });
      expect(app.post.mails).toEqual([]);
    });

    test('is not changed by an empty or unchanged one', async () => {
      const { app, me, save } = await setUp();
      const before = await stored(app, me);
      for (const email of ['', ' ', me.email, ` ${me.email} `])
        expect((await save({ email })).status).toBe(200);
      expect(await stored(app, me)).toEqual(before);
    });

    test('must be one', async () => {
      const { save } = await setUp();
      const answer = await save({ ...change, email: 'nobody' });
      expect(answer.json.errors).toEqual({ email: ['Email is not a valid email address.'] });
    });

    test('that somebody has is told where that may be told', async () => {
      const { app, save } = await setUp({ preventUserEnumeration: false });
      await app.user({ email: NEW_EMAIL });
      expect((await save(change)).json.errors).toEqual({
        email: [`Email "${NEW_EMAIL}" has already been taken.`],
      });
    });

    test('enumeration: that somebody has is answered as any other, and only its owner hears of it', async () => {
      const { app, me, save } = await setUp();
      const owner = await app.user({ email: 'taken@example.com' });
      const answers = [];
      for (const email of ['fresh@example.com', 'taken@example.com']) {
        const { status, text } = await save({ ...change, email });
        answers.push([status, text.replaceAll(email, '…').replaceAll(/"dateUpdated":"[^"]*"/g, '')]);
      }
      expect(answers[0]).toEqual(answers[1]);
      const mail = await app.post.to('taken@example.com');
      expect(mail.subject).toBe('You have an account already');
      expect(codeOf(mail).id).toBe(owner.uid);
      expect((await stored(app, me)).email).toBe(me.email);
    });

    test('a code that was mailed to one address confirms no other', async () => {
      const { app, me, save } = await setUp();
      await save({ ...change, email: 'mine@example.com' });
      const first = codeOf(await app.post.to('mine@example.com'));
      const victim = await app.user({ email: 'victim@example.com' });
      await save({ ...change, email: 'victim@example.com' });
      await app.site.services.database.users.delete(victim.id);
      const answer = await app.visitor().json('users/verify-email', first);
      expect(answer.json.message).toBe('InvalidVerificationCode');
      expect((await stored(app, me)).email).toBe(me.email);
    });

    test('mails to new addresses are limited', async () => {
      const { save } = await setUp({ limits: { verification: { points: 2, seconds: 60 } } });
      const statuses = [];
      for (const name of ['a', 'b', 'c'])
        statuses.push((await save({ ...change, email: `${name}@example.com` })).status);
      expect(statuses).toEqual([200, 200, 429]);
      expect((await save({ fullName: 'Not Limited' })).status).toBe(200);
    });
  });

  describe('another’s account', () => {
    test('takes editUsers, and nobody else learns which ids there are', async () => {
      const { target, visitor, save } = await setUpStaff({});
      const known = await save({ fullName: 'Changed' });
      const unknown = await visitor.json(SAVE, { userId: target.id + 1000, fullName: 'Changed' });
      expect(known.status).toBe(403);
      expect(known.json.message).toBe('User is not authorized to perform this action.');
      expect({ ...unknown.json, user: 0 }).toEqual({ ...known.json, user: 0 });
      expect(unknown.status).toBe(403);
    });

    test('is saved with editUsers', async () => {
      const { app, target, visitor, save } = await setUpStaff({ permissions: ROLES.editor });
      const answer = await save({ fullName: 'Ada King' });
      expect(answer.json.user).toMatchObject({ fullName: 'Ada King', invalidLoginCount: 0 });
      expect((await visitor.json(SAVE, { userId: 999_999 })).json).toMatchObject({
        message: 'User not found',
      });
      expect((await visitor.json(SAVE, { userId: 999_999 })).status).toBe(404);
      expect(await stored(app, target)).toMatchObject({ fullName: 'Ada King' });
    });

    test('with editUsers keeps address, username, password and flags', async () => {
      const { app, target, save } = await setUpStaff({ permissions: ROLES.editor }, { elevated: true });
      const before = await stored(app, target);
      const answer = await save({
        email: NEW_EMAIL,
        username: 'other',
        newPassword: NEW_PASSWORD,
        passwordResetRequired: true,
        admin: true,
      });
      expect(answer.status).toBe(200);
      expect(await stored(app, target)).toEqual(before);
      expect(app.post.mails).toEqual([]);
    });

    test('gets another address with administrateUsers, at once or after a mail, with one’s own password', async () => {
      const { app, target, save } = await setUpStaff({ permissions: ROLES.administrator });
      expect((await save({ email: NEW_EMAIL })).json.errors).toEqual(INCORRECT);
      await save({ email: NEW_EMAIL, currentPassword: PASSWORD });
      expect(await stored(app, target)).toMatchObject({ email: NEW_EMAIL, unverifiedEmail: null });
      expect((await app.post.to(target.email)).subject).toBe('Your email address was changed');
      await save({ email: 'third@example.com', currentPassword: PASSWORD, sendVerificationEmail: true });
      expect(await stored(app, target)).toMatchObject({
        email: NEW_EMAIL,
        unverifiedEmail: 'third@example.com',
      });
      expect((await app.post.to('third@example.com')).subject).toBe('Verify your new email address');
    });

    test('of a pending user gets another address, and the mail to it activates', async () => {
      const { app, target, save } = await setUpStaff(
        { permissions: ROLES.administrator },
        { elevated: true, member: { status: 'pending', verified: false } },
      );
      await save({ email: NEW_EMAIL, sendVerificationEmail: '1' });
      expect(await stored(app, target)).toMatchObject({ email: NEW_EMAIL, status: 'pending' });
      const mail = await app.post.to(NEW_EMAIL);
      expect(mail.subject).toBe('Activate your account');
      await app.visitor().json('users/verify-email', codeOf(mail));
      expect(await stored(app, target)).toMatchObject({ status: 'active' });
    });

    test('CVE-2024-21622: gets no other address from somebody who may do less', async () => {
      const { app, target, save } = await setUpStaff(
        { permissions: ROLES.administrator },
        { elevated: true, member: { permissions: ROLES.deleter } },
      );
      const answer = await save({ email: NEW_EMAIL });
      expect(answer.json.errors.email[0]).toMatch(/permissions that you do not have/);
      expect(await stored(app, target)).toMatchObject({ email: target.email });
    });

    test('is told a taken address, since whoever may see all users may hear it', async () => {
      const { app, save } = await setUpStaff({ permissions: ROLES.administrator }, { elevated: true });
      await app.user({ email: NEW_EMAIL });
      for (const sendVerificationEmail of [true, false]) {
        const answer = await save({ email: NEW_EMAIL, sendVerificationEmail });
        expect(answer.json.errors).toEqual({ email: [`Email "${NEW_EMAIL}" has already been taken.`] });
      }
    });

    test('must have another password with administrateUsers, and another username from an administrator', async () => {
      const { app, target, save } = await setUpStaff({ permissions: ROLES.administrator });
      await save({ passwordResetRequired: 1, username: 'other' });
      expect(await stored(app, target)).toMatchObject({
        passwordResetRequired: true,
        username: target.username,
      });
      const boss = await app.user({ admin: true });
      const visitor = await app.login(boss);
      await visitor.json(SAVE, { userId: target.id, passwordResetRequired: '0', username: 'other' });
      expect(await stored(app, target)).toMatchObject({ passwordResetRequired: false, username: 'other' });
    });

    test('of an administrator is for administrators (CVE-2026-86731)', async () => {
      const { app, target, save } = await setUpStaff(
        { permissions: ROLES.administrator },
        { elevated: true, member: { admin: true } },
      );
      const before = await stored(app, target);
      const answer = await save({ fullName: 'Changed', email: NEW_EMAIL, fields: {} });
      expect(answer.status).toBe(403);
      expect(await stored(app, target)).toEqual(before);
    });

    test('becomes an administrator’s, and stops being one, by an administrator with an elevated session', async () => {
      const { app, target, save, visitor } = await setUpStaff({ admin: true });
      expect((await save({ admin: 1 })).status).toBe(200);
      expect(await stored(app, target)).toMatchObject({ admin: false });
      await visitor.json('users/verify-password', { password: PASSWORD });
      await save({ admin: '1' });
      expect(await stored(app, target)).toMatchObject({ admin: true });
      await save({ admin: false });
      expect(await stored(app, target)).toMatchObject({ admin: false });
    });

    test('two administrators who demote each other at once leave one', async () => {
      const app = await open();
      const { services } = app.site;
      const one = await app.user({ admin: true });
      const two = await app.user({ admin: true });
      const pair = [one, two];
      const demote = async (by: { id: number }, whom: { id: number }): Promise<unknown> => {
        const saver = { user: await stored(app, by), isElevated: true, isImpersonated: false };
        return updateUser(services, saver, whom.id, { admin: false, fields: undefined, input: {} });
      };
      for (let round = 0; round < 10; round++) {
        await Promise.allSettled([demote(one, two), demote(two, one)]);
        const admins = (await Promise.all(pair.map((user) => stored(app, user)))).filter(
          ({ admin }) => admin,
        );
        expect(admins).toHaveLength(1);
        for (const { id } of pair) await services.database.users.update(id, { admin: true }, 0);
      }
    });
  });

  describe('a new account for somebody else', () => {
    const create = (visitor: Visitor, fields: Record<string, unknown> = {}): Promise<Answer> =>
      visitor.json(SAVE, { email: NEW_EMAIL, ...fields });

    async function setUpRegistrar(permissions: readonly string[], options: TestSiteOptions = {}) {
      const app = await open(options);
      const visitor = await app.login(await app.user({ permissions }));
      const made = (): Promise<User | undefined> => app.site.services.database.users.findByEmail(NEW_EMAIL);
      return { app, visitor, made };
    }

    test('takes registerUsers', async () => {
      const { visitor, made } = await setUpRegistrar(ROLES.editor, {
        users: { allowPublicRegistration: true },
      });
      expect((await create(visitor, { password: PASSWORD })).status).toBe(403);
      expect(await made()).toBeUndefined();
    });

    test('waits for its owner, who gets a mail to set a password by', async () => {
      const { app, visitor, made } = await setUpRegistrar(ROLES.registrar);
      const answer = await create(visitor, {
        fullName: 'Ada L',
        sendActivationEmail: 1,
        password: 'is ignored here',
      });
      expect(answer.json).toMatchObject({
        message: 'User saved.',
        user: { status: 'pending', hasPassword: false },
      });
      const mail = await app.post.to(NEW_EMAIL);
      expect(mail.link).toContain('/setpassword?');
      await app.visitor().json('users/set-password', { ...codeOf(mail), newPassword: NEW_PASSWORD });
      expect(await made()).toMatchObject({ status: 'active', groups: [] });
      expect(await isGuest(visitor)).toBe(false);
    });

    test('asks for all that is required, and takes names, fields and a photo', async () => {
      const fields = { bio: field.text({ required: true, frontend: true }) };
      const users = { requireFullName: true, fields };
      const { visitor, made } = await setUpRegistrar(ROLES.registrar, { users });
      expect((await create(visitor)).json.errors).toEqual({
        fullName: ['Full Name cannot be blank.'],
        'fields.bio': ['Bio cannot be blank.'],
      });
      expect(await made()).toBeUndefined();
      const photo = new File([await jpeg()], 'ada.jpg', { type: 'image/jpeg' });
      const answer = await visitor.upload(SAVE, {
        email: NEW_EMAIL,
        username: 'ada',
        firstName: 'Ada',
        lastName: 'King',
        fields: { bio: 'Countess' },
        photo,
      });
      const user = await made();
      expect(answer.json).toMatchObject({ id: user?.id, modelId: user?.id, user: { username: 'ada' } });
      expect(answer.json).not.toHaveProperty('csrfTokenValue');
      expect(user).toMatchObject({
        username: 'ada',
        fullName: 'Ada King',
        fields: { bio: 'Countess' },
        photo: { mediaType: 'image/webp' },
      });
    });

    test('must have another password only from who has administrateUsers', async () => {
      const { visitor, made } = await setUpRegistrar(ROLES.registrar);
      await create(visitor, { passwordResetRequired: '1' });
      expect(await made()).toMatchObject({ passwordResetRequired: false });
    });

    test.each([
      [false, { admin: false, username: NEW_EMAIL }],
      [true, { admin: true, username: NEW_EMAIL }],
    ])('made by an administrator with an elevated session %s is %j', async (elevated, made) => {
      const app = await open();
      const visitor = await app.login(await app.user({ admin: true }), { elevated });
      expect((await create(visitor, { admin: '1' })).status).toBe(200);
      expect(await app.site.services.database.users.findByEmail(NEW_EMAIL)).toMatchObject(made);
    });

    test('gets no mail unless one is asked for', async () => {
      const { app, visitor, made } = await setUpRegistrar(ROLES.registrar);
      await create(visitor);
      expect(await made()).toMatchObject({ status: 'pending' });
      expect(app.post.mails).toEqual([]);
    });

    test('is let in by a mail only from those who may let accounts in', async () => {
      const { app, visitor, made } = await setUpRegistrar(ROLES.registrar, {
        users: { deactivateByDefault: true },
      });
      await create(visitor, { sendVerificationEmail: true });
      expect(await made()).toMatchObject({ status: 'inactive', approved: false });
      expect(app.post.mails).toEqual([]);
    });

    test('is no administrator’s, and checked as any other', async () => {
      const { app, visitor, made } = await setUpRegistrar([...ROLES.registrar, 'administrateusers']);
      await app.user({ email: 'taken@example.com', username: 'taken' });
      const answer = await create(visitor, { email: 'taken@example.com', username: 'taken' });
      expect(answer.json.errors).toEqual({
        email: ['Email "taken@example.com" has already been taken.'],
        username: ['Username "taken" has already been taken.'],
      });
      await create(visitor, { admin: true, passwordResetRequired: true });
      expect(await made()).toMatchObject({ admin: false, passwordResetRequired: true });
    });
  });
});
