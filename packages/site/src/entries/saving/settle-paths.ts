import type { ContentSection, ContentType } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { User } from '../../users/user.ts';
import type { EntryPath } from '../entry-store.ts';
import type { Entry, EntryState } from '../entry.ts';
import { namedInFormats } from '../named-in-formats.ts';
import { withFreeUris, withWantedUris, type UriChoice } from './free-uris.ts';

/** Parents, by their ids, that have other paths than before; undefined is the top. */
type Above = ReadonlyMap<number | null, Pick<Entry, 'sites'> | undefined>;

interface Moved {
  readonly entry: Entry;
  readonly type: ContentType;
  readonly author: User | undefined;
}

/**
 * Gives the entries among `below` (as they are stored) that hang on the paths of `above`, at any depth, the paths that follow
 * from these: a few statements for each level of them. They are not saved: their versions stay. To be called with the section
 * locked. Throws an input error at `slug` where a path gets too long.
 */
export async function settlePaths(
  services: Pick<Services, 'settings' | 'content'>,
  stores: Pick<Stores, 'entries' | 'users'>,
  section: ContentSection,
  above: Above,
  below: readonly Entry[],
): Promise<void> {
  const topDown = below.toSorted((one, other) => one.level - other.level);
  const moved = await movedOf(services, stores, section, above, topDown);
  await stores.entries.releaseUris(moved.map(({ entry }) => entry.id));
  const parents = new Map(above);
  for (const level of Map.groupBy(moved, ({ entry }) => entry.level).values())
    for (const [id, state] of await settleLevel(services, stores, section, parents, level))
      parents.set(id, state);
}

async function movedOf(
  { content }: Pick<Services, 'content'>,
  { users }: Pick<Stores, 'users'>,
  section: ContentSection,
  above: Above,
  below: readonly Entry[],
): Promise<readonly Moved[]> {
  const ids = new Set(above.keys());
  const moved: Array<{
    readonly entry: Entry;
    readonly type: ContentType;
    readonly authorId: number | null;
  }> = [];
  for (const entry of below) {
    const type = content.type(section, entry.type);
    if (!ids.has(entry.parentId) || type === undefined || entry.draft) continue;
    const named = namedInFormats(section, type);
    if (!named.parent) continue;
    ids.add(entry.id);
    moved.push({ entry, type, authorId: named.author ? (entry.authorIds[0] ?? null) : null });
  }
  const authorIds = [...new Set(moved.flatMap(({ authorId }) => authorId ?? []))];
  const authors = new Map((await users.findMany(authorIds)).map((user) => [user.id, user]));
  return moved.map(({ entry, type, authorId }) => ({
    entry,
    type,
    author: authorId === null ? undefined : authors.get(authorId),
  }));
}

/** Those of one level, whose parents have their paths; the states by id. */
async function settleLevel(
  { settings }: Pick<Services, 'settings'>,
  stores: Pick<Stores, 'entries'>,
  section: ContentSection,
  parents: Above,
  level: readonly Moved[],
): Promise<ReadonlyMap<number, EntryState>> {
  const choices = level.map(({ entry, type, author }): UriChoice & { readonly former: Entry } => {
    return { section, type, former: entry, state: entry, author, parent: parents.get(entry.parentId) };
  });
  const wanted = choices.map((choice) => ({ choice, id: choice.former.id, state: withWantedUris(choice) }));
  const isTaken = await takenBy(
    stores,
    wanted.flatMap(({ id, state }) => (state ? pathsOf(id, state) : [])),
  );
  const settled = new Map<number, EntryState>();
  for (const { id, state } of wanted)
    if (state !== undefined && !pathsOf(id, state).some(isTaken)) settled.set(id, state);
  await stores.entries.setPaths([...settled].flatMap(([id, state]) => pathsOf(id, state)));
  for (const { id, choice } of wanted) {
    if (settled.has(id)) continue;
    const state = await withFreeUris(settings, stores, choice);
    await stores.entries.setPaths(pathsOf(id, state));
    settled.set(id, state);
  }
  return settled;
}

/** Whether somebody else has the URI of a path, another one of these among them. */
async function takenBy(
  { entries }: Pick<Stores, 'entries'>,
  paths: readonly EntryPath[],
): Promise<(path: EntryPath) => boolean> {
  const taken = new Set<string>();
  const keyOf = ({ site, uri }: Pick<EntryPath, 'site' | 'uri'>): string => `${site} ${uri}`;
  for (const [site, own] of Map.groupBy(paths, (path) => path.site)) {
    const uris = own.flatMap(({ uri }) => uri ?? []);
    for (const uri of await entries.takenUris({ site, exceptId: null }, uris))
      taken.add(keyOf({ site, uri }));
    for (const [uri, same] of Map.groupBy(uris, (one) => one))
      if (same.length > 1) taken.add(keyOf({ site, uri }));
  }
  return (path) => path.uri !== null && taken.has(keyOf(path));
}

function pathsOf(id: number, { sites }: EntryState): readonly EntryPath[] {
  return Object.entries(sites).map(([site, { slug, uri }]) => ({ id, site, slug, uri }));
}
