import { describe, expect, it, test } from 'vitest';
import type { Settings } from '../../src/config.ts';
import { createContent } from '../../src/content/create-content.ts';
import { entryType } from '../../src/content/entry-type.ts';
import { section } from '../../src/content/section.ts';
import { GUEST, type Editor } from '../../src/entries/editor.ts';
import { mayEntry, type EntryAct, type EntryAsk } from '../../src/entries/may-entry.ts';
import type { User } from '../../src/users/user.ts';

const settings = { users: { groups: {} } } as unknown as Settings;
const entryTypes = [entryType('post', {})] as const;
const SECTIONS = [
  section({ handle: 'posts', type: 'channel', entryTypes }),
  section({ handle: 'stories', type: 'channel', entryTypes, guests: {} }),
  section({ handle: 'about', type: 'single', entryTypes }),
];
const contentWith = (...handles: string[]) =>
  createContent({
    siteUrl: 'https://example.com',
    sites: handles.map((handle) => ({ handle, language: 'en' })),
    sections: SECTIONS,
  });
const content = contentWith('en');

const ME = 1;
const own = { draft: false, authorIds: [ME], creatorId: ME };
const peers = { draft: false, authorIds: [2], creatorId: 2 };
const authorless = { draft: false, authorIds: [], creatorId: null };
const ownDraft = { draft: true, authorIds: [ME], creatorId: ME };
const peersDraft = { draft: true, authorIds: [ME], creatorId: 2 };

const userWith = (permissions: readonly string[], admin = false): Editor => ({
  kind: 'user',
  user: { id: ME, admin, groups: [], permissions } as unknown as User,
});

function ask(given: Partial<EntryAsk> & { readonly in?: string; readonly act: EntryAct }): EntryAsk {
  const posts = content.section(given.in ?? 'posts');
  if (posts === undefined) throw new Error('There is no such section.');
  return { editor: GUEST, section: posts, settings, content, ...given };
}

// Whether somebody may who holds exactly these permissions, and whether each of them is needed.
const ROWS: ReadonlyArray<
  readonly [act: EntryAct, what: string, given: Partial<EntryAsk>, needs: readonly string[]]
> = [
  ['view', 'own', { entry: own }, ['viewEntries']],
  ['view', 'another’s', { entry: peers }, ['viewEntries', 'viewPeerEntries']],
  ['view', 'nobody’s', { entry: authorless }, ['viewEntries', 'viewPeerEntries']],
  ['view', 'own unpublished draft', { entry: ownDraft }, ['viewEntries']],
  ['view', 'another’s unpublished draft', { entry: peersDraft }, ['viewEntries', 'viewPeerEntryDrafts']],
  ['create', 'new', {}, ['viewEntries', 'createEntries']],
  ['save', 'own', { entry: own }, ['viewEntries', 'saveEntries']],
  [
    'save',
    'another’s',
    { entry: peers },
    ['viewEntries', 'saveEntries', 'viewPeerEntries', 'savePeerEntries'],
  ],
  ['save', 'own unpublished draft', { entry: ownDraft }, ['viewEntries', 'createEntries']],
  [
    'save',
    'another’s unpublished draft',
    { entry: peersDraft },
    ['viewEntries', 'createEntries', 'viewPeerEntryDrafts', 'savePeerEntryDrafts'],
  ],
  ['delete', 'own', { entry: own }, ['viewEntries', 'deleteEntries']],
  [
    'delete',
    'another’s',
    { entry: peers },
    ['viewEntries', 'deleteEntries', 'viewPeerEntries', 'deletePeerEntries'],
  ],
  ['delete', 'own unpublished draft', { entry: ownDraft }, []],
  [
    'delete',
    'another’s unpublished draft',
    { entry: peersDraft },
    ['viewEntries', 'viewPeerEntryDrafts', 'deletePeerEntryDrafts'],
  ],
  ['changeAuthor', 'new', {}, []],
  ['changeAuthor', 'own', { entry: own }, []],
  ['changeAuthor', 'nobody’s', { entry: authorless }, []],
  [
    'changeAuthor',
    'another’s',
    { entry: peers },
    ['viewEntries', 'viewPeerEntries', 'changeAuthorForPeerEntries'],
  ],
  ['viewDraft', 'own of one’s own', { entry: own }, ['viewEntries']],
  [
    'viewDraft',
    'another’s of one’s own',
    { entry: own, draftCreatorId: 2 },
    ['viewEntries', 'viewPeerEntryDrafts'],
  ],
  ['saveDraft', 'own of one’s own', { entry: own }, ['viewEntries', 'saveEntries']],
  [
    'saveDraft',
    'own of another’s',
    { entry: peers },
    ['viewEntries', 'saveEntries', 'viewPeerEntries', 'savePeerEntries'],
  ],
  ['saveDraft', 'own unpublished', { entry: ownDraft }, ['viewEntries', 'createEntries']],
  ['deleteDraft', 'own', { entry: peers }, []],
  [
    'deleteDraft',
    'another’s',
    { entry: own, draftCreatorId: 2 },
    ['viewEntries', 'viewPeerEntryDrafts', 'deletePeerEntryDrafts'],
  ],
];

describe('mayEntry', () => {
  test.each(ROWS)('%s %s takes %j', (act, _what, given, needs) => {
    const held = needs.map((name) => `${name}:posts`);
    const verdict = (permissions: readonly string[]) =>
      mayEntry(ask({ act, ...given, editor: userWith(permissions) }));
    expect(verdict(held)).toBe('allow');
    for (const missing of held)
      expect([missing, verdict(held.filter((name) => name !== missing))]).toEqual([missing, 'forbidden']);
    if (held.length > 0) expect(verdict(needs.map((name) => `${name}:stories`))).toBe('forbidden');
    expect(mayEntry(ask({ act, ...given, editor: userWith([], true) }))).toBe('allow');
    expect(mayEntry(ask({ act, ...given, editor: { kind: 'server', userId: null } }))).toBe('allow');
    expect(mayEntry(ask({ act, ...given }))).toBe('login');
  });

  it('shows everybody what is live', () => {
    for (const editor of [GUEST, userWith([])])
      expect(mayEntry(ask({ act: 'view', editor, entry: peers, live: true }))).toBe('allow');
    expect(mayEntry(ask({ act: 'save', editor: userWith([]), entry: peers, live: true }))).toBe('forbidden');
  });

  it('lets guests make entries where the section does, and nothing else', () => {
    expect(mayEntry(ask({ act: 'create', in: 'stories' }))).toBe('allow');
    for (const act of ['save', 'delete', 'saveDraft', 'changeAuthor', 'deleteDraft'] as const)
      expect([act, mayEntry(ask({ act, in: 'stories', entry: authorless }))]).toEqual([act, 'login']);
  });

  it('takes a single for everybody’s own, which nobody makes or deletes', () => {
    const all = ['viewEntries', 'createEntries', 'saveEntries', 'deleteEntries'].map(
      (name) => `${name}:about`,
    );
    const about = (act: EntryAct) =>
      mayEntry(ask({ act, in: 'about', entry: authorless, editor: userWith(all) }));
    expect([about('view'), about('save'), about('create'), about('delete')]).toEqual([
      'allow',
      'allow',
      'forbidden',
      'forbidden',
    ]);
    expect(mayEntry(ask({ act: 'delete', in: 'about', entry: authorless, editor: userWith([], true) }))).toBe(
      'forbidden',
    );
  });

  describe('on several sites', () => {
    const several = contentWith('en', 'de');
    const permissions = ['viewEntries:posts', 'saveEntries:posts', 'editSite:en'];
    test.each([
      [['en'], 'allow'],
      [['de'], 'forbidden'],
      [['en', 'de'], 'forbidden'],
      [[], 'allow'],
    ] as const)('saving on %j: %s', (sites, verdict) => {
      const editor = userWith(permissions);
      expect(mayEntry(ask({ act: 'save', editor, entry: own, sites, content: several }))).toBe(verdict);
      expect(mayEntry(ask({ act: 'view', editor, entry: own, sites, content: several }))).toBe('allow');
      expect(mayEntry(ask({ act: 'save', editor, entry: own, sites }))).toBe('allow');
    });
  });
});
