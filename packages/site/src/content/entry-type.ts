import type { FieldLayout } from '../fields/field.ts';

export interface EntryTypeOptions {
  /** A number that forms may call it by, beside its handle: for templates that came from Craft. */
  readonly id?: number;
  readonly name?: string;
  /** Whether people write the title. Default: yes; else `titleFormat` makes it. */
  readonly hasTitleField?: boolean;
  /** `{fields.number} by {author.username}`: what the title is made of where nobody writes one. */
  readonly titleFormat?: string;
  /** What people call the title. Default: Title. */
  readonly titleLabel?: string;
  /** Whether each site has a title of its own. Default: `site`. */
  readonly titleTranslation?: 'none' | 'site' | 'siteGroup' | 'language';
  /** The handle it had before, so that the next migration takes its entries along. */
  readonly renamedFrom?: string;
}

/** What entries of a kind are made of. */
export interface EntryType<Handle extends string = string, Layout extends FieldLayout = FieldLayout> {
  readonly handle: Handle;
  readonly fields: Layout;
  readonly options: EntryTypeOptions;
}

/** `entryType('post', { body: field.text(), cover: field.assets({ max: 1 }) })`: a kind of entries with its custom fields. */
export function entryType<const Handle extends string, const Layout extends FieldLayout>(
  handle: Handle,
  fields: Layout,
  options: EntryTypeOptions = {},
): EntryType<Handle, Layout> {
  return { handle, fields, options };
}
