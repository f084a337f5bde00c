import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../../src/db/create-database.ts';
import { temporaryFolder } from '../files/folder.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { databaseKinds, freshDatabaseUrl } from '../support/databases.ts';
import { createTranscript } from '../support/transcript.ts';
import { createVisitor, type Answer, type Visitor } from '../support/visitor.ts';
import { picture } from './action-calls.ts';
import { startChildSite } from './child-site.ts';
import { readContent } from './content-agreement.ts';

const PASSWORD = 'four words that nobody guesses';
const WRITERS = 6;
const POSTS_EACH = 12;
// After so many saves that were answered.
const KILLS = [20, 75, 130];
const SAVE = 'entries/save-entry';

/** What its writer knows of a post. */
interface Known {
  readonly title: string;
  readonly version: number;
}

describe.each(databaseKinds)('kill -9 in the middle of saves (%s)', (kind) => {
  test('leaves whole entries, none of them lost that was answered', { timeout: 180_000 }, async () => {
    const folder = await temporaryFolder();
    const { url, drop } = await freshDatabaseUrl(kind);
    const transcript = createTranscript();
    transcript.secret(PASSWORD);
    const limits = { login: false, entries: false, uploads: false } as const;
    const options = { mailFile: join(folder, 'mails'), site: { database: url, dataDir: folder, limits } };
    let running = startChildSite({ ...options, port: 0 }, transcript);
    onTestFinished(async () => {
      await (await running).kill();
      await drop();
    });
    const { port } = await running;
    const { database, close } = createDatabase(url);
    const passwordHash = await cheapPasswords.hash(PASSWORD);
    const state = { status: 'active', verified: true, approved: true, admin: true } as const;
    await database.users.insert({ email: 'ada@example.com', username: 'ada', passwordHash, ...state }, 1);
    await close();

    const schedule = [...KILLS];
    let answered = 0;
    let lost = 0;
    let refused = 0;
    const known = new Map<number, Known>();
    const deleted = new Set<number>();
    const others: string[] = [];

    function count(): void {
      answered += 1;
      if (answered < (schedule[0] ?? Infinity)) return;
      schedule.shift();
      running = running.then(async (site) => {
        await site.kill();
        return startChildSite({ ...options, port }, transcript);
      });
    }

    /** Sends it until somebody answers. */
    async function sent(
      send: () => Promise<Answer>,
    ): Promise<{ readonly answer: Answer; readonly again: boolean }> {
      for (let again = false; ; again = true) {
        await running;
        try {
          const answer = await send();
          // Those who wait longest for a database that many write to are asked to send it again.
          if (answer.status === 503) {
            refused += 1;
            continue;
          }
          count();
          return { answer, again };
        } catch (error) {
          // The process has died on it; who knows how far it came.
          if (!(error instanceof TypeError)) throw error;
          lost += 1;
        }
      }
    }

    async function write(writer: number, visits: Visitor, token: string): Promise<void> {
      const headers = { 'x-csrf-token': token };
      for (let number = 0; number < POSTS_EACH; number++) {
        const title = `Post ${writer}x${number}`;
        const cover = await picture();
        const made = await sent(() => {
          const fields = { body: `Words of ${title}`, cover: [cover], topics: [`Topic ${number % 4}`] };
          return visits.upload(SAVE, { sectionId: 'posts', title, fields }, { csrf: false, headers });
        });
        if (made.answer.status !== 200) {
          others.push(made.answer.text);
          continue;
        }
        const id = made.answer.json.id as number;
        known.set(id, { title, version: 1 });
        const changed = `${title} again`;
        const change = { entryId: id, version: 1, title: changed, fields: { body: changed } };
        const { answer, again } = await sent(() => visits.json(SAVE, change, { csrf: false, headers }));
        // Saved, and nobody was told: then the version is another one by now.
        if (answer.status === 200 || (again && answer.status === 409))
          known.set(id, { title: changed, version: 2 });
        else others.push(answer.text);
        if (number % 4 !== 3) continue;
        const gone = await sent(() =>
          visits.json('entries/delete-entry', { entryId: id }, { csrf: false, headers }),
        );
        if (gone.answer.status === 200 || (gone.again && gone.answer.status === 404)) deleted.add(id);
        else others.push(gone.answer.text);
      }
    }

    const visits = createVisitor((await running).origin, transcript);
    expect((await visits.json('users/login', { loginName: 'ada', password: PASSWORD })).status).toBe(200);
    const token = await visits.token();
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, visits, token)));
    const site = await running;
    // Files that were written for saves which never were are swept after a while.
    await site.settle(3 * 3600);
    await site.settle(60);
    await site.kill();

    expect(others).toEqual([]);
    expect(schedule).toEqual([]);
    expect(lost).toBeGreaterThan(0);
    const { posts, files, faults } = await readContent(url, folder);
    expect(faults).toEqual([]);
    expect(files).toBeGreaterThanOrEqual(WRITERS * POSTS_EACH);
    for (const [id, { title, version }] of known)
      expect([id, posts.get(id)], title).toEqual([id, deleted.has(id) ? undefined : { title, version }]);
    // What was sent again may be there twice.
    expect(posts.size).toBeGreaterThanOrEqual(known.size - deleted.size);
    expect(posts.size).toBeLessThanOrEqual(known.size - deleted.size + lost + refused);
  });
});
