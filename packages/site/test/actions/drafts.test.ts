import { expect, it } from 'vitest';
import { CHIEF, draftOf, JOURNAL, rewrite, stored, write, WRITER } from '../support/journal.ts';
import { describeSites } from '../support/site.ts';

const LIST = 'entries/get-drafts';

describeSites('GET entries/get-drafts', (open) => {
  it('shows one’s own, and those of others to who may see them', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER, firstName: 'Ada' });
    const bob = await site.user({ permissions: CHIEF, firstName: 'Bob' });
    const entry = await write(site, ada);
    await draftOf(site, ada, entry, 'By Ada');
    site.clock.advance(1);
    await draftOf(site, bob, entry, 'By Bob');
    const query = { entryId: String(entry.id) };
    const own = await (await site.login(ada)).read(LIST, query);
    expect(own.status).toBe(200);
    expect(own.json).toMatchObject({
      version: 1,
      drafts: [{ entryId: entry.id, title: 'By Ada', outdated: false, creator: { id: ada.id } }],
    });
    expect(own.json.drafts).toHaveLength(1);
    expect(own.text).not.toContain('Bob');
    const all = await (await site.login(bob)).read(LIST, query);
    expect(all.json.drafts.map(({ title }: { title: string }) => title)).toEqual(['By Bob', 'By Ada']);
    expect(all.text).not.toContain('@');
    await rewrite(site, ada, entry, { title: 'Newer' });
    // Ada's own draft went with her save.
    const later = await (await site.login(bob)).read(LIST, query);
    expect(later.json).toMatchObject({ version: 2, drafts: [{ title: 'By Bob', outdated: true }] });
  });

  it('needs viewPeerEntryDrafts of that section for others’', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    const hidden = await write(site, ada, { title: 'Hidden', enabled: false });
    await draftOf(site, ada, entry, 'By Ada');
    const peers = [...WRITER, 'viewpeerentries:posts'];
    for (const permissions of [
      WRITER,
      peers,
      [...peers, 'viewpeerentrydrafts:help'],
      // Without what it is nested in.
      ['viewpeerentrydrafts:posts'],
    ]) {
      const visits = await site.login(await site.user({ permissions }));
      const answer = await visits.read(LIST, { entryId: String(entry.id) });
      expect([answer.status, answer.json.drafts]).toEqual([200, []]);
    }
    const peeking = await site.login(
      await site.user({ permissions: [...peers, 'viewpeerentrydrafts:posts'] }),
    );
    expect((await peeking.read(LIST, { entryId: String(entry.id) })).json.drafts).toHaveLength(1);
    const stranger = await site.login(await site.user({ permissions: WRITER }));
    expect((await stranger.read(LIST, { entryId: String(hidden.id) })).status).toBe(404);
    expect((await site.visitor().read(LIST, { entryId: String(entry.id) })).status).toBe(401);
    expect((await stranger.read(LIST, {})).json.errors).toHaveProperty('entryId');
  });
});

describeSites('site.queries.drafts', (open) => {
  it('finds somebody’s changes to an entry, and entries never published', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user(), await site.user()];
    const entry = await write(site, ada, { title: 'Hello' });
    const begun = await write(site, ada, { title: 'Begun', draft: true });
    await draftOf(site, ada, entry, 'Hello again');
    const { drafts } = site.site.queries;
    expect(await drafts.find(entry.id, ada.id)).toMatchObject({
      provisional: true,
      outdated: false,
      entry: { id: entry.id, title: 'Hello again', version: 1 },
    });
    expect(await drafts.find(begun.id, ada.id)).toMatchObject({
      provisional: false,
      entry: { id: begun.id, title: 'Begun', status: 'draft', slug: null },
    });
    expect([
      await drafts.find(entry.id, bob.id),
      await drafts.find(begun.id, bob.id),
      await drafts.find(999_999, ada.id),
    ]).toEqual([undefined, undefined, undefined]);
    await rewrite(site, bob, entry, { title: 'By Bob' });
    expect(await drafts.find(entry.id, ada.id)).toMatchObject({ outdated: true });
  });

  it('knows which version the form of a draft was made from', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const visits = await site.login(ada);
    const { drafts } = site.site.queries;
    for (const [seen, outdated] of [
      [1, true],
      [2, false],
      [999, false],
      [undefined, false],
    ] as const) {
      const entry = await write(site, ada);
      await rewrite(site, await site.user({ permissions: CHIEF }), entry, { title: 'By the chief' });
      const draft = { entryId: entry.id, provisional: 1, title: 'By Ada', version: seen };
      expect((await visits.json('entries/save-entry', draft)).status).toBe(200);
      expect([seen, await drafts.find(entry.id, ada.id)]).toMatchObject([seen, { outdated }]);
    }
  });

  it('lists all of somebody, last saved first, and none of deleted entries', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user(), await site.user()];
    const entries = [await write(site, ada, { title: 'A' }), await write(site, ada, { title: 'B' })] as const;
    await draftOf(site, ada, entries[0], 'A draft');
    site.clock.advance(1);
    await write(site, ada, { title: 'Begun', draft: true });
    site.clock.advance(1);
    await draftOf(site, ada, entries[1], 'B draft');
    await draftOf(site, bob, entries[1], 'Bob');
    const { drafts } = site.site.queries;
    const titles = async (limit?: number): Promise<unknown[]> =>
      (await drafts.listOf(ada.id, limit === undefined ? {} : { limit })).map(({ entry }) => entry.title);
    expect(await titles()).toEqual(['B draft', 'Begun', 'A draft']);
    expect(await titles(2)).toEqual(['B draft', 'Begun']);
    await site.site.services.database.entries.delete(entries[1].id, Date.now());
    expect(await titles()).toEqual(['Begun', 'A draft']);
  });
});

describeSites('drafts nobody went on with', (open) => {
  it('go after purgeUnsavedDraftsDuration', async () => {
    const site = await open({ ...JOURNAL, purgeUnsavedDraftsDuration: 3600 });
    const ada = await site.user({ password: null });
    const entry = await write(site, ada);
    const old = await write(site, ada, { title: 'Old', draft: true });
    await draftOf(site, ada, entry, 'Old');
    site.clock.advance(1800);
    const recent = await write(site, ada, { title: 'Recent', draft: true });
    site.clock.advance(1801);
    await site.site.housekeep();
    expect(await stored(site, old)).toBeUndefined();
    expect(await site.site.services.database.entryDrafts.listOf(entry.id)).toEqual([]);
    expect([(await stored(site, recent))?.id, (await stored(site, entry))?.id]).toEqual([
      recent.id,
      entry.id,
    ]);
  });

  it('stay for ever where it is 0', async () => {
    const site = await open({ ...JOURNAL, purgeUnsavedDraftsDuration: 0 });
    const ada = await site.user({ password: null });
    const old = await write(site, ada, { draft: true });
    site.clock.advance(3650 * 86_400);
    await site.site.housekeep();
    expect(await stored(site, old)).toBeDefined();
  });
});
