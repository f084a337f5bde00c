import type { Accounts } from '../accounts/site.ts';
import { pathOf } from '../components/entry-link.ts';
import { plainText } from '../components/markdown.ts';
import { excerpt } from '../components/prose.ts';
import type { Database } from './database.ts';

export interface Hit {
  readonly kind: 'post' | 'product' | 'tag' | 'page';
  /** What it is part of, for people. */
  readonly place: string;
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
}

/** The sections that visitors search, with what a hit there is. */
const PLACES: ReadonlyMap<string, Pick<Hit, 'kind' | 'place'>> = new Map([
  ['posts', { kind: 'post', place: 'Journal' }],
  ['tags', { kind: 'tag', place: 'Tags' }],
  ['help', { kind: 'page', place: 'Help' }],
]);

const MOST = 20;

/** What everybody may see of the site's content, and pots, that holds every word of a query: the best of each first. */
export async function search(db: Database, accounts: Accounts, query: string): Promise<Hit[]> {
  const entries = await accounts.entries().where('uri', '!=', null).search(query).limit(MOST).all();
  return [...entries.flatMap(entryHit), ...productHits(db, query)].slice(0, MOST);
}

type FoundEntry = Awaited<ReturnType<ReturnType<Accounts['entries']>['all']>>[number];

function entryHit({ section, title, uri, fields }: FoundEntry): Hit[] {
  const place = PLACES.get(section);
  if (place === undefined || title === null || uri === null) return [];
  const { body } = fields;
  const text = typeof body === 'string' ? plainText(body) : '';
  return [{ ...place, title, url: pathOf({ uri }), excerpt: excerpt(text, 160) }];
}

/** Titles first. */
function productHits({ sql }: Database, query: string): Hit[] {
  const words = JSON.stringify(query.split(/\s+/).filter(Boolean).slice(0, 8));
  const found = sql.all`
    SELECT name AS title, '/products/' || id AS url, replace(description, char(10), ' ') AS text FROM products
    WHERE NOT EXISTS (
      SELECT 1 FROM json_each(${words}) AS word
      WHERE instr(lower(name || ' ' || description), lower(word.value)) = 0
    )
    ORDER BY instr(lower(name), lower(${query})) = 0, name
    LIMIT ${MOST}` as unknown as FoundProduct[];
  return found.map(({ text, ...hit }) => ({
    kind: 'product',
    place: 'The shelf',
    ...hit,
    excerpt: excerpt(text, 160),
  }));
}

interface FoundProduct extends Pick<Hit, 'title' | 'url'> {
  readonly text: string;
}
