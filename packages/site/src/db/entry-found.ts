import { sql, type RawBuilder } from 'kysely';
import type { DatabaseKind } from './connect.ts';

// A word of the title says more than one of the body.
const TITLE_WEIGHT = 4;

/** FTS5's and PostgreSQL's ways to say: all of these words, the last by its beginning. Words are letters and digits. */
function matchText(kind: DatabaseKind, words: readonly string[]): string {
  const isLast = (at: number): boolean => at === words.length - 1;
  return kind === 'sqlite'
    ? words.map((word, at) => `"${word}"${isLast(at) ? ' *' : ''}`).join(' ')
    : words.map((word, at) => `'${word}'${isLast(at) ? ':*' : ''}`).join(' & ');
}

/** `select` of the ids of rows of `entry_sites` that have these words. */
export function foundIds(kind: DatabaseKind, words: readonly string[]): RawBuilder<unknown> {
  const match = matchText(kind, words);
  return kind === 'sqlite'
    ? sql`select rowid from entry_search where entry_search match ${match}`
    : sql`select id from entry_search where words @@ to_tsquery('simple', ${match})`;
}

/** The same with a `score`, higher for what fits better. */
export function foundScores(kind: DatabaseKind, words: readonly string[]): RawBuilder<unknown> {
  const match = matchText(kind, words);
  return kind === 'sqlite'
    ? sql`
        select rowid as id, -bm25(entry_search, ${sql.lit(TITLE_WEIGHT)}, 1) as score
        from entry_search where entry_search match ${match}
      `
    : sql`
        select id, ts_rank(words, to_tsquery('simple', ${match}))::double precision as score
        from entry_search where words @@ to_tsquery('simple', ${match})
      `;
}
