import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { IDS_IN_A_PART, partsUpTo } from '../src/xml/sitemap.ts';
import { atTheDesk, TOMORROW, YESTERDAY } from './entries.ts';
import { useSite } from './site.ts';
import { Visitor, type Page } from './visitor.ts';
import { allNamed, parseXml, textOf, type XmlElement } from './xml.ts';

const HOSTILE = '</title>]]> & <b title="x">\'Bold\u0001\u001F\uFFFE 🏺';
const BODY = 'First ]]> & <script>alert(1)</script>\u0002 **bold** [home](/help) [x](javascript:alert(1))';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const site = useSite();
let visitor: Visitor;
let hostile: { readonly uid: string; readonly slug: string | null };

beforeAll(async () => {
  visitor = new Visitor(site.url);
  hostile = await atTheDesk(site.dataFolder, async ({ saveEntry }) => {
    const tag = await saveEntry('tags', { title: 'Salt & "Fire"' });
    const fields = { body: 'A text of its own.', tags: [tag.id] };
    await saveEntry('posts', { title: 'Waits for tomorrow', postDate: TOMORROW(), fields });
    await saveEntry('posts', { title: 'Is hidden', enabled: false, fields });
    await saveEntry('posts', { title: 'Is a draft', draft: true, fields });
    await saveEntry('posts', {
      title: 'Is over',
      postDate: new Date('2026-01-01'),
      expiryDate: YESTERDAY(),
      fields,
    });
    await saveEntry('posts', { title: 'Ordinary', postDate: YESTERDAY(), fields: { body: 'No tag.' } });
    await saveEntry('help', { title: 'A hidden page', enabled: false });
    return saveEntry('posts', { title: HOSTILE, fields: { body: BODY, tags: [tag.id] } });
  });
});

async function feedOf(path: string): Promise<XmlElement> {
  const page = await visitor.get(path);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    'application/atom+xml; charset=utf-8',
  ]);
  return parseXml(page.body);
}

const titlesOf = (feed: XmlElement): unknown =>
  allNamed(feed, 'entry').map((entry) => textOf(entry, 'title'));

const linkOf = (element: XmlElement, rel: string): string | undefined =>
  element.children.find(({ name, attributes }) => name === 'link' && attributes['rel'] === rel)?.attributes[
    'href'
  ];

describe('the feed', () => {
  test('is Atom: what RFC 4287 asks of a feed and its entries', async () => {
    const feed = await feedOf('/feed.atom');
    expect(feed).toMatchObject({ name: 'feed', attributes: { xmlns: 'http://www.w3.org/2005/Atom' } });
    expect(textOf(feed, 'id')).toMatch(/^tag:[^,]+,2026:\/feed\.atom$/);
    expect(textOf(feed, 'title')).toBe('Saltglaze');
    expect(linkOf(feed, 'self')).toBe(`${site.url}/feed.atom`);
    expect(linkOf(feed, 'alternate')).toBe(`${site.url}/`);
    const entries = allNamed(feed, 'entry');
    const times = entries.map((entry) => textOf(entry, 'updated') ?? '');
    expect(textOf(feed, 'updated')).toBe(times.toSorted().at(-1));
    for (const entry of entries) {
      expect(textOf(entry, 'id')).toMatch(/^urn:uuid:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/);
      expect(textOf(entry, 'updated')).toMatch(TIME);
      expect(textOf(entry, 'published')).toMatch(TIME);
      expect(textOf(entry, 'name')).not.toBe('');
      expect(linkOf(entry, 'alternate')).toMatch(new RegExp(`^${site.url}/posts/`));
      expect(allNamed(entry, 'content')[0]?.attributes['type']).toBe('html');
    }
    expect(new Set(entries.map((entry) => textOf(entry, 'id'))).size).toBe(entries.length);
  });

  test('has what everybody sees, the newest first, and nothing else', async () => {
    const titles = titlesOf(await feedOf('/feed.atom')) as string[];
    expect(titles.slice(0, 2)).toEqual(['</title>]]> & <b title="x">\'Bold 🏺', 'Ordinary']);
    expect(titles).toContain('What the salt does');
    for (const hidden of ['Waits for tomorrow', 'Is hidden', 'Is a draft', 'Is over'])
      expect(titles).not.toContain(hidden);
  });

  test('what somebody wrote stays text, in title and content', async () => {
    const [entry] = allNamed(await feedOf('/feed.atom'), 'entry');
    expect(entry && textOf(entry, 'id')).toBe(`urn:uuid:${hostile.uid}`);
    const content = (entry && textOf(entry, 'content')) ?? '';
    expect(content).toContain('<strong>bold</strong>');
    expect(content).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(content).not.toContain('<script');
    expect(content).not.toContain('javascript:');
  });

  test('is asked for again by its ETag or its date', async () => {
    const first = await visitor.get('/feed.atom');
    const etag = first.headers.get('etag') ?? '';
    const date = first.headers.get('last-modified') ?? '';
    expect(Date.parse(date)).toBeGreaterThan(Date.now() - 600_000);
    const asked: Array<Record<string, string>> = [
      { 'if-none-match': etag },
      { 'if-none-match': `"another", W/${etag}` },
      { 'if-modified-since': date },
    ];
    for (const headers of asked) {
      const again = await visitor.get('/feed.atom', headers);
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    const other = { 'if-none-match': '"another"', 'if-modified-since': date };
    expect((await visitor.get('/feed.atom', other)).status).toBe(200);
  });

  test('each tag has one, and a tag that nobody made has none', async () => {
    const feed = await feedOf('/tags/salt-fire/feed.atom');
    expect(textOf(feed, 'title')).toBe('Saltglaze: Salt & "Fire"');
    expect(linkOf(feed, 'self')).toBe(`${site.url}/tags/salt-fire/feed.atom`);
    expect(linkOf(feed, 'alternate')).toBe(`${site.url}/tags/salt-fire`);
    expect(allNamed(feed, 'entry')).toHaveLength(1);
    expect((await visitor.get('/tags/nothing/feed.atom')).status).toBe(404);
  });

  test('pages name it, and those of a tag the tag’s, too', async () => {
    const link = (href: string, title: string): string =>
      `<link rel="alternate" type="application/atom+xml" title="${title}" href="${href}" />`;
    expect((await visitor.get('/products')).body).toContain(link('/feed.atom', 'Saltglaze'));
    const { body } = await visitor.get('/tags/salt-fire');
    expect(body).toContain(link('/feed.atom', 'Saltglaze'));
    expect(body).toContain(link('/tags/salt-fire/feed.atom', 'Saltglaze: Salt &amp; &quot;Fire&quot;'));
  });
});

describe('the sitemap', () => {
  const placesOf = ({ body }: Page): readonly string[] =>
    allNamed(parseXml(body), 'loc').map(({ text }) => text.slice(site.url.length));

  test('has every page that everybody sees, with its date', async () => {
    const page = await visitor.get('/sitemap.xml');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8']);
    const places = placesOf(page);
    expect(places).toEqual(
      expect.arrayContaining([
        ...['/', '/help', '/stories', '/contact', '/tags', '/products', '/gallery'],
        ...['/help/kilns/big-firing/what-may-go-in', '/tags/salt-fire', '/posts/ordinary'],
        `/posts/${hostile.slug}`,
      ]),
    );
    for (const hidden of ['waits', 'is-hidden', 'is-a-draft', 'is-over', 'a-hidden-page'])
      expect(places.filter((place) => place.includes(hidden))).toEqual([]);
    expect(new Set(places).size).toBe(places.length);
    for (const { text } of allNamed(parseXml(page.body), 'lastmod')) expect(text).toMatch(TIME);
    for (const place of places) expect((await visitor.get(place)).status).toBe(200);
  });

  test('robots are told of it', async () => {
    const { headers, body } = await visitor.get('/robots.txt');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(body).toContain(`\nSitemap: ${site.url}/sitemap.xml\n`);
  });

  test('no part has more than 50,000 addresses', () => {
    expect(IDS_IN_A_PART).toBeLessThan(50_000 - 100);
    expect([0, 1, IDS_IN_A_PART, IDS_IN_A_PART + 1].map(partsUpTo)).toEqual([1, 1, 1, 2]);
  });

  // The last one: from here on the ids of this site are high.
  test('where there are too many for one it names several, each with its own', async () => {
    const file = new DatabaseSync(join(site.dataFolder, 'site.db'), { timeout: 5000 });
    file.exec(`UPDATE sqlite_sequence SET seq = ${2 * IDS_IN_A_PART} WHERE name = 'entries'`);
    file.close();
    await atTheDesk(site.dataFolder, ({ saveEntry }) => saveEntry('help', { title: 'Far behind' }));
    const index = parseXml((await visitor.get('/sitemap.xml')).body);
    expect(index.name).toBe('sitemapindex');
    const parts = allNamed(index, 'loc').map(({ text }) => text);
    expect(parts).toEqual([1, 2, 3].map((part) => `${site.url}/sitemap-${part}.xml`));
    const places = await Promise.all(
      parts.map(async (url) => placesOf(await visitor.get(url.slice(site.url.length)))),
    );
    expect(places[0]).toContain('/posts/ordinary');
    expect(places.slice(1)).toEqual([[], ['/help/far-behind']]);
    expect((await visitor.get('/sitemap-4.xml')).status).toBe(404);
  });
});
