import { describe, expect, it } from 'vitest';
import { createContent } from '../../src/content/create-content.ts';
import { entryType } from '../../src/content/entry-type.ts';
import { section } from '../../src/content/section.ts';
import type { EntrySiteState, EntryState } from '../../src/entries/entry.ts';
import { compareStates } from '../../src/entries/revisions/compare-states.ts';
import { field } from '../../src/fields/define.ts';

const story = entryType(
  'story',
  {
    body: field.text({ label: 'Story' }),
    rating: field.number(),
    proven: field.lightswitch(),
    data: field.json(),
  },
  { titleLabel: 'Headline' },
);
const note = entryType('note', { aside: field.text() });
const content = createContent({
  siteUrl: 'https://example.com',
  sites: [
    { handle: 'en', language: 'en', name: 'English' },
    { handle: 'de', language: 'de', name: 'Deutsch' },
    { handle: 'fr', language: 'fr' },
  ],
  sections: [
    section({ handle: 'stories', type: 'channel', entryTypes: [story, note], sites: { en: {}, de: {} } }),
  ],
});
const stories = content.section('stories') as NonNullable<ReturnType<typeof content.section>>;

const onSite: EntrySiteState = {
  title: 'Hello',
  slug: 'hello',
  uri: null,
  enabled: true,
  fields: { body: 'Once', rating: 1 },
};
const state: EntryState = {
  type: 'story',
  enabled: true,
  postAt: Date.UTC(2026, 10, 21, 10, 30),
  expiresAt: null,
  authorIds: [1],
  parentId: null,
  sites: { en: onSite, de: onSite },
};
const withBoth = (changes: Partial<EntrySiteState>): EntryState => ({
  ...state,
  sites: { en: { ...onSite, ...changes }, de: { ...onSite, ...changes } },
});
const withGerman = (changes: Partial<EntrySiteState>): EntryState => ({
  ...state,
  sites: { en: onSite, de: { ...onSite, ...changes } },
});

describe('compareStates', () => {
  it.each<[string, EntryState, readonly unknown[]]>([
    ['nothing', state, []],
    ['the switch', { ...state, enabled: false }, [['enabled', 'Enabled', true, false]]],
    [
      'dates',
      { ...state, postAt: null, expiresAt: Date.UTC(2027, 0, 1) },
      [
        ['postDate', 'Post date', '2026-11-21T10:30:00.000Z', null],
        ['expiryDate', 'Expiry date', null, '2027-01-01T00:00:00.000Z'],
      ],
    ],
    ['authors', { ...state, authorIds: [2, 1] }, [['authors', 'Authors', [1], [2, 1]]]],
    ['the parent', { ...state, parentId: 9 }, [['parentId', 'Parent', null, 9]]],
    ['a title on all sites', withBoth({ title: 'Hi' }), [['title', 'Headline', 'Hello', 'Hi']]],
    [
      'a title on one site',
      withGerman({ title: 'Hallo' }),
      [['sites.de.title', 'Headline (Deutsch)', 'Hello', 'Hallo']],
    ],
    [
      'what each site has in its own words',
      { ...state, sites: { en: { ...onSite, slug: 'hi' }, de: { ...onSite, slug: 'hallo' } } },
      [
        ['sites.en.slug', 'Slug (English)', 'hello', 'hi'],
        ['sites.de.slug', 'Slug (Deutsch)', 'hello', 'hallo'],
      ],
    ],
    [
      'the switch of a site',
      withGerman({ enabled: false }),
      [['sites.de.enabledForSite', 'Enabled for site (Deutsch)', true, false]],
    ],
    [
      'fields by their labels',
      withBoth({ fields: { body: 'Twice', rating: 2, proven: true } }),
      [
        ['fields.body', 'Story', 'Once', 'Twice'],
        ['fields.rating', 'Rating', 1, 2],
        ['fields.proven', 'Proven', false, true],
      ],
    ],
    [
      'fields that a new entry has by itself are none that changed',
      withBoth({ fields: { body: 'Once', rating: 1, proven: false } }),
      [],
    ],
    ['fields nobody has any more', withBoth({ fields: { body: 'Once', rating: 1, gone: 'x' } }), []],
    [
      'a site that is gone',
      { ...state, sites: { en: onSite } },
      [
        ['sites.de.title', 'Headline (Deutsch)', 'Hello', null],
        ['sites.de.slug', 'Slug (Deutsch)', 'hello', null],
        ['sites.de.enabledForSite', 'Enabled for site (Deutsch)', true, null],
        ['sites.de.fields.body', 'Story (Deutsch)', 'Once', null],
        ['sites.de.fields.rating', 'Rating (Deutsch)', 1, null],
        ['sites.de.fields.proven', 'Proven (Deutsch)', false, null],
      ],
    ],
    ['a site that the section is not on', { ...state, sites: { ...state.sites, fr: onSite } }, []],
    [
      'another entry type, with the fields of both',
      { ...withBoth({ fields: { aside: 'By the way' } }), type: 'note' },
      [
        ['type', 'Entry type', 'story', 'note'],
        ['fields.body', 'Story', 'Once', null],
        ['fields.rating', 'Rating', 1, null],
        ['fields.aside', 'Aside', null, 'By the way'],
      ],
    ],
  ])('tells %s', (_what, after, expected) => {
    const found = compareStates(state, after, content, stories);
    expect(found.map(({ path, label, before, after }) => [path, label, before, after])).toEqual(expected);
  });

  it('takes values for the same whatever the order of their keys', () => {
    const [one, other] = [
      withBoth({ fields: { data: [{ a: 1, b: [2] }] } }),
      withBoth({ fields: { data: [{ b: [2], a: 1 }] } }),
    ];
    expect(compareStates(one, other, content, stories)).toEqual([]);
    const longer = withBoth({ fields: { data: [{ a: 1, b: [2, 3] }] } });
    expect(compareStates(one, longer, content, stories)).toHaveLength(1);
  });
});
