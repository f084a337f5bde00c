import { excerpt } from '../components/prose.ts';
import type { Database } from './database.ts';

export interface Hit {
  readonly kind: 'post' | 'product';
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
}

/** Posts and products that hold every word of a query, titles first. */
export function search({ sql }: Database, query: string): Hit[] {
  const words = JSON.stringify(query.split(/\s+/).filter(Boolean).slice(0, 8));
  const found = sql.all`
    WITH things (kind, title, url, text) AS (
      SELECT 'post', title, '/posts/' || slug, body FROM posts
      UNION ALL
      SELECT 'product', name, '/products/' || id, description FROM products
    )
    SELECT kind, title, url, replace(text, char(10), ' ') AS text FROM things
    WHERE NOT EXISTS (
      SELECT 1 FROM json_each(${words}) AS word
      WHERE instr(lower(title || ' ' || text), lower(word.value)) = 0
    )
    ORDER BY instr(lower(title), lower(${query})) = 0, kind, title
    LIMIT 20` as unknown as Found[];
  return found.map(({ text, ...hit }) => ({ ...hit, excerpt: excerpt(text, 160) }));
}

interface Found extends Omit<Hit, 'excerpt'> {
  readonly text: string;
}
