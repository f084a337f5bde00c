import { xmlText } from './xml-text.ts';

const SCHEMA = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** A sitemap may have 50,000 addresses: each part has the entries of so many ids, and the first a few pages beside. */
export const IDS_IN_A_PART = 49_000;

/** How many parts it takes when the ids go up to `last`. An entry stays in the same part for good. */
export function partsUpTo(last: number): number {
  return Math.max(1, Math.ceil(last / IDS_IN_A_PART));
}

export interface Place {
  /** The whole address. */
  readonly url: string;
  readonly changed?: Date;
}

export function sitemap(places: readonly Place[]): string {
  const urls = places.map(
    ({ url, changed }) =>
      `<url><loc>${xmlText(url)}</loc>${changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''}</url>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="${SCHEMA}">\n${urls.join('')}</urlset>\n`;
}

/** Of several sitemaps, by their addresses. */
export function sitemapIndex(urls: readonly string[]): string {
  const parts = urls.map((url) => `<sitemap><loc>${xmlText(url)}</loc></sitemap>\n`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="${SCHEMA}">\n${parts.join('')}</sitemapindex>\n`;
}
