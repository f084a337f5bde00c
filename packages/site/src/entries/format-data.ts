import type { ContentSection, ContentType } from '../content/content.ts';
import type { ContentSite } from '../content/site-definition.ts';
import { completeFields } from '../fields/apply-fields.ts';
import { publicUser, type PublicUser } from '../users/user-view.ts';
import type { User } from '../users/user.ts';
import type { Entry, EntryState } from './entry.ts';
import type { FormatData } from './object-format.ts';
import { onSite } from './on-site.ts';

export interface FormatSubject {
  readonly section: ContentSection;
  readonly type: ContentType;
  readonly site: ContentSite;
  readonly state: EntryState;
  /** The first author. */
  readonly author: User | undefined;
  /** What it is called in the database; none before it is there. */
  readonly entry: Pick<Entry, 'id' | 'uid' | 'createdAt'> | undefined;
}

/** What titles and URIs may be made of: of people what anybody may see, of fields whatever the format names. */
export function formatData({ section, type, site, state, author, entry }: FormatSubject): FormatData {
  const version = onSite(state, site.handle);
  return {
    id: entry?.id ?? null,
    uid: entry?.uid ?? null,
    title: version?.title ?? null,
    slug: version?.slug ?? null,
    postDate: state.postAt === null ? null : dateParts(state.postAt),
    dateCreated: entry === undefined ? null : dateParts(entry.createdAt),
    section: { handle: section.handle, name: section.name },
    type: { handle: type.handle, name: type.name },
    site: { handle: site.handle, language: site.language },
    author: author === undefined ? null : publicAuthor(author),
    fields: completeFields(type.fields, version?.fields ?? {}),
  };
}

function publicAuthor(author: User): Omit<PublicUser, 'photoUrl'> {
  const { photoUrl: _photo, ...names } = publicUser({ ...author, photoUrl: null });
  return names;
}

/** `{postDate.year}/{postDate.month}`, in UTC. */
function dateParts(time: number): Readonly<Record<'year' | 'month' | 'day', string>> {
  const [year = '', month = '', day = ''] = new Date(time).toISOString().slice(0, 10).split('-');
  return { year, month, day };
}
