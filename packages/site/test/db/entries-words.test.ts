import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { EntryDerived } from '../../src/entries/entry-store.ts';
import { searchText } from '../../src/lib/search-text.ts';
import { describeDatabases } from '../support/databases.ts';
import { changesOf, entryNamed, NO_DERIVED, siteState } from './entry-fixtures.ts';
import { HOSTILE } from './fixtures.ts';

const NOW = 1_700_000_000_000;

describeDatabases('words of entries', ({ kind, open }) => {
  async function opened() {
    const { database, kysely } = await open();
    /** `slug site` of what is found by one word, `title` first where it is in the title. */
    const by = async (word: string): Promise<string[]> => {
      const term = `"${searchText(word)}"`;
      const { rows } = await (
        kind === 'postgres'
          ? sql<{ slug: string; site: string }>`
              select slug, site from entry_search join entry_sites using (id)
              where words @@ phraseto_tsquery('simple', ${term}) order by site, slug
            `
          : sql<{ slug: string; site: string }>`
              select slug, site from entry_search join entry_sites on id = entry_search.rowid
              where entry_search match ${term} order by site, slug
            `
      ).execute(kysely);
      return rows.map(({ slug, site }) => `${slug} ${site}`);
    };
    const stored = async (): Promise<number> => {
      const { rows } = await sql<{ total: number }>`select count(*) as total from entry_search`.execute(
        kysely,
      );
      return rows[0]!.total;
    };
    return { ...database, kysely, by, stored };
  }

  const words = (texts: Readonly<Record<string, string>>): EntryDerived => ({
    sites: Object.fromEntries(
      Object.entries(texts).map(([site, keywords]) => [site, { keywords, references: [] }]),
    ),
  });
  const two = { en: siteState('a', { title: 'Brown Fox' }), de: siteState('b', { title: 'Fuchs' }) };

  it('are those of title and fields, site by site', async () => {
    const { entries, by } = await opened();
    const derived = words({ en: 'jumps high', de: 'springt' });
    await entries.insert(entryNamed('a', { sites: two }), derived, 'end', NOW);
    await entries.insert(entryNamed('other', { enabled: false }), NO_DERIVED, 'end', NOW);
    expect(await by('fox')).toEqual(['a en']);
    expect(await by('jumps')).toEqual(['a en']);
    expect(await by('SPRINGT')).toEqual(['b de']);
    expect(await by('other')).toEqual(['other en']);
    expect(await by('nothing')).toEqual([]);
  });

  it('change with the entry, and leave with its site', async () => {
    const { entries, by, stored } = await opened();
    const made = await entries.insert(
      entryNamed('a', { sites: two }),
      words({ en: 'old', de: 'alt' }),
      'end',
      NOW,
    );
    const sites = { en: siteState('a', { title: 'Red Hen' }) };
    await entries.update(made.id, changesOf(made, { sites }), words({ en: 'new' }), NOW);
    for (const word of ['fox', 'old', 'alt', 'fuchs']) expect(await by(word)).toEqual([]);
    for (const word of ['hen', 'new']) expect(await by(word)).toEqual(['a en']);
    expect(await stored()).toBe(1);
  });

  it('come when it is published, go when it is deleted, and come back with the save after it is restored', async () => {
    const { entries, by, stored } = await opened();
    const made = await entries.insert(
      entryNamed('a', { draft: true, sites: two }),
      words({ en: 'secret', de: 'geheim' }),
      'end',
      NOW,
    );
    expect(await stored()).toBe(0);
    const derived = words({ en: 'told', de: 'erzählt' });
    const published = await entries.update(made.id, changesOf(made, { draft: false }), derived, NOW);
    expect(await by('told')).toEqual(['a en']);
    expect(await by('secret')).toEqual([]);
    await entries.delete(made.id, NOW);
    expect([await by('told'), await stored()]).toEqual([[], 0]);
    await entries.restore(made.id, NOW);
    expect(await stored()).toBe(0);
    await entries.update(made.id, changesOf(published), derived, NOW);
    expect(await by('erzahlt')).toEqual(['b de']);
    await entries.update(made.id, changesOf(published, { draft: true }), derived, NOW);
    expect(await stored()).toBe(0);
  });

  it('leave nothing behind when entries are purged', async () => {
    const { entries, stored } = await opened();
    const { id } = await entries.insert(entryNamed('a'), NO_DERIVED, 'end', NOW);
    const kept = await entries.insert(entryNamed('b'), NO_DERIVED, 'end', NOW);
    await entries.delete(id, NOW);
    await entries.purgeDeleted(NOW + 1);
    expect(await stored()).toBe(1);
    await entries.update(kept.id, changesOf(kept), NO_DERIVED, NOW);
    expect(await stored()).toBe(1);
  });

  it('are found without accents, in any case, whatever stands between them', async () => {
    const { entries, by } = await opened();
    const keywords = 'Crème-brûlée, ÜBER/unter e.mail@example.com Ёлка ｆｕｌｌ 東京 3,14 naïve\u0301';
    await entries.insert(entryNamed('a'), words({ en: keywords }), 'end', NOW);
    for (const word of ['creme', 'BRULEE', 'uber', 'unter', 'example', 'елка', 'full', '東京', '14', 'naive'])
      expect([word, await by(word)]).toEqual([word, ['a en']]);
  });

  it('may be any text, of any length', async () => {
    const { entries, by } = await opened();
    const pairs = Array.from({ length: 60_000 }, (_, n) => String.fromCodePoint(0x20000 + (n % 40_000))).join(
      ' ',
    );
    const texts = [
      ...HOSTILE,
      'x'.repeat(400_000),
      pairs,
      '\0\uD800',
      '',
      `${'word '.repeat(39_999)}last cutoff`,
    ];
    for (const [n, text] of texts.entries()) {
      const sites = { en: siteState(`s${n}`, { title: text.slice(0, 255) }) };
      await entries.insert(entryNamed(null, { sites }), words({ en: text }), 'end', NOW);
    }
    expect(await by('drop')).toEqual(['s0 en']);
    expect(await by('last')).toEqual([`s${texts.length - 1} en`]);
    expect(await by('cutoff')).toEqual([]);
  });
});
