import { describe, expect, it } from 'vitest';
import { describeSites } from '../support/site.ts';
import {
  about,
  EDITOR,
  HELLO,
  may,
  newsroom,
  pages,
  posts,
  SAVE,
  saved,
  stored,
  WRITER,
  writer,
} from '../support/newsroom.ts';

const FORBIDDEN = 'User is not authorized to perform this action.';

describeSites('POST entries/save-entry: who may', (open) => {
  describe('make entries', () => {
    it.each([
      ['nobody without a permission', [], 403],
      ['nobody who only views', may('posts', 'viewEntries'), 403],
      ['nobody who only saves', may('posts', 'viewEntries', 'saveEntries'), 403],
      ['nobody in another section', may('pages', ...WRITER), 403],
      ['nobody without what it is nested in', may('posts', 'createEntries'), 403],
      ['who may', may('posts', 'viewEntries', 'createEntries'), 200],
    ])('%s', async (_who, permissions, status) => {
      const { send } = await newsroom(open, { sections: [posts(), pages()] }, permissions);
      const answer = await send(HELLO);
      expect(answer.status).toBe(status);
      if (status === 403) expect(answer.json.message).toBe(FORBIDDEN);
    });

    it('administrators, and members of groups', async () => {
      const site = await open({
        sections: [posts()],
        users: { groups: { press: { name: 'Press', permissions: may('posts', ...WRITER) } } },
      });
      const admin = await writer(site, [], { admin: true });
      expect((await admin.visits.json(SAVE, HELLO)).status).toBe(200);
      const member = await writer(site, [], { groups: ['press'] });
      expect((await member.visits.json(SAVE, HELLO)).status).toBe(200);
    });

    it('no guest, who is asked to sign in', async () => {
      const { site } = await newsroom(open);
      const answer = await site.visitor().json(SAVE, HELLO);
      expect(answer.status).toBe(401);
      expect(await site.site.entries('posts').status('any').count()).toBe(0);
    });

    it('nobody in a single', async () => {
      const { send } = await newsroom(
        open,
        { sections: [about] },
        may('about', 'viewEntries', 'createEntries'),
      );
      expect((await send({ sectionId: 'about', title: 'x' })).status).toBe(403);
    });
  });

  describe('change entries', () => {
    it.each([
      ['one’s own', may('posts', ...WRITER), may('posts', ...WRITER), true, 200],
      ['one’s own, not without saveEntries', may('posts', ...WRITER), may('posts', 'viewEntries'), true, 403],
      [
        'another’s, not without savePeerEntries',
        may('posts', ...WRITER),
        may('posts', ...WRITER),
        false,
        403,
      ],
      [
        'another’s, not with viewPeerEntries alone',
        [],
        may('posts', ...WRITER, 'viewPeerEntries'),
        false,
        403,
      ],
      ['another’s, with savePeerEntries', [], may('posts', ...EDITOR), false, 200],
      ['another’s, not with those of another section', [], may('pages', ...EDITOR), false, 403],
    ])('%s', async (_what, _first, permissions, isOwn, status) => {
      const { site, ada, save } = await newsroom(open, { sections: [posts(), pages()] });
      const entry = await save(HELLO);
      const bob = await writer(site, permissions);
      if (isOwn) {
        await site.site.services.database.users.update(ada.id, { permissions }, site.site.services.now());
      }
      const { visits } = isOwn ? ada : bob;
      const answer = await visits.json(SAVE, { entryId: entry.id, title: 'Changed' });
      expect(answer.status).toBe(status);
      const title = status === 200 ? 'Changed' : 'Hello';
      expect((await stored(site, entry.id))?.sites['default']?.title).toBe(title);
    });

    it('an entry that is not live is 404 to who may not see it, and to guests', async () => {
      const { site, save } = await newsroom(open);
      const entry = await save({ ...HELLO, enabled: false });
      const bob = await writer(site);
      const answer = await bob.visits.json(SAVE, { entryId: entry.id, title: 'x' });
      expect(answer.status).toBe(404);
      expect(answer.json.message).toBe('Entry not found');
      const missing = await bob.visits.json(SAVE, { entryId: 4711, title: 'x' });
      expect(missing.json).toEqual({ ...answer.json, entry: { ...answer.json.entry, entryId: 4711 } });
    });

    it('the single, with saveEntries', async () => {
      const { send } = await newsroom(
        open,
        { sections: [about] },
        may('about', 'viewEntries', 'saveEntries'),
      );
      expect((await send({ sectionId: 'about', title: 'x' })).status).toBe(200);
    });

    it('is asked again at the moment of writing', async () => {
      const { site, ada, save, send } = await newsroom(open);
      const entry = await save(HELLO);
      const { users } = site.site.services.database;
      await users.update(ada.id, { permissions: [] }, site.site.services.now());
      expect((await send({ entryId: entry.id, title: 'x' })).status).toBe(403);
    });
  });

  describe('change authors (CVE-2026-50279, CVE-2026-28781)', () => {
    it('of a new entry: it is one’s own unless one may write for others', async () => {
      const { site, ada, send, save } = await newsroom(open);
      const bob = await writer(site, may('posts', ...EDITOR));
      expect((await save(HELLO)).authorIds).toEqual([ada.id]);
      for (const name of ['author', 'authors'])
        for (const ids of [bob.id, [bob.id], [String(bob.id)], ''])
          expect((await send({ ...HELLO, [name]: ids })).status).toBe(403);
      expect((await save({ ...HELLO, author: ada.id })).authorIds).toEqual([ada.id]);
      const answer = await bob.visits.json(SAVE, { ...HELLO, author: ada.id });
      expect((await saved(site, answer)).authorIds).toEqual([ada.id]);
    });

    it('of one’s own entry: not away to somebody else, which would be writing in his name', async () => {
      const { site, save, send } = await newsroom(open);
      const entry = await save(HELLO);
      const bob = await writer(site);
      expect((await send({ entryId: entry.id, author: bob.id })).status).toBe(403);
      expect((await stored(site, entry.id))?.version).toBe(1);
    });

    it('of another’s: with changeAuthorForPeerEntries', async () => {
      const { site, ada, save } = await newsroom(open);
      const entry = await save(HELLO);
      const bob = await writer(site, may('posts', ...EDITOR));
      const refused = await bob.visits.json(SAVE, { entryId: entry.id, author: bob.id });
      expect(refused.status).toBe(403);
      expect((await stored(site, entry.id))?.authorIds).toEqual([ada.id]);
      const chief = await writer(site, may('posts', ...EDITOR, 'changeAuthorForPeerEntries'));
      const answer = await chief.visits.json(SAVE, { entryId: entry.id, authors: [bob.id] });
      expect((await saved(site, answer)).authorIds).toEqual([bob.id]);
    });

    it('to active users only', async () => {
      const chief = may('posts', ...EDITOR, 'changeAuthorForPeerEntries');
      const { site, send } = await newsroom(open, {}, chief);
      const gone = await site.user({ suspended: true });
      const pending = await site.user({ status: 'pending' });
      for (const id of [4711, gone.id, pending.id])
        expect((await send({ ...HELLO, author: id })).json.errors).toEqual({
          author: [`User “${id}” is not available.`],
        });
      for (const authors of ['x', {}, true, [1.5], [[1]]])
        expect((await send({ ...HELLO, authors })).json.errors).toEqual({
          authors: ['Authors are sent as the IDs of users.'],
        });
    });

    it('to as many as the section allows', async () => {
      const chief = may('posts', ...EDITOR, 'changeAuthorForPeerEntries');
      const sections = [posts(), posts({ handle: 'pairs', maxAuthors: 2, uriFormat: null })];
      const { site, ada, send, save } = await newsroom(open, { sections }, [
        ...chief,
        ...may('pairs', ...EDITOR, 'changeAuthorForPeerEntries'),
      ]);
      const others = [await site.user(), await site.user()].map(({ id }) => id);
      expect((await send({ ...HELLO, authors: [ada.id, ...others] })).json.errors).toEqual({
        authors: ['Only one author is allowed.'],
      });
      expect((await send({ ...HELLO, author: [ada.id, ...others] })).json.errors).toEqual({
        author: ['Only one author is allowed.'],
      });
      expect((await send({ ...HELLO, author: '' })).json.errors).toEqual({
        author: ['Author cannot be blank.'],
      });
      const pairs = { ...HELLO, sectionId: 'pairs' };
      expect((await send({ ...pairs, authors: [ada.id, ...others] })).json.errors).toEqual({
        authors: ['Up to 2 authors are allowed.'],
      });
      expect((await send({ ...pairs, authors: '' })).json.errors).toEqual({
        authors: ['Author cannot be blank.'],
      });
      expect((await save({ ...pairs, authors: others })).authorIds).toEqual(others);
    });
  });

  describe('write drafts', () => {
    it('of a published entry: one’s own, which nobody else sees', async () => {
      const { site, ada, save, send } = await newsroom(open);
      const entry = await save(HELLO);
      const answer = await send({ entryId: entry.id, provisional: 1, title: 'Draft', fields: { body: '' } });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.json.entry).toMatchObject({
        id: entry.id,
        canonicalId: entry.id,
        isDraft: true,
        isProvisionalDraft: true,
        status: 'draft',
        title: 'Draft',
        version: 1,
      });
      await send({ entryId: entry.id, provisional: 1, fields: { score: 7 } });
      const { entryDrafts } = site.site.services.database;
      const draft = await entryDrafts.find(entry.id, ada.id);
      expect(draft?.state.sites['default']).toMatchObject({
        title: 'Draft',
        fields: { body: null, score: 7 },
      });
      expect(draft?.baseVersion).toBe(1);
      expect(await stored(site, entry.id)).toEqual(entry);
    });

    it('which goes when the entry is saved, and others’ do not', async () => {
      const { site, ada, save, send } = await newsroom(open);
      const entry = await save(HELLO);
      const bob = await writer(site, may('posts', ...EDITOR));
      await send({ entryId: entry.id, provisional: 1, title: 'Ada’s' });
      await bob.visits.json(SAVE, { entryId: entry.id, provisional: 1, title: 'Bob’s' });
      const after = await save({ entryId: entry.id, fields: { score: 1 } });
      expect(after.sites['default']?.title).toBe('Hello');
      const { entryDrafts } = site.site.services.database;
      expect(await entryDrafts.find(entry.id, ada.id)).toBeUndefined();
      expect(await entryDrafts.find(entry.id, bob.id)).toMatchObject({ baseVersion: 1 });
    });

    it('not of entries one may not save: having a draft is no right (CVE-2026-84798)', async () => {
      const { site, ada, save, send } = await newsroom(open);
      const entry = await save(HELLO);
      const bob = await writer(site);
      const refused = await bob.visits.json(SAVE, { entryId: entry.id, provisional: 1, title: 'x' });
      expect(refused.status).toBe(403);
      // One that is there, from a time when he might.
      const { entryDrafts } = site.site.services.database;
      await entryDrafts.save(
        { entryId: entry.id, creatorId: bob.id, baseVersion: 1, notes: null, state: entry },
        1,
      );
      for (const provisional of [1, 0])
        expect((await bob.visits.json(SAVE, { entryId: entry.id, provisional, title: 'x' })).status).toBe(
          403,
        );
      await site.site.services.database.users.update(ada.id, { permissions: [] }, 1);
      expect((await send({ entryId: entry.id, provisional: 1, title: 'x' })).status).toBe(403);
    });

    it('of an entry that is not there yet: without anything, until it is published', async () => {
      const { site, ada, save, send } = await newsroom(open);
      const draft = await save({ sectionId: 'posts', provisional: 1 });
      expect(draft).toMatchObject({
        draft: true,
        creatorId: ada.id,
        sites: { default: { title: null, slug: null, uri: null } },
      });
      const again = await send({ entryId: draft.id, provisional: 1, title: 'Hello' });
      expect(again.json.entry).toMatchObject({
        id: draft.id,
        isDraft: true,
        isProvisionalDraft: false,
        status: 'draft',
      });
      expect(again.json.entry.version).toBe(2);
      expect(await site.site.entries('posts').count()).toBe(0);
      const { entryRevisions } = site.site.services.database;
      expect((await entryRevisions.listOf(draft.id, { limit: 1, offset: 0 })).total).toBe(0);
      const incomplete = await send({ entryId: draft.id });
      expect(incomplete.json.errors).toEqual({ 'fields.body': ['Body cannot be blank.'] });
      const entry = await save({ entryId: draft.id, fields: { body: 'x' } });
      expect(entry).toMatchObject({
        id: draft.id,
        draft: false,
        sites: { default: { slug: 'hello', uri: 'posts/hello' } },
      });
      expect(await site.site.entries('posts').count()).toBe(1);
    });

    it('which others do not know of without viewPeerEntryDrafts, nor write without savePeerEntryDrafts', async () => {
      const { site, save } = await newsroom(open);
      const draft = await save({ sectionId: 'posts', provisional: 1, title: 'Mine' });
      const change = { entryId: draft.id, title: 'x', fields: { body: 'x' } };
      const peer = await writer(site, may('posts', ...EDITOR));
      expect((await peer.visits.json(SAVE, change)).status).toBe(404);
      const reader = await writer(site, may('posts', ...EDITOR, 'viewPeerEntryDrafts'));
      expect((await reader.visits.json(SAVE, change)).status).toBe(403);
      expect((await reader.visits.json(SAVE, { ...change, provisional: 1 })).status).toBe(403);
      const drafts = ['viewPeerEntryDrafts', 'savePeerEntryDrafts'];
      const helper = await writer(site, may('posts', ...EDITOR, ...drafts));
      expect((await helper.visits.json(SAVE, { ...change, provisional: 1 })).status).toBe(200);
      const chief = await writer(site, may('posts', 'viewEntries', 'saveEntries', ...drafts));
      expect((await chief.visits.json(SAVE, change)).status).toBe(403);
    });
  });
});
