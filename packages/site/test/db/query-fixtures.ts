import { sql } from 'kysely';
import { entryType } from '../../src/content/entry-type.ts';
import { createContent } from '../../src/content/create-content.ts';
import { section } from '../../src/content/section.ts';
import type { SiteDatabase } from '../../src/db/create-database.ts';
import { fieldIndex } from '../../src/db/field-expression.ts';
import { derivedOf } from '../../src/entries/derived.ts';
import type { NewEntry } from '../../src/entries/entry-store.ts';
import { createEntries } from '../../src/entries/query/create-entries.ts';
import type { QueryParts } from '../../src/entries/query/load-entries.ts';
import { field } from '../../src/fields/define.ts';
import { resolveSettings } from '../../src/resolve-settings.ts';
import { userNamed } from './fixtures.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const HOUR = 3_600_000;
export const COLOURS = ['red', 'green', 'blue'] as const;

const posts = section({
  handle: 'posts',
  type: 'channel',
  uriFormat: 'posts/{slug}',
  entryTypes: [
    entryType('post', {
      summary: field.text(),
      rating: field.number(),
      featured: field.lightswitch(),
      happens: field.date(),
      colour: field.dropdown({ options: COLOURS }),
      colours: field.checkboxes({ options: COLOURS }),
      related: field.entries(),
      readers: field.users(),
      covers: field.assets(),
      rows: field.table({ columns: { text: field.text() } }),
    }),
    entryType('note', { summary: field.text(), rating: field.number() }),
  ],
});
const pages = section({
  handle: 'pages',
  type: 'structure',
  entryTypes: [entryType('page', { rating: field.text() })],
});
const about = section({ handle: 'about', type: 'single', entryTypes: [entryType('aboutPage', {})] });

export const sections = [posts, pages, about] as const;

const options = {
  siteUrl: 'https://example.com',
  sites: [
    { handle: 'en', language: 'en' },
    { handle: 'de', language: 'de', baseUrl: '/de' },
  ],
  sections,
};

export const settings = resolveSettings(options, {});
export const content = createContent(settings);

/** The site's way to read entries, over these stores. */
export function entriesOn(database: QueryParts['database']) {
  return createEntries<(typeof sections)[number]>({ database, content, settings, now: () => NOW });
}

/** A post as the tests know it, by its number from 0 to 59. */
export interface Known {
  readonly at: number;
  readonly id: number;
  readonly state: NewEntry;
}

export interface Filled {
  readonly ada: number;
  readonly ben: number;
  readonly posts: readonly Known[];
  /** Ids by title. */
  readonly pages: Readonly<Record<string, number>>;
}

const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length] as Item;
const LONG = 'long '.repeat(60);

/** Sixty posts of every status, with values that repeat, that are missing and that are longer than an index has them. */
function postAt(at: number, authors: readonly number[], firstId: number | null): NewEntry {
  const isDraft = at % 20 === 19;
  const isNote = at % 6 === 5;
  const title = pick(['Alpha', 'beta', 'Ångström', 'alpha', 'Zeta'], at) + (at % 3 === 0 ? '' : ` ${at}`);
  const fields = {
    summary: at % 7 === 0 ? null : at % 11 === 0 ? LONG + at : `text ${at % 9}`,
    rating: at % 5 === 0 ? null : (at % 4) + (at % 8 === 1 ? 0.5 : 0),
    ...(!isNote && {
      featured: at % 2 === 0,
      happens: new Date(NOW + ((at % 13) - 6) * HOUR).toISOString(),
      colour: at % 10 === 0 ? null : pick(COLOURS, at),
      colours: COLOURS.filter((_, index) => (at >> index) % 2 === 1),
      related: firstId === null || at % 3 !== 0 ? [] : [firstId],
      readers: at % 12 === 0 ? [...authors] : [],
    }),
  };
  const state = {
    title,
    slug: isDraft ? null : `post-${at}`,
    uri: isDraft ? null : `posts/post-${at}`,
    enabled: at % 9 !== 8,
    fields,
  };
  return {
    section: 'posts',
    type: isNote ? 'note' : 'post',
    draft: isDraft,
    creatorId: pick([authors[0] ?? null, null], at),
    enabled: at % 17 !== 16,
    postAt: isDraft ? null : pick([NOW - HOUR, NOW - 2 * HOUR, NOW, NOW + HOUR, NOW - (at + 3) * HOUR], at),
    expiresAt: at % 8 === 3 ? NOW - 60_000 : at % 8 === 5 ? NOW + HOUR : null,
    authorIds:
      at % 4 === 3 ? [] : at % 4 === 2 ? [...authors].reverse() : authors.slice(at % 4, (at % 4) + 1),
    parentId: null,
    sites: at % 5 === 1 ? { en: state, de: { ...state, title: `${title} (de)` } } : { en: state },
  };
}

export async function fill({ database, kysely, kind }: SiteDatabase): Promise<Filled> {
  for (const { handle, types } of content.sections) {
    const compared = new Map(
      types.flatMap(({ fields }) =>
        Object.entries(fields).map(([name, { comparedAs }]) => [name, comparedAs]),
      ),
    );
    for (const [name, as] of compared)
      if (as !== undefined) await sql.raw(fieldIndex(kind, handle, name, as)).execute(kysely);
  }
  const ada = (await database.users.insert(userNamed('ada'), NOW)).id;
  const ben = (await database.users.insert(userNamed('ben'), NOW)).id;
  return database.transaction(async ({ entries }) => {
    async function insert(entry: NewEntry, at: number): Promise<number> {
      const kind = content.section(entry.section);
      const type = kind && content.type(kind, entry.type);
      if (type === undefined) throw new Error(entry.type);
      return (await entries.insert(entry, derivedOf(type, entry), 'end', NOW - (at % 7) * HOUR)).id;
    }
    const known: Known[] = [];
    for (let at = 0; at < 60; at++) {
      const state = postAt(at, [ada, ben], known[0]?.id ?? null);
      known.push({ at, id: await insert(state, at), state });
    }
    const ids: Record<string, number> = {};
    for (const [title, parent] of [
      ['One', null],
      ['Two', null],
      ['One A', 'One'],
      ['One B', 'One'],
      ['One A i', 'One A'],
      ['Two A', 'Two'],
    ] as const) {
      const state = {
        title,
        slug: title.toLowerCase().replaceAll(' ', '-'),
        uri: null,
        enabled: true,
        fields: {},
      };
      ids[title] = await insert(
        {
          ...{
            section: 'pages',
            type: 'page',
            draft: false,
            creatorId: null,
            enabled: true,
            postAt: NOW - HOUR,
          },
          ...{ expiresAt: null, authorIds: [], parentId: parent === null ? null : (ids[parent] ?? null) },
          sites: { en: state },
        },
        0,
      );
    }
    return { ada, ben, posts: known, pages: ids };
  });
}
