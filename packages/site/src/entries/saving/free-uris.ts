import type { Settings } from '../../config.ts';
import type { ContentSection, ContentType, SectionSite } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { User } from '../../users/user.ts';
import type { Entry, EntrySiteState, EntryState } from '../entry.ts';
import { formatData } from '../format-data.ts';
import { onSite } from '../on-site.ts';
import { MAX_LENGTH, numberedSlug, shortenedSlug } from '../slug.ts';
import { formatUri } from '../uri-format.ts';

export interface UriChoice {
  readonly section: ContentSection;
  readonly type: ContentType;
  readonly former: Entry | undefined;
  /** With slugs on all sites. */
  readonly state: EntryState;
  readonly author: User | undefined;
  readonly parent: Pick<Entry, 'sites'> | undefined;
  /** The name at which to tell that no slug is left. Default: `slug`. */
  readonly slugName?: 'slug' | 'title' | undefined;
}

type Settled = Pick<EntrySiteState, 'slug' | 'uri'>;

/**
 * The state with slugs and URIs that no other entry has, counted up (`hello-2`) where they are taken, and of at most 255
 * characters: a slug that is new is shortened for that. To be called with the section locked. Throws an input error at `slug`
 * (or `slugName`) where too many have it, or at `slug` where the path is too long however short it was.
 */
export async function withFreeUris(
  settings: Settings,
  { entries }: Pick<Stores, 'entries'>,
  choice: UriChoice,
): Promise<EntryState> {
  const { section, state, former } = choice;
  const exceptId = former?.id ?? null;
  const sites: Array<[string, EntrySiteState]> = [];
  for (const [handle, version] of Object.entries(state.sites)) {
    const on = section.sites.get(handle);
    if (on === undefined) continue;
    const settle = settling(choice, on, version);
    const { first, room } = fitting(choice, handle, version, settle);
    const place = { section, handle, exceptId };
    const settled =
      (await firstFree(entries, place, [first])) ??
      (await firstFree(entries, place, numbered(settings, first, room, settle)));
    if (settled === undefined) throw tooMany(choice);
    sites.push([handle, { ...version, ...settled }]);
  }
  return { ...state, sites: Object.fromEntries(sites) };
}

/** The state with the URIs that its slugs make, whoever has them. Undefined where one of them is too long. */
export function withWantedUris(choice: UriChoice): EntryState | undefined {
  const { section, state } = choice;
  const sites = Object.entries(state.sites).flatMap(([handle, version]): Array<[string, EntrySiteState]> => {
    const on = section.sites.get(handle);
    return (on && [[handle, { ...version, ...settling(choice, on, version)(version.slug ?? '') }]]) || [];
  });
  return sites.every(([, version]) => isShort(version))
    ? { ...state, sites: Object.fromEntries(sites) }
    : undefined;
}

/** What the slug makes, and how many characters it may have so that the path is not too long. */
function fitting(
  { former }: UriChoice,
  handle: string,
  version: EntrySiteState,
  settle: (slug: string) => Settled,
): { readonly first: Settled; readonly room: number } {
  const slug = version.slug ?? '';
  const wanted = settle(slug);
  const room = wanted.uri === null ? MAX_LENGTH : MAX_LENGTH - (wanted.uri.length - slug.length);
  if (isShort(wanted)) return { first: wanted, room: Math.min(room, MAX_LENGTH) };
  // What is published under it already stays what it is.
  const isNew = former === undefined || former.draft || onSite(former, handle)?.slug !== slug;
  const shorter = shortenedSlug(slug, room);
  const first = settle(shorter);
  if (!isNew || shorter === '' || !isShort(first)) throw tooLong(wanted, version);
  return { first, room };
}

function isShort({ uri }: Settled): boolean {
  return uri === null || uri.length <= MAX_LENGTH;
}

function tooMany({ slugName = 'slug' }: UriChoice): Error {
  return inputErrors(
    slugName === 'slug'
      ? { slug: 'Too many entries have this slug. Write another.' }
      : { title: 'Too many entries have the slug that comes of this title. Write another title.' },
  );
}

function tooLong({ uri }: Settled, { title, slug }: EntrySiteState): Error {
  const name = title ?? slug ?? '';
  return inputErrors({
    slug:
      `The path of “${name.length > 60 ? `${name.slice(0, 60)}…` : name}” would have ${uri?.length} characters, and at ` +
      `most ${MAX_LENGTH} fit. Shorten its slug, or those above it.`,
  });
}

function numbered(
  settings: Settings,
  { slug }: Settled,
  room: number,
  settle: (slug: string) => Settled,
): readonly Settled[] {
  return Array.from({ length: Math.max(0, settings.maxSlugIncrement - 1) }, (_, index) =>
    settle(numberedSlug(slug ?? '', index + 2, settings, room)),
  ).filter(isShort);
}

interface Place {
  readonly section: ContentSection;
  readonly handle: string;
  readonly exceptId: number | null;
}

async function firstFree(
  entries: Stores['entries'],
  { section, handle: site, exceptId }: Place,
  wanted: readonly Settled[],
): Promise<Settled | undefined> {
  const candidates = wanted.filter(({ slug }) => slug === null || !section.reservedSlugs.has(slug));
  const slugs = candidates.flatMap(({ slug }) => slug ?? []);
  const uris = candidates.flatMap(({ uri }) => uri ?? []);
  const takenSlugs = await entries.takenSlugs({ section: section.handle, site, exceptId }, slugs);
  const takenUris: ReadonlySet<string> =
    uris.length === 0 ? new Set() : await entries.takenUris({ site, exceptId }, uris);
  return candidates.find(
    ({ slug, uri }) => (slug === null || !takenSlugs.has(slug)) && (uri === null || !takenUris.has(uri)),
  );
}

function settling(
  { section, type, state, author, parent, former: entry }: UriChoice,
  { site, uriFormat }: SectionSite,
  version: EntrySiteState,
): (slug: string) => Settled {
  const above = parent && onSite(parent, site.handle);
  return (slug) => {
    if (uriFormat === null) return { slug, uri: null };
    const sites = { ...state.sites, [site.handle]: { ...version, slug } };
    const data = formatData({ section, type, site, author, entry, state: { ...state, sites } });
    const parentData = { uri: above?.uri ?? null, slug: above?.slug ?? null };
    return { slug, uri: formatUri(uriFormat, { ...data, slug, parent: parentData }) };
  };
}
