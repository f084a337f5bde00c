import { expect, it } from 'vitest';
import { entryType, section } from '../../src/index.ts';
import { CHIEF, draftOf, JOURNAL, stored, write, WRITER } from '../support/journal.ts';
import { describeSites, pageOf } from '../support/site.ts';

const DELETE = 'entries/delete-entry';

describeSites('POST entries/delete-entry', (open) => {
  it('deletes one’s own entry and answers with it', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada, { title: 'Hello' });
    const other = await write(site, ada, { title: 'Other' });
    const visits = await site.login(ada);
    const answer = await visits.json(DELETE, { entryId: entry.id });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      message: 'Entry deleted.',
      modelName: 'entry',
      modelId: entry.id,
      entry: { id: entry.id, uid: entry.uid, title: 'Hello', slug: 'hello', authorIds: [ada.id] },
    });
    expect(answer.json.entry.fields).not.toHaveProperty('rating');
    expect([await stored(site, entry), (await stored(site, other))?.id]).toEqual([undefined, other.id]);
  });

  it.each(['canonicalId', 'sourceId', 'entryId'])('takes the id as %s', async (name) => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    expect((await (await site.login(ada)).json(DELETE, { [name]: entry.id })).status).toBe(200);
    expect(await stored(site, entry)).toBeUndefined();
  });

  it('can be asked for by a form without JavaScript', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    const visits = await site.login(ada);
    const answer = await visits.form('/page/posts', DELETE, { entryId: entry.id });
    expect([answer.status, answer.location]).toEqual([303, '/page/posts']);
    expect(pageOf(await visits.get('/page/posts')).flashes).toEqual({ notice: 'Entry deleted.' });
    expect(await stored(site, entry)).toBeUndefined();
    const again = await visits.form('/page/posts', DELETE, { entryId: entry.id });
    expect(again.status).toBe(404);
    expect(pageOf(again).flashes).toEqual({ error: 'Entry not found' });
  });

  it('knows an entry no more that is deleted already', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    const visits = await site.login(ada);
    const answers = await Promise.all([1, 2, 3].map(() => visits.json(DELETE, { entryId: entry.id })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404]);
    const late = await visits.json(DELETE, { entryId: entry.id });
    expect([late.status, late.json.message]).toEqual([404, 'Entry not found']);
  });

  it('says what is missing or wrong in what was sent', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada);
    const visits = await site.login(ada);
    expect((await visits.json(DELETE, {})).json.errors).toEqual({ entryId: ['Say which entry: its ID.'] });
    expect((await visits.json(DELETE, { entryId: entry.id, siteId: 'xx' })).json.errors).toEqual({
      siteId: ['There is no such site.'],
    });
    for (const entryId of ['x', 0, -1, 1.5])
      expect((await visits.json(DELETE, { entryId })).json.errors, String(entryId)).toEqual({
        entryId: ['entryId must be an ID: a whole number above 0.'],
      });
    for (const entryId of [999_999, 2 ** 53 - 1])
      expect((await visits.json(DELETE, { entryId })).status, String(entryId)).toBe(404);
    expect((await visits.read(DELETE, { entryId: String(entry.id) })).status).toBe(400);
    expect((await visits.json(DELETE, { entryId: entry.id }, { csrf: false })).status).toBe(400);
    expect(await stored(site, entry)).toBeDefined();
  });

  it('takes the right, and the peers’ one for what others wrote', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const live = await write(site, ada, { title: 'Live' });
    const hidden = await write(site, ada, { title: 'Hidden', enabled: false });
    expect((await site.visitor().json(DELETE, { entryId: live.id })).status).toBe(401);
    const reader = await site.login(await site.user({ permissions: ['viewentries:posts'] }));
    const writer = await site.login(await site.user({ permissions: WRITER }));
    const halfChief = await site.login(
      await site.user({ permissions: [...WRITER, 'viewpeerentries:posts', 'deletepeerentries:help'] }),
    );
    for (const visits of [reader, writer, halfChief])
      expect((await visits.json(DELETE, { entryId: live.id })).status).toBe(403);
    // Who may not see it does not learn that it is there.
    for (const visits of [reader, writer])
      expect((await visits.json(DELETE, { entryId: hidden.id })).status).toBe(404);
    expect((await halfChief.json(DELETE, { entryId: hidden.id })).status).toBe(403);
    const own = await site.user({ permissions: ['viewentries:posts', 'saveentries:posts'] });
    const kept = await write(site, own);
    expect((await (await site.login(own)).json(DELETE, { entryId: kept.id })).status).toBe(403);
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    for (const entry of [live, hidden, kept])
      expect((await chief.json(DELETE, { entryId: entry.id })).status).toBe(200);
  });

  it('counts everybody as its author who is one of several', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ permissions: WRITER }), await site.user({ permissions: WRITER })];
    const entry = await write(site, ada, { authors: [ada, bob] });
    expect((await (await site.login(bob)).json(DELETE, { entryId: entry.id })).status).toBe(200);
  });

  it('takes editSite for each site that it is on', async () => {
    const site = await open({
      sites: [
        { handle: 'en', language: 'en' },
        { handle: 'de', language: 'de', baseUrl: '/de' },
      ],
      sections: [section({ handle: 'posts', type: 'channel', entryTypes: [entryType('post', {})] })],
    });
    const ada = await site.user({ permissions: [...WRITER, 'editsite:en'] });
    const entry = await write(site, ada);
    expect(Object.keys(entry.sites)).toEqual(['en', 'de']);
    expect((await (await site.login(ada)).json(DELETE, { entryId: entry.id })).status).toBe(403);
    const bob = await site.user({ permissions: [...CHIEF, 'editsite:en', 'editsite:de'] });
    const answer = await (await site.login(bob)).json(DELETE, { entryId: entry.id, siteId: 'de' });
    expect([answer.status, answer.json.entry.siteId]).toEqual([200, 'de']);
  });

  it('leaves the entry of a single where it is', async () => {
    const site = await open(JOURNAL);
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    const admin = await site.login(await site.user({ admin: true }));
    const about = await site.site.services.database.entries.findSingle('about');
    if (about === undefined) throw new Error('The single was not made.');
    for (const visits of [chief, admin]) {
      const answer = await visits.json(DELETE, { entryId: about.id });
      expect([answer.status, answer.json.message]).toEqual([
        409,
        '“About” always has its one entry: it cannot be deleted. Disable it instead.',
      ]);
    }
    expect(await stored(site, about)).toBeDefined();
  });

  it('moves the entries below it up, with the paths they have there', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const page = (title: string, parentId: number | null) =>
      write(site, ada, { section: 'help', title, parentId });
    const root = await page('Root', null);
    const middle = await page('Middle', root.id);
    const child = await page('Child', middle.id);
    const grandchild = await page('Grandchild', child.id);
    expect(grandchild.sites['default']?.uri).toBe('root/middle/child/grandchild');
    expect((await (await site.login(ada)).json(DELETE, { entryId: middle.id })).status).toBe(200);
    const place = async (entry: { readonly id: number }): Promise<unknown[]> => {
      const found = await stored(site, entry);
      return [found?.parentId, found?.level, found?.sites['default']?.uri];
    };
    expect(await place(child)).toEqual([root.id, 2, 'root/child']);
    expect(await place(grandchild)).toEqual([child.id, 3, 'root/child/grandchild']);
    expect((await (await site.login(ada)).json(DELETE, { entryId: root.id })).status).toBe(200);
    expect(await place(child)).toEqual([null, 1, 'child']);
    expect(await place(grandchild)).toEqual([child.id, 2, 'child/grandchild']);
  });

  it('lets its maker delete an entry that was never published, and those who may delete peers’ drafts', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: ['viewentries:posts', 'createentries:posts'] });
    const [one, two] = [await write(site, ada, { draft: true }), await write(site, ada, { draft: true })];
    const stranger = await site.login(await site.user({ permissions: WRITER }));
    const peeking = await site.login(
      await site.user({ permissions: [...WRITER, 'viewpeerentries:posts', 'viewpeerentrydrafts:posts'] }),
    );
    expect((await stranger.json(DELETE, { entryId: one.id })).status).toBe(404);
    expect((await peeking.json(DELETE, { entryId: one.id })).status).toBe(403);
    expect((await (await site.login(ada)).json(DELETE, { entryId: one.id })).status).toBe(200);
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    expect((await chief.json(DELETE, { entryId: two.id })).status).toBe(200);
    expect([await stored(site, one), await stored(site, two)]).toEqual([undefined, undefined]);
  });

  it('with provisional discards one’s own changes and nothing else', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ permissions: WRITER }), await site.user({ permissions: CHIEF })];
    const entry = await write(site, ada);
    await draftOf(site, ada, entry, 'By Ada');
    await draftOf(site, bob, entry, 'By Bob');
    const { entryDrafts } = site.site.services.database;
    const visits = await site.login(ada);
    const answer = await visits.json(DELETE, { entryId: entry.id, provisional: 1 });
    expect([answer.status, answer.json.message, answer.json.entry.title]).toEqual([
      200,
      'Draft discarded.',
      'Hello',
    ]);
    expect(await entryDrafts.find(entry.id, ada.id)).toBeUndefined();
    expect(await entryDrafts.find(entry.id, bob.id)).toBeDefined();
    expect(await stored(site, entry)).toBeDefined();
    const again = await visits.json(DELETE, { entryId: entry.id, provisional: '1' });
    expect([again.status, again.json.message]).toEqual([404, 'Draft not found']);
    const others = { entryId: entry.id, provisional: true, draftCreatorId: bob.id };
    expect((await visits.json(DELETE, others)).status).toBe(403);
    await draftOf(site, ada, entry, 'By Ada again');
    const chief = await site.login(bob);
    const peers = await chief.json(DELETE, { ...others, draftCreatorId: ada.id });
    expect([peers.status, await entryDrafts.find(entry.id, ada.id)]).toEqual([200, undefined]);
    const form = await chief.form('/page', DELETE, { entryId: entry.id, provisional: 1 });
    expect(form.status).toBe(303);
    expect(pageOf(await chief.get('/page')).flashes).toEqual({ notice: 'Draft discarded.' });
    expect(await entryDrafts.find(entry.id, bob.id)).toBeUndefined();
    expect(await stored(site, entry)).toBeDefined();
  });
});
