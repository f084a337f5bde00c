import { expect, it } from 'vitest';
import { createContent } from '../../src/content/create-content.ts';
import { entryType } from '../../src/content/entry-type.ts';
import { section } from '../../src/content/section.ts';
import type { Entry } from '../../src/entries/entry.ts';
import { entryRecord, entryUrl } from '../../src/entries/query/entry-record.ts';
import { statusOf } from '../../src/entries/status.ts';
import { field } from '../../src/fields/define.ts';

const NOW = 1_800_000_000_000;
const content = createContent({
  siteUrl: 'https://example.com',
  sites: [
    { handle: 'en', language: 'en' },
    { handle: 'de', language: 'de', baseUrl: '/de' },
  ],
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      entryTypes: [entryType('post', { body: field.text(), featured: field.lightswitch({ default: true }) })],
    }),
  ],
});
const entry: Entry = {
  ...{
    id: 7,
    uid: 'u',
    section: 'posts',
    type: 'post',
    draft: false,
    enabled: true,
    postAt: NOW,
    expiresAt: null,
  },
  ...{
    authorIds: [3],
    parentId: null,
    level: 1,
    creatorId: 3,
    version: 2,
    createdAt: NOW - 2,
    updatedAt: NOW - 1,
  },
  sites: {
    en: { title: 'Hello', slug: 'hello', uri: 'posts/hello', enabled: true, fields: { body: 'Text.' } },
  },
};

it.each([
  ['live', {}],
  ['live', { expiresAt: NOW + 1 }],
  ['expired', { expiresAt: NOW }],
  ['pending', { postAt: NOW + 1 }],
  ['pending', { postAt: null }],
  ['pending', { postAt: NOW + 1, expiresAt: NOW }],
  ['disabled', { enabled: false }],
  ['disabled', { enabled: false, postAt: NOW + 1 }],
  ['disabled', { sites: {} }],
  ['draft', { draft: true, enabled: false }],
])('is %s with %o', (status, more) => {
  expect(statusOf({ ...entry, ...more }, 'en', NOW)).toBe(status);
});

it('is disabled on a site where it is switched off, whatever the others say', () => {
  const sites = { en: { title: null, slug: 'a', uri: null, enabled: false, fields: {} } };
  expect(statusOf({ ...entry, sites }, 'en', NOW)).toBe('disabled');
  // Names that every object has are no sites.
  expect(statusOf(entry, 'constructor', NOW)).toBe('disabled');
});

it('shows all that is known on a site, with every field of its type', () => {
  expect(entryRecord(entry, 'en', content, NOW)).toEqual({
    ...{
      id: 7,
      uid: 'u',
      section: 'posts',
      type: 'post',
      site: 'en',
      language: 'en',
      title: 'Hello',
      slug: 'hello',
    },
    ...{
      uri: 'posts/hello',
      url: 'https://example.com/posts/hello',
      status: 'live',
      enabled: true,
      enabledForSite: true,
    },
    ...{
      postDate: new Date(NOW),
      expiryDate: null,
      dateCreated: new Date(NOW - 2),
      dateUpdated: new Date(NOW - 1),
    },
    ...{ authorIds: [3], creatorId: 3, parentId: null, level: 1, version: 2 },
    fields: { body: 'Text.', featured: true },
  });
});

it('has the fields of its type alone, and none of another kind', () => {
  const fields = { body: ['a'], featured: 1, gone: 'Left the code.' };
  const sites = { en: { title: null, slug: null, uri: null, enabled: true, fields } };
  expect(entryRecord({ ...entry, sites }, 'en', content, NOW)?.fields).toEqual({
    body: null,
    featured: true,
  });
});

it('is nothing where the entry, or the content, has no such site, section or type', () => {
  for (const site of ['de', 'fr', 'constructor'])
    expect(entryRecord(entry, site, content, NOW)).toBeUndefined();
  for (const more of [{ section: 'gone' }, { type: 'gone' }])
    expect(entryRecord({ ...entry, ...more }, 'en', content, NOW)).toBeUndefined();
});

it.each([
  ['__home__', 'https://example.com/'],
  ['posts/hello', 'https://example.com/posts/hello'],
  ['posts/grüße wien', 'https://example.com/posts/gr%C3%BC%C3%9Fe%20wien'],
  ['a?b#c', 'https://example.com/a%3Fb%23c'],
])('has %s at %s', (uri, url) => {
  expect(entryUrl('https://example.com', uri)).toBe(url);
});
