import type { ContentSection } from '../../content/content.ts';
import type { EntryType } from '../../content/entry-type.ts';
import type { Section } from '../../content/section.ts';
import { createEntryQuery } from './create-entry-query.ts';
import type { EntryQuery } from './entry-query.ts';
import type { QueryParts } from './load-entries.ts';

/** The sections that options declare. */
export type SectionsOf<Options> = Options extends { readonly sections?: infer Sections }
  ? NonNullable<Sections> extends readonly (infer Each extends Section)[]
    ? Each
    : Section
  : Section;

/** The entry types of the section of that handle. */
export type TypesOfSection<Sections, Handle> =
  Extract<Sections, { readonly handle: Handle }> extends { readonly entryTypes: infer Types }
    ? Types extends readonly (infer Each extends EntryType)[]
      ? Each
      : EntryType
    : EntryType;

/** Where queries begin. */
export interface Entries<Sections extends Section = Section> {
  /** Of one section, by its handle: fields are typed as it declares them. Throws a `TypeError` where there is none. */
  <const Handle extends Sections['handle']>(section: Handle): EntryQuery<TypesOfSection<Sections, Handle>>;
  /** Of every section: for addresses, searching the whole site, sitemaps. Fields are not for `where` and `orderBy` there. */
  (): EntryQuery;
}

/** The primary site, or the section's first where it is not on that one. */
function homeOf({ primarySite }: QueryParts['content'], section: ContentSection | undefined): string {
  if (section === undefined || section.sites.has(primarySite.handle)) return primarySite.handle;
  return [...section.sites.keys()][0] ?? primarySite.handle;
}

export function createEntries<Sections extends Section>(parts: QueryParts): Entries<Sections> {
  const { content } = parts;
  function entries(handle?: string): EntryQuery {
    const section = handle === undefined ? undefined : content.section(handle);
    if (handle !== undefined && section === undefined) {
      const known = content.sections.map((one) => one.handle).join(', ');
      throw new TypeError(
        `There is no section “${handle}”. ${known === '' ? 'None is declared.' : `There are: ${known}.`}`,
      );
    }
    return createEntryQuery(parts, {
      sections: section === undefined ? content.sections : [section],
      isEverySection: section === undefined,
      sites: [homeOf(content, section)],
      statuses: ['live'],
      viewer: null,
      where: [],
      words: null,
      order: [],
      cursor: null,
      limit: null,
      offset: 0,
      loads: [],
    });
  }
  return entries as unknown as Entries<Sections>;
}
