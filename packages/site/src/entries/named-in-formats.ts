import type { ContentSection, ContentType } from '../content/content.ts';
import { namesIn } from '../content/format-names.ts';

/** What the titles and paths of a section's entries are made of, as far as it must be fetched. */
export interface NamedInFormats {
  readonly author: boolean;
  /** What an entry has only once it is in the database. */
  readonly identity: boolean;
  /** In paths: these change with the parent's. */
  readonly parent: boolean;
}

export function namedInFormats(
  section: Pick<ContentSection, 'sites'>,
  type: Pick<ContentType, 'titleFormat'>,
): NamedInFormats {
  const paths = [...section.sites.values()].map(({ uriFormat }) => uriFormat ?? '');
  const names = [type.titleFormat ?? '', ...paths].flatMap((format) => namesIn(format) ?? []);
  const has = (of: string): boolean => names.some((name) => name === of || name.startsWith(`${of}.`));
  return { author: has('author'), identity: ['id', 'uid', 'dateCreated'].some(has), parent: has('parent') };
}
