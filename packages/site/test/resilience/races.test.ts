import { readdir } from 'node:fs/promises';
import type { SessionStore } from 'portico';
import { describe, expect, test } from 'vitest';
import { createLocalStorage } from '../../src/files/local-storage.ts';
import { sweepFiles } from '../../src/files/file-sweeper.ts';
import { temporaryFolder } from '../files/folder.ts';
import { describeSites, PASSWORD, type Answer, type TestSite, type Visitor } from '../support/site.ts';
import type { Fields } from '../support/visitor.ts';
import { NEW_PASSWORD, picture, sendAction } from './action-calls.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { holdNext, type Held } from './held.ts';

const UPLOADS = 20;
const ADDRESS = {
  countryCode: 'US',
  addressLine1: '1 Main St',
  locality: 'Salem',
  administrativeArea: 'OR',
  postalCode: '97301',
};

type Open = Parameters<Parameters<typeof describeSites>[1]>[0];

/** Hashing is not what these are about, and takes longer than all else together. */
async function openCheaply(open: Open, options: Parameters<Open>[0] = {}): Promise<TestSite> {
  const app = await open(options);
  Object.assign(app.site.services, { passwords: { ...cheapPasswords } });
  return app;
}

async function idOf(visitor: Visitor): Promise<number | undefined> {
  return ((await visitor.read('users/session-info')).json as { id?: number }).id;
}

/** Posts with a token that was fetched before, so that nothing else of the visitor comes in between. */
async function poster(visitor: Visitor): Promise<(action: string, fields?: Fields) => Promise<Answer>> {
  const headers = { 'x-csrf-token': await visitor.token() };
  return (action, fields = {}) => visitor.json(action, fields, { csrf: false, headers });
}

/** The same browser's other tab, as it was: answers to one do not reach the other before it has sent its own request. */
function otherTab(app: TestSite, visitor: Visitor): Visitor {
  const tab = app.visitor();
  for (const [name, value] of visitor.cookies) tab.cookies.set(name, value);
  return tab;
}

const sessionStore = ({ site }: TestSite): SessionStore =>
  (site as unknown as { defaults: { session: { store: SessionStore } } }).defaults.session.store;

async function sessionsOf({ site }: TestSite, userId: number): Promise<number> {
  return (await site.services.database.sessions.listOf(userId, site.services.now())).length;
}

describeSites('a login during a password change', (open) => {
  /** A user with one login, in which the password is changed, and a login that is on its way with the old one. */
  async function setUp() {
    const app = await openCheaply(open);
    const user = await app.user();
    const own = await app.login(user, { elevated: true });
    const change = await poster(own);
    const late = app.visitor();
    const login = await poster(late);
    return {
      app,
      user,
      own,
      late,
      change: () => change('users/save-user', { userId: user.id, newPassword: NEW_PASSWORD }),
      login: () => login('users/login', { loginName: user.email, password: PASSWORD }),
    };
  }

  test.each<[string, (app: TestSite) => Held, number]>([
    [
      'that has compared the old password already is refused',
      ({ site }) => holdNext(site.services.passwords, 'verify', { at: 'after' }),
      400,
    ],
    [
      'that has been let in already is worth nothing',
      ({ site }) => holdNext(site.services.database, 'transaction', { at: 'after' }),
      200,
    ],
    [
      'whose session is just being written is worth nothing',
      (app) => holdNext(sessionStore(app), 'write', { at: 'before' }),
      200,
    ],
  ])('%s', async (_what, hold, status) => {
    const { app, user, own, late, change, login } = await setUp();
    const held = hold(app);
    const pending = login();
    await held.reached;
    expect((await change()).status).toBe(200);
    held.release();
    expect((await pending).status).toBe(status);
    expect(await idOf(late)).toBeUndefined();
    expect(await idOf(own)).toBe(user.id);
  });

  test('does not survive it whenever it comes', async () => {
    const { app, user, own, change } = await setUp();
    const crowd = Array.from({ length: 12 }, () => app.visitor());
    const posts = await Promise.all(crowd.map(poster));
    const logins = posts.map((post) => post('users/login', { loginName: user.email, password: PASSWORD }));
    const [changed] = await Promise.all([change(), ...logins]);
    expect(changed.status).toBe(200);
    expect(await Promise.all(crowd.map(idOf))).toEqual(crowd.map(() => undefined));
    expect(await idOf(own)).toBe(user.id);
  });
});

describeSites('a session that ends while a request of it is running', (open) => {
  const RUNNING: ReadonlyArray<[string, (user: { readonly id: number }) => Fields]> = [
    ['users/save-user', ({ id }) => ({ userId: id, fullName: 'Ada Lovelace' })],
    ['users/save-address', () => ADDRESS],
    // Gives the session a new id.
    ['users/verify-password', () => ({ password: PASSWORD })],
  ];

  const ENDINGS: ReadonlyArray<
    [
      string,
      (
        app: TestSite,
        user: { readonly id: number; readonly email: string },
        victim: Visitor,
      ) => Promise<void>,
    ]
  > = [
    [
      'is revoked from elsewhere',
      async (app, user) => {
        const elsewhere = await app.login(user, { elevated: true });
        const sessions = (await elsewhere.read('users/get-sessions')).json.sessions as Array<{
          id: string;
          current: boolean;
        }>;
        const id = sessions.find(({ current }) => !current)?.id;
        expect((await elsewhere.json('users/revoke-session', { sessionId: id })).status).toBe(200);
      },
    ],
    [
      'is ended with all others',
      async (app, user) => {
        const elsewhere = await app.login(user, { elevated: true });
        expect((await elsewhere.json('users/revoke-other-sessions')).status).toBe(200);
      },
    ],
    [
      'is logged out in another tab',
      async (app, _user, victim) => {
        expect((await otherTab(app, victim).json('users/logout')).status).toBe(200);
      },
    ],
  ];

  describe.each(ENDINGS)('it %s', (_ending, end) => {
    test.each(RUNNING)('during %s: it stays ended', async (action, fields) => {
      const app = await openCheaply(open);
      const user = await app.user();
      const victim = await app.login(user, { elevated: true });
      const post = await poster(victim);
      const held = holdNext(app.site.services.database, 'transaction', { at: 'before' });
      const pending = post(action, fields(user));
      await held.reached;
      await end(app, user, victim);
      const left = await sessionsOf(app, user.id);
      held.release();
      const answer = await pending;
      expect(answer.status, answer.text).toBeLessThan(500);
      expect(await idOf(victim)).toBeUndefined();
      expect(await sessionsOf(app, user.id)).toBe(left);
    });

    test('just when it gets a new id: it stays ended', async () => {
      const app = await openCheaply(open);
      const store = sessionStore(app) as unknown as Record<'move', () => Promise<unknown>>;
      const user = await app.user();
      const victim = await app.login(user, { elevated: true });
      const post = await poster(victim);
      const held = holdNext(store, 'move', { at: 'before' });
      const pending = post('users/verify-password', { password: PASSWORD });
      await held.reached;
      await end(app, user, victim);
      held.release();
      expect((await pending).status).toBeLessThan(500);
      expect(await idOf(victim)).toBeUndefined();
    });
  });
});

interface Doomed {
  readonly id: number;
  readonly email: string;
}

describeSites('an account that goes while a request of its user is running', (open) => {
  const RUNNING: ReadonlyArray<[string, string, (user: Doomed) => Fields | Promise<Fields>]> = [
    ['a profile is saved', 'users/save-user', ({ id }) => ({ userId: id, fullName: 'Ada Lovelace' })],
    [
      'address and password are changed',
      'users/save-user',
      ({ id }) => ({ userId: id, email: 'ada@example.com', newPassword: NEW_PASSWORD }),
    ],
    ['an address is saved', 'users/save-address', () => ADDRESS],
    ['the password is verified', 'users/verify-password', () => ({ password: PASSWORD })],
    [
      'a photo is uploaded',
      'users/upload-user-photo',
      async ({ id }) => ({ userId: id, photo: await picture() }),
    ],
    ['it is deleted', 'users/delete-user', ({ id }) => ({ userId: id })],
    ['a reset is asked for', 'users/send-password-reset-email', ({ email }) => ({ loginName: email })],
  ];

  test.each(RUNNING)('%s: nothing of it is left, and nothing breaks', async (_what, action, fields) => {
    const app = await openCheaply(open);
    const user = await app.user();
    const visitor = await app.login(user, { elevated: true });
    const admin = await app.login(await app.user({ admin: true }), { elevated: true });
    const sent = await fields(user);
    const token = await visitor.token();
    const held = holdNext(app.site.services.database, 'transaction', { at: 'before' });
    const pending = sendAction(visitor, action, 'POST', sent, { door: 'json', token });
    await held.reached;
    expect((await admin.json('users/delete-user', { userId: user.id })).status).toBe(200);
    held.release();
    const answer = await pending;
    expect(answer.status, answer.text).toBeLessThan(500);
    const { database } = app.site.services;
    expect(await database.users.find(user.id)).toBeUndefined();
    expect(await database.addresses.listOf(user.id)).toEqual([]);
    expect(await sessionsOf(app, user.id)).toBe(0);
    expect(await idOf(visitor)).toBeUndefined();
    expect(app.logs).toEqual([]);
  });
});

describeSites('many at once', (open) => {
  test('20 uploads leave one photo and one file', { timeout: 30_000 }, async () => {
    const folder = await temporaryFolder();
    const app = await openCheaply(open, { storage: createLocalStorage(folder) });
    const user = await app.user();
    const visitor = await app.login(user);
    const photo = await picture();
    const answers = await Promise.all(
      Array.from({ length: UPLOADS }, () =>
        visitor.upload('users/upload-user-photo', { userId: user.id, photo }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await sweepFiles(app.site.services, 100);
    const stored = (await app.site.services.database.users.find(user.id))?.photo;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([`${stored?.id}.webp`]);
    expect(answers.map(({ json }) => json.photoId)).toContain(stored?.id);
  });

  test('a link to impersonate opens one session', async () => {
    const app = await openCheaply(open);
    const admin = await app.login(await app.user({ admin: true }), { elevated: true });
    const target = await app.user();
    const { json } = await admin.json('users/get-impersonation-url', { userId: target.id });
    const token = new URL(json.url).searchParams.get('token');
    const visitors = Array.from({ length: 8 }, () => app.visitor());
    const posts = await Promise.all(visitors.map(poster));
    const answers = await Promise.all(posts.map((post) => post('users/impersonate-with-token', { token })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await Promise.all(visitors.map(idOf))).filter((id) => id === target.id)).toHaveLength(1);
  });

  test('wrong passwords at once are all counted: the account is locked', async () => {
    const app = await openCheaply(open, { maxInvalidLogins: 5, limits: { loginAccount: false } });
    const user = await app.user();
    const posts = await Promise.all(Array.from({ length: 8 }, () => poster(app.visitor())));
    await Promise.all(
      posts.map((post) => post('users/login', { loginName: user.email, password: 'wrong password' })),
    );
    const [post] = posts;
    const right = await post?.('users/login', { loginName: user.email, password: PASSWORD });
    expect(right?.status).toBe(400);
  });
});
