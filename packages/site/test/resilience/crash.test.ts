import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDatabase, type SiteDatabase } from '../../src/db/create-database.ts';
import { temporaryFolder } from '../files/folder.ts';
import { databaseKinds, freshDatabaseUrl } from '../support/databases.ts';
import { createTranscript } from '../support/transcript.ts';
import { createVisitor, type Visitor } from '../support/visitor.ts';
import { linkIn, mailsIn, startChildSite, type ChildSite } from './child-site.ts';
import type { ProcessOptions } from './site-process.ts';

const REGISTRATIONS = 1000;
const AT_ONCE = 20;
const KILLS = 3;
const PASSWORD = 'four words that nobody guesses';
// How long a sender that died keeps its mails from the others.
const LEASE_SECONDS = 10 * 60;
// How many mails a sender has under way.
const SENDING = 5;

const emails = Array.from({ length: REGISTRATIONS }, (_, n) => `visitor${n}@example.com`);

/** After how many answers the process is killed: somewhere in the first, second and third part of the crowd. */
function killTimes(): number[] {
  const part = REGISTRATIONS / (KILLS + 1);
  return Array.from({ length: KILLS }, (_, n) => randomInt(n * part + part / 2, (n + 1) * part + part / 2));
}

/** All that is kept of accounts and mails. */
async function contents({ kysely }: SiteDatabase) {
  const [users, groups, codes, outbox] = await Promise.all([
    kysely.selectFrom('users').selectAll().execute(),
    kysely.selectFrom('user_groups').selectAll().execute(),
    kysely.selectFrom('verification_codes').selectAll().execute(),
    kysely.selectFrom('outbox').selectAll().execute(),
  ]);
  return { users, groups, codes, outbox };
}

interface Crowd {
  readonly site: () => Promise<ChildSite>;
  readonly visitor: (origin: string) => Visitor;
  readonly answered: (email: string, status: number) => void;
}

/** Some browsers at once, each of which registers one after the other. Returns who had to send the form again. */
async function registerAll({ site, visitor, answered }: Crowd): Promise<Set<string>> {
  const waiting = [...emails];
  const sentAgain = new Set<string>();

  async function registerSome(): Promise<void> {
    let visits: Visitor | undefined;
    let token: string | undefined;
    for (let next = waiting.shift(); next !== undefined;) {
      const email = next;
      const { origin } = await site();
      try {
        // The session of before the crash goes on after it.
        visits ??= visitor(origin);
        token ??= await visits.token();
        const options = { csrf: false, headers: { 'x-csrf-token': token } };
        const fields = { email, password: PASSWORD, fullName: 'Ada Lovelace' };
        const { status } = await visits.json('users/save-user', fields, options);
        answered(email, status);
        next = waiting.shift();
      } catch (error) {
        // The process has died on it; who knows how far it came.
        if (!(error instanceof TypeError)) throw error;
        sentAgain.add(email);
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, registerSome));
  return sentAgain;
}

describe.each(databaseKinds)('kill -9 in the middle of 1,000 registrations (%s)', (kind) => {
  test('loses nothing that was answered, and leaves nothing half made', { timeout: 120_000 }, async () => {
    const folder = await temporaryFolder();
    const { url, drop } = await freshDatabaseUrl(kind);
    const transcript = createTranscript();
    transcript.secret(PASSWORD);
    const options: Omit<ProcessOptions, 'port'> = {
      mailFile: join(folder, 'mails'),
      site: {
        database: url,
        dataDir: folder,
        limits: { registration: false, verification: false },
        users: {
          allowPublicRegistration: true,
          defaultGroup: 'members',
          groups: { members: { name: 'Members' } },
        },
      },
    };
    let running = startChildSite({ ...options, port: 0 }, transcript);
    onTestFinished(async () => {
      await (await running).kill();
      await drop();
    });
    const { origin, port } = await running;

    const kills = killTimes();
    const schedule = [...kills];
    const succeeded = new Set<string>();
    const others: string[] = [];
    const sentAgain = await registerAll({
      site: () => running,
      visitor: (at) => createVisitor(at, transcript),
      answered(email, status) {
        if (status !== 200) others.push(`${email}: ${status}`);
        else succeeded.add(email);
        if (succeeded.size < (schedule[0] ?? Infinity)) return;
        schedule.shift();
        running = running.then(async (site) => {
          await site.kill();
          return startChildSite({ ...options, port }, transcript);
        });
      },
    });
    const site = await running;
    await site.settle(LEASE_SECONDS + 1);

    const why = `killed after ${kills.join(', ')} answers`;
    expect(others, why).toEqual([]);
    expect(schedule, why).toEqual([]);
    expect([...succeeded].toSorted(), why).toEqual(emails.toSorted());
    expect(sentAgain.size, why).toBeGreaterThan(0);

    const database = createDatabase(url);
    onTestFinished(database.close);
    const { users, groups, codes, outbox } = await contents(database);
    const mails = await mailsIn(options.mailFile);
    for (const mail of mails) transcript.code(linkIn(mail).code);

    // Each is there once, and whole.
    expect(users.map(({ email }) => email).toSorted(), why).toEqual(emails.toSorted());
    for (const user of users) {
      expect(user, why).toMatchObject({ status: 'pending', verified: 0, full_name: 'Ada Lovelace' });
      expect(user.password_hash, why).not.toBeNull();
    }
    const ids = users.map(({ id }) => id).toSorted();
    expect(groups.map(({ user_id }) => user_id).toSorted(), why).toEqual(ids);
    expect(codes.map(({ user_id }) => user_id).toSorted(), why).toEqual(ids);

    // No mail was lost, and one that went out twice has the same Message-ID. Who sent the form again may also have been told
    // that there is an account.
    const sent = Map.groupBy(mails, ({ messageId }) => messageId);
    const twice = [...sent.values()].filter(({ length }) => length > 1);
    for (const copies of twice) expect(new Set(copies.map((mail) => JSON.stringify(mail))).size, why).toBe(1);
    expect(twice.length, why).toBeLessThanOrEqual(KILLS * SENDING);
    const perPerson = Map.groupBy(
      [...sent.values()].flatMap(([mail]) => mail ?? []),
      ({ to }) => to,
    );
    expect([...perPerson.keys()].toSorted(), why).toEqual(emails.toSorted());
    for (const [to, received] of perPerson)
      expect(received.length, `${to}, ${why}`).toBeLessThanOrEqual(sentAgain.has(to) ? 2 : 1);
    expect(outbox, why).toHaveLength(sent.size);
    const isUnsent = ({ sent_at, message, due_at }: (typeof outbox)[number]): boolean =>
      sent_at === null || message !== null || due_at !== null;
    expect(outbox.filter(isUnsent), why).toEqual([]);

    // And the links work, also one that was sent twice.
    const late = createVisitor(origin, transcript);
    const onceSent = mails.filter(({ to }) => !sentAgain.has(to));
    const sentTwice = twice.flatMap(([mail]) => mail ?? []).find(({ to }) => !sentAgain.has(to));
    for (const mail of new Set([onceSent[0], onceSent[500], sentTwice])) {
      if (mail === undefined) continue;
      const answer = await late.json('users/verify-email', linkIn(mail));
      expect([mail.to, answer.status, answer.json.status], why).toEqual([mail.to, 200, 'active']);
    }
    expect(transcript.leaks()).toEqual([]);
  });
});
