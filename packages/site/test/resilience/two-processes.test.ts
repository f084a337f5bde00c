import { join } from 'node:path';
import { createDatabase, type SiteDatabase } from '../../src/db/create-database.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { NewUser } from '../../src/users/user.ts';
import { temporaryFolder } from '../files/folder.ts';
import { databaseKinds, freshDatabaseUrl, type DatabaseKind } from '../support/databases.ts';
import { createTranscript } from '../support/transcript.ts';
import { createVisitor, type Answer, type Visitor } from '../support/visitor.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { linkIn, mailsIn, startChildSite, type ChildSite, type SentMail } from './child-site.ts';

const PASSWORD = 'four words that nobody guesses';
const NEW_PASSWORD = 'four other words that nobody guesses';
const LOGINS = { points: 5, seconds: 300 };
const LEASE_SECONDS = 10 * 60;

interface Pair {
  readonly sites: readonly [ChildSite, ChildSite];
  /** The same browser at either of the two, as behind a load balancer. */
  browser(): readonly [Visitor, Visitor];
  user(email: string, options?: Partial<NewUser>): Promise<number>;
  mails(): Promise<readonly SentMail[]>;
  readonly database: SiteDatabase;
}

/** Two processes on one database. */
async function startPair(kind: DatabaseKind): Promise<Pair> {
  const folder = await temporaryFolder();
  const { url, drop } = await freshDatabaseUrl(kind, { untouched: true });
  const transcript = createTranscript();
  transcript.secret(PASSWORD);
  transcript.secret(NEW_PASSWORD);
  const start = (name: string): Promise<ChildSite> => {
    const site = {
      database: url,
      dataDir: folder,
      limits: { login: LOGINS, registration: false },
      users: { allowPublicRegistration: true },
    } as const;
    return startChildSite({ port: 0, mailFile: join(folder, name), site }, transcript);
  };
  // Both find a database that is to be migrated.
  const sites = await Promise.all([start('mails'), start('mails')]);
  const database = createDatabase(url);
  onTestFinished(async () => {
    for (const site of sites) await site.kill();
    await database.close();
    await drop();
    expect(transcript.leaks()).toEqual([]);
  });
  return {
    sites,
    database,
    browser() {
      const here = createVisitor(sites[0].origin, transcript);
      return [here, createVisitor(sites[1].origin, transcript, here.cookies)];
    },
    async user(email, options = {}) {
      const passwordHash = await cheapPasswords.hash(PASSWORD);
      const state = { status: 'active', verified: true, approved: true } as const;
      return (
        await database.database.users.insert(
          { email, username: email, passwordHash, ...state, ...options },
          1,
        )
      ).id;
    },
    mails: () => mailsIn(join(folder, 'mails')),
  };
}

const login = (visitor: Visitor, loginName: string, password = PASSWORD): Promise<Answer> =>
  visitor.json('users/login', { loginName, password });

async function idOf(visitor: Visitor): Promise<number | undefined> {
  return ((await visitor.read('users/session-info')).json as { id?: number }).id;
}

describe.each(databaseKinds)('two processes on one database (%s)', (kind) => {
  const options = { timeout: 30_000 };

  test('a session that one makes is known to the other, and each change of it', options, async () => {
    const { browser, user } = await startPair(kind);
    const id = await user('ada@example.com');
    const [here, there] = browser();
    expect((await login(here, 'ada@example.com')).status).toBe(200);
    expect(await idOf(there)).toBe(id);
    // Another id of the session, and a token that is good at both.
    const token = await there.token();
    const elevated = await there.json('users/verify-password', { password: PASSWORD });
    expect(elevated.status).toBe(200);
    expect(await idOf(here)).toBe(id);
    const refused = await here.json('users/logout', {}, { csrf: false, headers: { 'x-csrf-token': token } });
    expect(refused.status).toBe(400);
    expect((await here.json('users/logout')).status).toBe(200);
    expect(await idOf(there)).toBeUndefined();
  });

  test('what ends sessions in one counts at once in the other', options, async () => {
    const { browser, user, database } = await startPair(kind);
    const id = await user('ada@example.com');
    const [own] = browser();
    await login(own, 'ada@example.com');
    const endings: ReadonlyArray<readonly [string, () => Promise<unknown>]> = [
      ['revoking the others', () => own.json('users/revoke-other-sessions')],
      [
        'another password',
        async () => {
          const changed = await own.json('users/save-user', {
            userId: id,
            newPassword: NEW_PASSWORD,
            currentPassword: PASSWORD,
          });
          expect(changed.status).toBe(200);
        },
      ],
    ];
    for (const [what, end] of endings) {
      const [, elsewhere] = browser();
      await login(elsewhere, 'ada@example.com');
      expect(await idOf(elsewhere), what).toBe(id);
      await end();
      expect(await idOf(elsewhere), what).toBeUndefined();
      expect(await idOf(own), what).toBe(id);
    }
    const [, again] = browser();
    expect((await login(again, 'ada@example.com', NEW_PASSWORD)).status).toBe(200);
    await database.database.users.update(id, { suspended: true, endSessions: true }, 1);
    expect([await idOf(own), await idOf(again)]).toEqual([undefined, undefined]);
  });

  test('limits count for both together', options, async () => {
    const { browser, user } = await startPair(kind);
    await user('ada@example.com');
    const pair = browser();
    const seen: number[] = [];
    for (let n = 0; n < LOGINS.points + 2; n++)
      seen.push((await login(pair[n % 2] ?? pair[0], 'ada@example.com', 'wrong password')).status);
    expect(seen.slice(0, LOGINS.points)).toEqual(Array.from({ length: LOGINS.points }, () => 400));
    expect(seen.slice(LOGINS.points)).toEqual([429, 429]);
  });

  test('an address is registered once, and a code is used up once', options, async () => {
    const { browser, sites, mails, database } = await startPair(kind);
    const pair = browser();
    const register = (visitor: Visitor, email: string): Promise<Answer> =>
      visitor.json('users/save-user', { email, password: PASSWORD });
    const both = await Promise.all(pair.map((visitor) => register(visitor, 'twice@example.com')));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await database.database.users.list({ limit: 9, offset: 0 })).total).toBe(1);

    expect((await register(pair[0], 'once@example.com')).status).toBe(200);
    for (const site of sites) await site.settle();
    const mail = (await mails()).find(({ to }) => to === 'once@example.com');
    if (mail === undefined) throw new Error('No mail was sent.');
    const used = await Promise.all(pair.map((visitor) => visitor.json('users/verify-email', linkIn(mail))));
    expect(used.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });

  test('each mail goes out once', options, async () => {
    const { browser, sites, mails, database } = await startPair(kind);
    const emails = Array.from({ length: 60 }, (_, n) => `visitor${n}@example.com`);
    const pair = browser();
    const token = await pair[0].token();
    const answers = await Promise.all(
      emails.map((email, n) =>
        (pair[n % 2] ?? pair[0]).json(
          'users/save-user',
          { email, password: PASSWORD },
          { csrf: false, headers: { 'x-csrf-token': token } },
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(emails.map(() => 200));
    // Both look at the outbox at once, also with a clock by which every lease is over.
    await Promise.all(sites.map((site) => site.settle()));
    await Promise.all(sites.map((site) => site.settle(LEASE_SECONDS + 1)));
    expect((await mails()).map(({ to }) => to).toSorted()).toEqual(emails.toSorted());
    expect(await database.database.outbox.nextDueAt()).toBeNull();
  });
});
