import { assetRecord, type AssetRecord } from '../../assets/asset-record.ts';
import type { Field, FieldValue, FieldValues } from '../../fields/field.ts';
import type { Reference } from '../../fields/reference.ts';
import { shownUser } from '../../users/shown-user.ts';
import type { PublicUser } from '../../users/user-view.ts';
import type { EntryQuerySpec, EntryCondition } from './entry-query-spec.ts';
import type { EntryRecord } from './entry-record.ts';
import { loadEntries, type QueryParts } from './load-entries.ts';

export const NATIVE_LOADS: readonly string[] = ['author', 'authors', 'parent', 'children'];

type Scope = Pick<EntryQuerySpec, 'statuses' | 'viewer' | 'now'>;
type Related = EntryRecord | AssetRecord | PublicUser;

// Both databases take no more than so many parameters.
const AT_ONCE = 10_000;

/**
 * The records with what `names` says beside them, whatever their number in as many statements as there are kinds of things.
 * Entries are of the scope's statuses, seen by its viewer.
 */
export async function loadRelated(
  parts: QueryParts,
  records: readonly EntryRecord[],
  names: readonly string[],
  scope: Scope,
): Promise<readonly EntryRecord[]> {
  if (records.length === 0 || names.length === 0) return records;
  const handles = names.filter((name) => !NATIVE_LOADS.includes(name));
  const named = new Map(records.map((record) => [record, referencesOf(parts, record, handles)]));
  const all = [...named.values()].flatMap((byHandle) => [...byHandle.values()].flat());
  const idsOf = (kind: Reference['kind']): readonly number[] =>
    all.flatMap((reference) => (reference.kind === kind ? [reference.id] : []));

  const wantsAuthors = names.includes('author') || names.includes('authors');
  const authorIds = wantsAuthors ? records.flatMap((record) => record.authorIds) : [];
  const parentIds = names.includes('parent') ? records.flatMap(({ parentId }) => parentId ?? []) : [];
  const users = await usersById(parts, [...idsOf('user'), ...authorIds]);
  const assets = await assetsById(parts, idsOf('asset'));
  const entries = await entriesByKey(parts, records, [...idsOf('entry'), ...parentIds], scope);
  const children = names.includes('children') ? await childrenByKey(parts, records, scope) : new Map();

  function resolve({ kind, id }: Reference, site: string): readonly Related[] {
    const found =
      kind === 'user' ? users.get(id) : kind === 'asset' ? assets.get(id) : entries.get(keyOf(site, id));
    return found === undefined ? [] : [found];
  }

  return records.map((record) => {
    const { site, parentId } = record;
    const authors = record.authorIds.flatMap((id) => users.get(id) ?? []);
    const loaded = [...(named.get(record) ?? [])].map(([handle, references]) => [
      handle,
      references.flatMap((reference) => resolve(reference, site)),
    ]);
    return {
      ...record,
      fields: { ...record.fields, ...(Object.fromEntries(loaded) as FieldValues) },
      ...(names.includes('author') && { author: authors[0] ?? null }),
      ...(names.includes('authors') && { authors }),
      ...(names.includes('parent') && {
        parent: (parentId !== null && entries.get(keyOf(site, parentId))) || null,
      }),
      ...(names.includes('children') && { children: children.get(keyOf(site, record.id)) ?? [] }),
    };
  });
}

function referencesOf(
  { content }: QueryParts,
  record: EntryRecord,
  handles: readonly string[],
): ReadonlyMap<string, readonly Reference[]> {
  const section = content.section(record.section);
  const layout = (section && content.type(section, record.type))?.fields ?? {};
  return new Map(
    handles.flatMap((handle) => {
      const field: Field | undefined = Object.hasOwn(layout, handle) ? layout[handle] : undefined;
      const value: FieldValue = record.fields[handle] ?? null;
      return field?.references === undefined ? [] : [[handle, field.references(value)] as const];
    }),
  );
}

async function usersById(
  { database, settings }: QueryParts,
  ids: readonly number[],
): Promise<ReadonlyMap<number, PublicUser>> {
  if (ids.length === 0) return new Map();
  const users = await database.users.findMany([...new Set(ids)]);
  return new Map(users.map((user) => [user.id, shownUser(user, settings)]));
}

async function assetsById(
  { database, settings }: QueryParts,
  ids: readonly number[],
): Promise<ReadonlyMap<number, AssetRecord>> {
  if (ids.length === 0) return new Map();
  const assets = await database.assets.findMany([...new Set(ids)]);
  return new Map(assets.map((asset) => [asset.id, assetRecord(asset, settings)]));
}

async function entriesByKey(
  parts: QueryParts,
  records: readonly EntryRecord[],
  ids: readonly number[],
  scope: Scope,
): Promise<ReadonlyMap<string, EntryRecord>> {
  const sections = parts.content.sections.map(({ handle }) => handle);
  const found = await findAll(parts, records, { sections, column: 'id', ids, order: 'id' }, scope);
  return new Map(found.map((entry) => [keyOf(entry.site, entry.id), entry]));
}

async function childrenByKey(
  parts: QueryParts,
  records: readonly EntryRecord[],
  scope: Scope,
): Promise<ReadonlyMap<string, readonly EntryRecord[]>> {
  const sections = [...new Set(records.map(({ section }) => section))];
  const ids = records.map(({ id }) => id);
  const found = await findAll(parts, records, { sections, column: 'parentId', ids, order: 'tree' }, scope);
  return Map.groupBy(found, ({ site, parentId }) => keyOf(site, parentId ?? 0));
}

interface Wanted {
  readonly sections: readonly string[];
  readonly column: 'id' | 'parentId';
  readonly ids: readonly number[];
  readonly order: 'id' | 'tree';
}

async function findAll(
  parts: QueryParts,
  records: readonly EntryRecord[],
  { sections, column, ids, order }: Wanted,
  scope: Scope,
): Promise<readonly EntryRecord[]> {
  const unique = [...new Set(ids)];
  const sites = [...new Set(records.map(({ site }) => site))];
  const key = order === 'tree' ? ({ by: 'tree' } as const) : ({ column: 'id' } as const);
  const found: EntryRecord[] = [];
  for (let start = 0; start < unique.length; start += AT_ONCE) {
    const values = unique.slice(start, start + AT_ONCE);
    const where: readonly EntryCondition[] = [{ kind: 'in', operand: { column }, values, negated: false }];
    const spec: EntryQuerySpec = {
      ...{ ...scope, sections, sites, where },
      ...{ words: null, order: [{ key, direction: 'asc' }], after: null, limit: null, offset: 0 },
    };
    found.push(...(await loadEntries(parts, await parts.database.entryQueries.find(spec), scope)));
  }
  return found;
}

function keyOf(site: string, id: number): string {
  return `${site}:${id}`;
}
