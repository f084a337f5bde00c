import { expect, it } from 'vitest';
import { CHIEF, draftOf, JOURNAL, rewrite, stored, write } from '../support/journal.ts';
import { pages, posts } from '../support/newsroom.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites } from '../support/site.ts';

const DELETE = 'users/delete-user';

describeSites('users/delete-user and what the user wrote', (open) => {
  it('with transferContentTo hands all of it to the heir', async () => {
    const site = await open(JOURNAL);
    const [ada, bob, cem] = [
      await site.user({ password: null }),
      await site.user({ password: null }),
      await site.user({ password: null }),
    ];
    const own = await write(site, ada, { title: 'Own' });
    const shared = await write(site, ada, { title: 'Shared', authors: [cem, ada] });
    const both = await write(site, ada, { title: 'Both', authors: [ada, bob] });
    const created = await write(site, ada, { title: 'Created', authors: [cem] });
    const draft = await write(site, ada, { title: 'Draft', draft: true });
    const bobs = await write(site, bob, { title: 'Bob’s' });
    await rewrite(site, ada, bobs, { title: 'Bob’s, by Ada' });
    await draftOf(site, ada, bobs, 'Ada’s draft');
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    const answer = await deleter.json(DELETE, { userId: ada.id, transferContentTo: bob.id });
    expect(answer.status).toBe(200);
    const found = await Promise.all(
      [own, shared, both, created, draft, bobs].map((one) => stored(site, one)),
    );
    expect(found.map((entry) => [entry?.authorIds, entry?.creatorId])).toEqual([
      [[bob.id], bob.id],
      [[cem.id, bob.id], bob.id],
      [[bob.id], bob.id],
      [[cem.id], bob.id],
      [[bob.id], bob.id],
      [[bob.id], bob.id],
    ]);
    const { revisions } = await site.site.queries.revisions.list(bobs.id);
    expect(revisions.map(({ creator }) => creator?.id)).toEqual([bob.id, bob.id]);
    expect(await site.site.services.database.entryDrafts.listOf(bobs.id)).toEqual([]);
  });

  it('without it deletes what only this user wrote, to be restored, and takes him off the rest', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ password: null }), await site.user({ password: null })];
    const own = await write(site, ada, { title: 'Own' });
    const draft = await write(site, ada, { title: 'Draft', draft: true });
    const shared = await write(site, ada, { title: 'Shared', authors: [ada, bob] });
    const created = await write(site, ada, { title: 'Created', authors: [bob] });
    const bobs = await write(site, bob, { title: 'Bob’s' });
    await rewrite(site, ada, bobs, { title: 'Bob’s, by Ada' });
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    expect((await deleter.json(DELETE, { userId: ada.id })).status).toBe(200);
    expect([await stored(site, own), await stored(site, draft)]).toEqual([undefined, undefined]);
    expect(await stored(site, shared)).toMatchObject({ authorIds: [bob.id], creatorId: null });
    expect(await stored(site, created)).toMatchObject({ authorIds: [bob.id], creatorId: null });
    const { revisions } = await site.site.queries.revisions.list(bobs.id);
    expect(revisions.map(({ creator }) => creator?.id)).toEqual([undefined, bob.id]);
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    const back = await chief.json('entries/restore-entry', { entryId: own.id });
    expect([back.status, back.json.entry.title, back.json.entry.authorIds]).toEqual([200, 'Own', []]);
  });

  it('of one’s own account, too', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user();
    const own = await write(site, ada);
    const visits = await site.login(ada, { elevated: true });
    expect((await visits.json(DELETE, { userId: ada.id })).status).toBe(200);
    expect(await stored(site, own)).toBeUndefined();
  });

  it('hands it to nobody who cannot sign in, and then deletes nobody', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ password: null });
    const own = await write(site, ada);
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    for (const state of [
      { status: 'inactive' },
      { status: 'pending', verified: false },
      { suspended: true },
    ] as const) {
      const heir = await site.user({ password: null, ...state });
      const answer = await deleter.json(DELETE, { userId: ada.id, transferContentTo: heir.id });
      expect([answer.status, answer.json.errors]).toEqual([
        400,
        { transferContentTo: ['Choose a user whose account is active and not suspended.'] },
      ]);
    }
    expect(await stored(site, own)).toMatchObject({ authorIds: [ada.id] });
    expect(await site.site.services.database.users.find(ada.id)).toBeDefined();
  });

  it('leaves the tree whole where pages go', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ password: null }), await site.user({ password: null })];
    const page = await write(site, ada, { section: 'help', title: 'Page' });
    const child = await write(site, bob, { section: 'help', title: 'Child', parentId: page.id });
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    expect((await deleter.json(DELETE, { userId: ada.id })).status).toBe(200);
    expect(await stored(site, page)).toBeUndefined();
    expect(await stored(site, child)).toMatchObject({ parentId: null, level: 1 });
  });

  it('gives pages that move up the paths they have there', async () => {
    const site = await open({
      sections: [pages(), posts({ uriFormat: '{slug}' })],
    });
    const [ada, bob] = [await site.user({ password: null }), await site.user({ password: null })];
    const page = (author: { readonly id: number }, title: string, parentId: number | null) =>
      write(site, author, { section: 'pages', title, parentId });
    const root = await page(ada, 'Root', null);
    const kept = await page(bob, 'Kept', root.id);
    const gone = await page(ada, 'Gone', kept.id);
    const leaf = await page(bob, 'Leaf', gone.id);
    const far = await page(bob, 'Far', (await page(ada, 'Other', null)).id);
    const still = await page(bob, 'Still', null);
    const taken = await write(site, bob, { section: 'posts', title: 'Far', fields: { body: 'Text' } });
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    expect((await deleter.json(DELETE, { userId: ada.id })).status).toBe(200);
    const paths = async (all: ReadonlyArray<{ readonly id: number }>): Promise<unknown[]> =>
      Promise.all(all.map(async (one) => (await stored(site, one))?.sites['default']?.uri));
    expect(await paths([kept, leaf, far, still, taken])).toEqual([
      'kept',
      'kept/leaf',
      'far-2',
      'still',
      'far',
    ]);
    expect(await stored(site, leaf)).toMatchObject({ version: leaf.version, updatedAt: leaf.updatedAt });
    const found = await site.site.entries('pages').findByUri('kept/leaf');
    expect(found?.id).toBe(leaf.id);
  });

  it('hands the files that the user uploaded to the heir', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ password: null }), await site.user({ password: null })];
    const { assets } = site.site.services.database;
    const native = {
      volume: 'uploads',
      kind: 'pdf',
      mediaType: 'application/pdf',
      width: null,
      height: null,
    } as const;
    const file = (uid: string, uploaderId: number) =>
      assets.insert(
        { ...native, uid, uploaderId, filename: `${uid}.pdf`, bytes: 1, storageKey: `assets/${uid}.pdf` },
        site.site.services.now(),
      );
    const [one, other] = [await file('one', ada.id), await file('other', bob.id)];
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    const refused = await deleter.json(DELETE, { userId: ada.id, transferContentTo: 4711 });
    expect(refused.status).toBe(400);
    expect((await assets.find(one.id))?.uploaderId).toBe(ada.id);
    const answer = await deleter.json(DELETE, { userId: ada.id, transferContentTo: bob.id });
    expect(answer.status).toBe(200);
    expect((await assets.listOf(bob.id)).map(({ id }) => id).toSorted()).toEqual([one.id, other.id]);
  });

  it('leaves the tree whole where parents and children go together', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ password: null }), await site.user({ password: null })];
    const page = (author: { readonly id: number }, title: string, parentId: number | null) =>
      write(site, author, { section: 'help', title, parentId });
    const root = await page(bob, 'Root', null);
    const one = await page(ada, 'One', root.id);
    const two = await page(ada, 'Two', one.id);
    const kept = await page(bob, 'Kept', two.id);
    const below = await page(bob, 'Below', kept.id);
    const leaf = await page(ada, 'Leaf', below.id);
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    expect((await deleter.json(DELETE, { userId: ada.id })).status).toBe(200);
    for (const gone of [one, two, leaf]) expect(await stored(site, gone)).toBeUndefined();
    expect(await stored(site, kept)).toMatchObject({ parentId: root.id, level: 2 });
    expect(await stored(site, below)).toMatchObject({ parentId: kept.id, level: 3 });
    const { entries } = site.site.services.database;
    expect((await entries.descendants(root.id)).map(({ id }) => id)).toEqual([kept.id, below.id]);
    // What they were called is free again.
    expect((await page(bob, 'One', root.id)).sites['default']?.slug).toBe('one');
  });

  it('two who are deleted at once, each as the other’s heir, leave nothing behind that is nobody’s', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ password: null }), await site.user({ password: null })];
    const entries = [await write(site, ada, { title: 'A' }), await write(site, bob, { title: 'B' })];
    const one = await site.login(await site.user({ permissions: ROLES.deleter }));
    const other = await site.login(await site.user({ permissions: ROLES.deleter }));
    const answers = await Promise.all([
      one.json(DELETE, { userId: ada.id, transferContentTo: bob.id }),
      other.json(DELETE, { userId: bob.id, transferContentTo: ada.id }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    const heir = answers[0].status === 200 ? bob : ada;
    for (const entry of entries) expect((await stored(site, entry))?.authorIds).toEqual([heir.id]);
  });
});
