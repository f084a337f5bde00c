import { xmlText } from './xml-text.ts';

export interface FeedEntry {
  /** An IRI that stays whatever becomes of title and address. */
  readonly id: string;
  readonly title: string;
  /** The whole address, as all are here. */
  readonly url: string;
  readonly author: string;
  readonly published: Date;
  readonly updated: Date;
  readonly html: string;
}

export interface Feed {
  readonly id: string;
  readonly title: string;
  /** Of the feed itself. */
  readonly self: string;
  /** Of the page that shows the same. */
  readonly page: string;
  readonly icon: string;
  readonly updated: Date;
  readonly entries: readonly FeedEntry[];
}

/** A feed by RFC 4287. */
export function atomFeed({ id, title, self, page, icon, updated, entries }: Feed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="${xmlText(page)}">
  <id>${xmlText(id)}</id>
  <title>${xmlText(title)}</title>
  <updated>${updated.toISOString()}</updated>
  <link rel="self" type="application/atom+xml" href="${xmlText(self)}"/>
  <link rel="alternate" type="text/html" href="${xmlText(page)}"/>
  <icon>${xmlText(icon)}</icon>
${entries.map(atomEntry).join('')}</feed>
`;
}

function atomEntry({ id, title, url, author, published, updated, html }: FeedEntry): string {
  return `  <entry>
    <id>${xmlText(id)}</id>
    <title>${xmlText(title)}</title>
    <link rel="alternate" type="text/html" href="${xmlText(url)}"/>
    <author><name>${xmlText(author)}</name></author>
    <published>${published.toISOString()}</published>
    <updated>${updated.toISOString()}</updated>
    <content type="html" xml:base="${xmlText(url)}">${xmlText(html)}</content>
  </entry>
`;
}
