import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../../src/db/create-database.ts';
import { temporaryFolder } from '../files/folder.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { databaseKinds, freshDatabaseUrl, type DatabaseKind } from '../support/databases.ts';
import { createTranscript } from '../support/transcript.ts';
import { createVisitor, type Answer, type Visitor } from '../support/visitor.ts';
import type { Fields } from '../support/visitor.ts';
import { picture } from './action-calls.ts';
import { startChildSite } from './child-site.ts';
import { readContent } from './content-agreement.ts';

const PASSWORD = 'four words that nobody guesses';
const SAVE = 'entries/save-entry';

/** Two processes on one database, and somebody who is signed in at both, as behind a load balancer. */
async function startPair(kind: DatabaseKind) {
  const folder = await temporaryFolder();
  const { url, drop } = await freshDatabaseUrl(kind);
  const transcript = createTranscript();
  transcript.secret(PASSWORD);
  const limits = { login: false, entries: false, uploads: false } as const;
  const options = {
    port: 0,
    mailFile: join(folder, 'mails'),
    site: { database: url, dataDir: folder, limits },
  };
  const sites = await Promise.all([startChildSite(options, transcript), startChildSite(options, transcript)]);
  const { database, kysely, close } = createDatabase(url);
  onTestFinished(async () => {
    await close();
    for (const site of sites) await site.kill();
    await drop();
    expect(transcript.leaks()).toEqual([]);
  });
  const passwordHash = await cheapPasswords.hash(PASSWORD);
  const state = { status: 'active', verified: true, approved: true, admin: true } as const;
  await database.users.insert({ email: 'ada@example.com', username: 'ada', passwordHash, ...state }, 1);
  const here = createVisitor(sites[0].origin, transcript);
  const there = createVisitor(sites[1].origin, transcript, here.cookies);
  expect((await here.json('users/login', { loginName: 'ada', password: PASSWORD })).status).toBe(200);
  const options_ = { csrf: false, headers: { 'x-csrf-token': await here.token() } };
  const by =
    (visitor: Visitor) =>
    (action: string, fields: Fields): Promise<Answer> =>
      visitor.json(action, fields, options_);
  return {
    url,
    folder,
    sites,
    here,
    there,
    options: options_,
    database,
    kysely,
    pair: [by(here), by(there)] as const,
  };
}

/** Sends again what was not done, since on a busy machine others were too long in the way. */
async function patiently(send: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send();
    if (answer.status !== 503 || attempt === 5) return answer;
  }
}

const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status).toSorted();

describe.each(databaseKinds)('content of two processes on one database (%s)', (kind) => {
  test('what one saves the other has, and saves of one version meet', { timeout: 60_000 }, async () => {
    const { url, folder, sites, here, there, options, kysely, pair } = await startPair(kind);
    const [send, sendThere] = pair;
    const fields = { body: 'Text', cover: [await picture()], topics: ['Bees'] };
    const made = await here.upload(SAVE, { sectionId: 'posts', title: 'Hello', fields }, options);
    expect(made.status, made.text).toBe(200);
    const id = made.json.id as number;
    expect((await there.read('entries/get-revisions', { entryId: String(id) })).json.total).toBe(1);

    const [cover] = made.json.entry.fields.cover as number[];
    expect(cover).toBeGreaterThan(0);
    for (let version = 1; version <= 8; version++) {
      const answers = await Promise.all(
        pair.map((save, n) => save(SAVE, { entryId: id, version, title: `Version ${version} by ${n}` })),
      );
      expect(statuses(answers), String(version)).toEqual([200, 409]);
    }
    const title = 'The same title';
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const fields = { topics: ['Honey', `Tag ${n % 3}`] };
        return patiently(() => (n % 2 ? send : sendThere)(SAVE, { sectionId: 'posts', title, fields }));
      }),
    );
    expect(many.flatMap(({ status, text }) => (status === 200 ? [] : [text]))).toEqual([]);
    expect(new Set(many.map(({ json }) => json.slug as string)).size).toBe(many.length);
    const honey = many.map(({ json }) => (json.entry.fields.topics as number[])[0]);
    expect(new Set(honey).size).toBe(1);

    const gone = await Promise.all(pair.map((post) => post('entries/delete-entry', { entryId: id })));
    expect(statuses(gone)).toEqual([200, 404]);
    const back = await Promise.all(pair.map((post) => post('entries/restore-entry', { entryId: id })));
    expect(statuses(back)).toEqual([200, 404]);
    // Both sweep at once.
    await Promise.all(sites.map((site) => site.settle(3 * 3600)));
    for (const site of sites) await site.kill();
    const { posts, files, faults } = await readContent(url, folder);
    expect(faults).toEqual([]);
    expect([files, posts.size]).toEqual([1, 21]);
    expect(posts.get(id)?.version).toBe(10);

    // It would have been seen.
    await kysely.deleteFrom('entry_references').where('entry_id', '=', id).execute();
    await kysely.deleteFrom('entry_sites').where('entry_id', '=', id).where('site', '=', 'de').execute();
    const broken = (await readContent(url, folder)).faults.join('\n');
    expect(broken).toContain(`Entry ${id} is on “en”.`);
    expect(broken).toContain(`by its references `);
  });

  test('a right that is taken away in one is gone in the other', { timeout: 30_000 }, async () => {
    const { database, pair } = await startPair(kind);
    const [send, sendThere] = pair;
    const fields = { sectionId: 'posts', title: 'Hello' };
    expect(statuses([await send(SAVE, fields), await sendThere(SAVE, fields)])).toEqual([200, 200]);
    const ada = await database.users.findByEmail('ada@example.com');
    await database.users.update(ada?.id ?? 0, { admin: false }, 1);
    expect(statuses([await send(SAVE, fields), await sendThere(SAVE, fields)])).toEqual([403, 403]);
  });
});
