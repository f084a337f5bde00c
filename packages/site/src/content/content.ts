import type { FieldLayout } from '../fields/field.ts';
import type { EntryTypeOptions } from './entry-type.ts';
import type { GuestOptions, SectionType } from './section.ts';
import type { ContentSite } from './site-definition.ts';

/** An entry type of a section, with its defaults. */
export interface ContentType {
  readonly handle: string;
  /** What forms and answers call it: its `id` where it has one, else its handle. */
  readonly id: number | string;
  readonly name: string;
  readonly fields: FieldLayout;
  readonly hasTitleField: boolean;
  readonly titleFormat: string | undefined;
  readonly titleLabel: string;
  readonly titleTranslation: NonNullable<EntryTypeOptions['titleTranslation']>;
  /** For the next migration. */
  readonly renamedFrom?: string | undefined;
}

/** What a section does on one of its sites, with defaults. */
export interface SectionSite {
  readonly site: ContentSite;
  readonly enabledByDefault: boolean;
  readonly uriFormat: string | null;
}

/** A section with its defaults. */
export interface ContentSection {
  readonly handle: string;
  readonly id: number | string;
  readonly name: string;
  readonly type: SectionType;
  /** At least one; the first is the default. */
  readonly types: readonly ContentType[];
  /** By handle of the site; at least one. */
  readonly sites: ReadonlyMap<string, SectionSite>;
  readonly maxLevels: number;
  readonly defaultPlacement: 'beginning' | 'end';
  readonly maxAuthors: number;
  readonly minAuthors: number;
  readonly enableVersioning: boolean;
  readonly reservedSlugs: ReadonlySet<string>;
  readonly propagationMethod: 'none' | 'siteGroup' | 'language' | 'custom' | 'all';
  readonly guests:
    | (Required<Omit<GuestOptions, 'authorId'>> & { readonly authorId: number | null })
    | undefined;
  /** For the next migration. */
  readonly renamedFrom?: string | undefined;
}

/** The model of the content: sites, sections, entry types and fields, checked, with all defaults. */
export interface Content {
  /** At least one; the primary one first. */
  readonly sites: readonly ContentSite[];
  readonly primarySite: ContentSite;
  readonly sections: readonly ContentSection[];
  /** By handle, or by the number that the configuration gave it, as number or text. */
  site(id: string | number): ContentSite | undefined;
  section(id: string | number): ContentSection | undefined;
  /** Of that section. */
  type(section: ContentSection, id: string | number): ContentType | undefined;
}
