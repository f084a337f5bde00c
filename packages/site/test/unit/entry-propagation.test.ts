import { describe, expect, it, test } from 'vitest';
import { createContent } from '../../src/content/create-content.ts';
import { entryType, type EntryTypeOptions } from '../../src/content/entry-type.ts';
import { section, type SectionOptions } from '../../src/content/section.ts';
import { propagated, sharesValue, sitesFrom } from '../../src/entries/propagation.ts';
import { field } from '../../src/fields/define.ts';
import type { Translation } from '../../src/fields/field.ts';

const sites = [
  { handle: 'en', language: 'en' },
  { handle: 'gb', language: 'en', group: 'islands' },
  { handle: 'de', language: 'de', group: 'islands' },
];

function contentOf(options: Partial<SectionOptions> = {}, type: EntryTypeOptions = {}) {
  const fields = {
    shared: field.text(),
    own: field.text({ translation: 'site' }),
  };
  const content = createContent({
    siteUrl: 'https://example.com',
    sites,
    sections: [
      section({
        handle: 'posts',
        type: 'channel',
        entryTypes: [entryType('post', fields, type)],
        ...options,
      }),
    ],
  });
  const [posts] = content.sections;
  const [post] = posts?.types ?? [];
  if (posts === undefined || post === undefined) throw new Error('There is no section.');
  return { content, posts, post };
}

describe('sitesFrom', () => {
  test.each([
    ['all', 'de', ['de', 'en', 'gb']],
    ['none', 'de', ['de']],
    ['custom', 'de', ['de']],
    ['siteGroup', 'de', ['de', 'gb']],
    ['language', 'gb', ['gb', 'en']],
    ['all', 'nowhere', []],
    ['all', 'constructor', []],
  ] as const)('%s from %s: %j', (propagationMethod, origin, expected) => {
    expect(sitesFrom(contentOf({ propagationMethod }).posts, origin)).toEqual(expected);
  });
});

describe('sharesValue', () => {
  const { content } = contentOf();
  const [en, gb, de] = ['en', 'gb', 'de'].map((handle) => content.site(handle) ?? content.primarySite);
  const byFirst: Translation = ({ handle }) => handle.slice(0, 1);
  test.each([
    ['none', true, true, true],
    ['site', false, false, false],
    ['siteGroup', false, true, false],
    ['language', true, false, false],
    [byFirst, false, false, false],
    [() => 'x', true, true, true],
  ] as const)('%s', (translation, enGb, gbDe, enDe) => {
    if (en === undefined || gb === undefined || de === undefined) throw new Error('There are no sites.');
    expect(sharesValue(translation, en, gb)).toBe(enGb);
    expect(sharesValue(translation, gb, de)).toBe(gbDe);
    expect(sharesValue(translation, en, de)).toBe(enDe);
    expect(sharesValue(translation, en, en)).toBe(true);
  });
});

describe('propagated', () => {
  const version = (title: string, fields = {}) => ({ title, slug: title, uri: title, enabled: true, fields });
  const state = (given: Record<string, ReturnType<typeof version>>) => ({
    type: 'post',
    enabled: true,
    postAt: null,
    expiresAt: null,
    authorIds: [],
    parentId: null,
    sites: given,
  });

  it('gives new sites a copy without a path, and present ones what they share', () => {
    const { posts, post } = contentOf({ sites: { en: {}, gb: {}, de: { enabledByDefault: false } } });
    const before = state({
      en: version('New', { shared: 'a', own: 'b' }),
      gb: version('Old', { shared: 'x', own: 'y', gone: 'z' }),
    });
    expect(propagated(posts, post, before, 'en').sites).toEqual({
      en: version('New', { shared: 'a', own: 'b' }),
      gb: version('Old', { shared: 'a', own: 'y', gone: 'z' }),
      de: { title: 'New', slug: 'New', uri: null, enabled: false, fields: { shared: 'a', own: 'b' } },
    });
  });

  it('shares titles as the type says', () => {
    const { posts, post } = contentOf({}, { titleTranslation: 'language' });
    const before = state({ en: version('New'), gb: version('Old'), de: version('Alt') });
    const { sites: after } = propagated(posts, post, before, 'en');
    expect([after['gb']?.title, after['de']?.title]).toEqual(['New', 'Alt']);
  });

  it('leaves out sites that the section is not on any more, and keeps those that it does not reach', () => {
    const { posts, post } = contentOf({ propagationMethod: 'none', sites: { en: {}, de: {} } });
    const before = state({ en: version('A'), gb: version('B'), de: version('C') });
    expect(Object.keys(propagated(posts, post, before, 'en').sites)).toEqual(['en', 'de']);
  });
});
