import { expect, it } from 'vitest';
import { asCurrentUser } from '../src/users/current-user.ts';
import { may, posts, WRITER, EDITOR, writer } from './support/newsroom.ts';
import { describeSites, type TestSite } from './support/site.ts';

const ACTS = ['view', 'save', 'delete', 'changeAuthor'] as const;

describeSites('site.may', (open) => {
  /** What a user, or a guest, is offered of an entry, as a page asks. */
  async function offered({ site }: TestSite, userId: number | null, entry: { readonly id: number }) {
    const found = await site.entries('posts').status('any').find(entry.id);
    if (found === undefined) throw new Error(`There is no entry ${entry.id}.`);
    const { database, settings } = site.services;
    const user = userId === null ? undefined : await database.users.find(userId);
    const ctx = { user: user === undefined ? null : asCurrentUser(user, settings) };
    const told = ACTS.filter((act) => site.may(ctx, act, found));
    return site.may(ctx, 'create', 'posts') ? ['create', ...told] : told;
  }

  it('says what the actions would allow', async () => {
    const site = await open({ sections: [posts()] });
    const [author, editor, reader] = [
      await writer(site),
      await writer(site, may('posts', ...EDITOR)),
      await writer(site, may('posts', 'viewEntries')),
    ];
    const live = await author.visits.json('entries/save-entry', {
      sectionId: 'posts',
      title: 'Live',
      fields: { body: 'x' },
    });
    const pending = await author.visits.json('entries/save-entry', {
      sectionId: 'posts',
      title: 'Pending',
      postDate: '2999-01-01',
      fields: { body: 'x' },
    });
    expect([live.status, pending.status], live.text).toEqual([200, 200]);
    const both = async (userId: number | null) => [
      await offered(site, userId, live.json.entry),
      await offered(site, userId, pending.json.entry),
    ];
    expect(WRITER).not.toContain('deleteEntries');
    const own = ['create', 'view', 'save', 'changeAuthor'];
    expect(await both(author.id)).toEqual([own, own]);
    expect(await both(editor.id)).toEqual([
      ['create', 'view', 'save'],
      ['create', 'view', 'save'],
    ]);
    expect(await both(reader.id)).toEqual([['view'], []]);
    expect(await both(null)).toEqual([['view'], []]);
    expect(() => site.site.may({ user: null }, 'create', 'nope')).toThrow('there is no section "nope"');
  });
});
