import { expect, it } from 'vitest';
import { CHIEF, JOURNAL, stored, write, WRITER } from '../support/journal.ts';
import { describeSites, pageOf } from '../support/site.ts';

const DELETE = 'entries/delete-entry';
const RESTORE = 'entries/restore-entry';

describeSites('POST entries/restore-entry', (open) => {
  it('takes back what was deleted as it was', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada, { title: 'Hello', fields: { body: 'Once', rating: 3 } });
    const visits = await site.login(ada);
    await visits.json(DELETE, { entryId: entry.id });
    const answer = await visits.json(RESTORE, { entryId: entry.id });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      message: 'Entry restored.',
      modelName: 'entry',
      modelId: entry.id,
      entry: { title: 'Hello', slug: 'hello', uri: 'posts/hello', status: 'live', authorIds: [ada.id] },
    });
    const back = await stored(site, entry);
    expect(back).toMatchObject({ uid: entry.uid, postAt: entry.postAt, createdAt: entry.createdAt });
    expect(back?.sites).toEqual(entry.sites);
    const { revisions } = await site.site.queries.revisions.list(entry.id);
    expect(revisions[0]).toMatchObject({ notes: 'Restored.', creator: { id: ada.id } });
  });

  it('by a form without JavaScript', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    const visits = await site.login(ada);
    await visits.json(DELETE, { entryId: entry.id });
    const answer = await visits.form('/page', RESTORE, { entryId: entry.id });
    expect(answer.status).toBe(303);
    expect(pageOf(await visits.get('/page')).flashes).toEqual({ notice: 'Entry restored.' });
    expect(await stored(site, entry)).toBeDefined();
    const again = await visits.form('/page', RESTORE, { entryId: entry.id });
    expect(again.status).toBe(404);
  });

  it('chooses another slug and URI where somebody has got its own', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada, { title: 'Hello' });
    const visits = await site.login(ada);
    await visits.json(DELETE, { entryId: entry.id });
    const taker = await write(site, ada, { title: 'Hello' });
    expect(taker.sites['default']?.slug).toBe('hello');
    const { json } = await visits.json(RESTORE, { entryId: entry.id });
    expect(json.entry).toMatchObject({ slug: 'hello-2', uri: 'posts/hello-2' });
  });

  it('comes back below its parent, or to the top where that is gone', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const parent = await write(site, ada, { section: 'help', title: 'Parent' });
    const child = await write(site, ada, { section: 'help', title: 'Child', parentId: parent.id });
    const visits = await site.login(ada);
    await visits.json(DELETE, { entryId: child.id });
    await visits.json(RESTORE, { entryId: child.id });
    expect(await stored(site, child)).toMatchObject({ parentId: parent.id, level: 2 });
    await visits.json(DELETE, { entryId: child.id });
    await visits.json(DELETE, { entryId: parent.id });
    const { json } = await visits.json(RESTORE, { entryId: child.id });
    expect(json.entry).toMatchObject({ parentId: null, level: 1, uri: 'child' });
  });

  it('is for those who may delete it; nobody else learns that it was', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const [entry, draft] = [await write(site, ada), await write(site, ada, { draft: true, title: 'Begun' })];
    const visits = await site.login(ada);
    for (const { id } of [entry, draft]) await visits.json(DELETE, { entryId: id });
    expect((await site.visitor().json(RESTORE, { entryId: entry.id })).status).toBe(401);
    const stranger = await site.login(await site.user({ permissions: WRITER }));
    for (const id of [entry.id, draft.id, 999_999]) {
      const answer = await stranger.json(RESTORE, { entryId: id });
      expect([answer.status, answer.json.message]).toEqual([404, 'Entry not found']);
    }
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    expect((await chief.json(RESTORE, { entryId: entry.id })).status).toBe(200);
    const back = await visits.json(RESTORE, { entryId: draft.id });
    expect(back.json.entry).toMatchObject({ isDraft: true, status: 'draft', title: 'Begun' });
  });

  it('restores once when it is asked twice at once', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    const visits = await site.login(ada);
    await visits.json(DELETE, { entryId: entry.id });
    const answers = await Promise.all([1, 2, 3].map(() => visits.json(RESTORE, { entryId: entry.id })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404]);
  });

  it('finds nothing any more once softDeleteDuration is over', async () => {
    const site = await open({ ...JOURNAL, softDeleteDuration: 3600 });
    const ada = await site.user({ permissions: WRITER });
    const [late, soon] = [await write(site, ada, { title: 'A' }), await write(site, ada, { title: 'B' })];
    const visits = await site.login(ada, { rememberMe: true });
    await visits.json(DELETE, { entryId: late.id });
    site.clock.advance(1800);
    await visits.json(DELETE, { entryId: soon.id });
    site.clock.advance(1801);
    await site.site.housekeep();
    expect((await visits.json(RESTORE, { entryId: late.id })).status).toBe(404);
    expect((await visits.json(RESTORE, { entryId: soon.id })).status).toBe(200);
  });

  it('finds it for ever where softDeleteDuration is 0', async () => {
    const site = await open({ ...JOURNAL, softDeleteDuration: 0 });
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    const visits = await site.login(ada, { rememberMe: true });
    await visits.json(DELETE, { entryId: entry.id });
    site.clock.advance(86_400);
    await site.site.housekeep();
    expect((await visits.json(RESTORE, { entryId: entry.id })).status).toBe(200);
  });
});
