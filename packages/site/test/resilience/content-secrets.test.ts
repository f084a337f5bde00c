import { describe, expect, onTestFinished, test } from 'vitest';
import { databaseKinds } from '../support/databases.ts';
import { draftOf, rewrite, write } from '../support/journal.ts';
import { openSite, type Answer, type TestSite, type Visitor } from '../support/site.ts';
import { keepPrepared } from '../../src/assets/keep-prepared.ts';
import { ACTION_CALLS, CALL_OPTIONS, picture, sendAction, type Door } from './action-calls.ts';

const DOORS: readonly Door[] = ['json', 'html', 'page', 'rpc'];
const WRITER = ['viewentries:posts', 'createentries:posts', 'saveentries:posts', 'deleteentries:posts'];

/** What Ada has and has not published: each text is in one place only. */
const HERS = {
  draft: 'Words of her draft 1f9a',
  begun: 'Words she began 2e8b',
  hidden: 'Words she hides 3d7c',
  pending: 'Words of tomorrow 4c6d',
  deleted: 'Words she threw away 5b5e',
  former: 'Words she took back 6a4f',
} as const;

async function hers(app: TestSite) {
  const ada = await app.user({ permissions: WRITER, lastLoginIp: '192.0.2.77' });
  const { database, uploads, now } = app.site.services;
  const file = { label: 'it', volume: 'uploads', kinds: ['image'] } as const;
  const asset = await keepPrepared(database, await uploads.prepare(await picture(), file), ada.id, now());
  const live = await write(app, ada, { title: 'Live', fields: { body: HERS.former, cover: [asset.id] } });
  const after = await rewrite(app, ada, live, { fields: { body: 'For all' } });
  await draftOf(app, ada, after, HERS.draft);
  const begun = await write(app, ada, { title: HERS.begun, draft: true });
  const hidden = await write(app, ada, { title: HERS.hidden, enabled: false });
  const pending = await write(app, ada, { title: HERS.pending, postAt: now() + 86_400_000 });
  const deleted = await write(app, ada, { title: HERS.deleted });
  await database.entries.delete(deleted.id, now());
  return { ada, asset, ids: [live, begun, hidden, pending, deleted].map(({ id }) => id) };
}

describe.each(databaseKinds)('what is not published (%s)', (kind) => {
  test('is in no answer to others and in no log, whatever they send', { timeout: 120_000 }, async () => {
    const app = await openSite(kind, CALL_OPTIONS);
    onTestFinished(app.close);
    const { ada, asset, ids } = await hers(app);
    const member = await app.login(await app.user());
    const peer = await app.login(await app.user({ permissions: WRITER }));
    const actions = Object.entries(ACTION_CALLS).filter(([action]) => /^(?:entries|assets)\//.test(action));
    const secrets = [...Object.values(HERS), ada.email, '192.0.2.77', asset.storageKey];
    const seen: string[] = [];
    let calls = 0;

    const look = ({ text, headers }: Answer, where: string): void => {
      calls += 1;
      const all = `${text} ${JSON.stringify([...headers])}`;
      for (const secret of secrets) if (all.includes(secret)) seen.push(`${where}: ${secret}`);
    };
    async function ask(visitor: Visitor, who: string): Promise<void> {
      const token = await visitor.token();
      for (const [action, { method }] of actions) {
        for (const id of ids) {
          // Not what removes it: the next one is to find it there.
          const sent = { entryId: id, assetId: asset.id, revision: 1, draftCreatorId: ada.id };
          for (const more of method === 'GET' || action !== 'entries/save-entry'
            ? [{}]
            : [{ title: '' }, { version: 99 }, { provisional: 1 }]) {
            for (const door of DOORS) {
              const answer = await sendAction(visitor, action, method, { ...sent, ...more }, { door, token });
              look(answer, `${who} ${door} ${action} ${id}`);
              expect(answer.status, `${who} ${door} ${action} ${id}`).not.toBe(500);
            }
          }
        }
      }
      look(await visitor.get('/page'), `${who} page`);
    }
    await ask(app.visitor(), 'guest');
    await ask(member, 'member');
    await ask(peer, 'peer');
    const found = JSON.stringify(await app.site.entries().status('any').visibleTo(null).site('*').all());
    for (const secret of secrets) if (found.includes(secret)) seen.push(`query: ${secret}`);
    for (const line of app.logs)
      for (const secret of secrets) if (line.includes(secret)) seen.push(`log: ${secret}`);
    expect(seen).toEqual([]);
    expect(calls).toBeGreaterThan(400);

    // She herself, and whoever looks after what others write, sees it.
    const own = await app.login(ada);
    const [live] = ids;
    expect((await own.read('entries/get-drafts', { entryId: String(live) })).text).toContain(HERS.draft);
    const revision = await own.read('entries/get-revision', { entryId: String(live), revision: '1' });
    expect(revision.text).toContain(HERS.former);
    expect(revision.text).not.toContain(asset.storageKey);
  });
});
