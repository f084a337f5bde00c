import { ActionError } from 'portico';
import type { ContentSection } from '../../content/content.ts';
import { searchText } from '../../lib/search-text.ts';
import type { EntryStatus } from '../entry.ts';
import { entryColumn, SORTABLE_NAMES } from './entry-columns.ts';
import type { EntryCondition, EntryOrder, EntryQuerySpec, EntryViewer } from './entry-query-spec.ts';
import type { EntryRecord } from './entry-record.ts';
import type { EntryQuery, RelationTarget } from './entry-query.ts';
import type { FoundEntry } from './entry-query-store.ts';
import { loadEntries, type QueryParts } from './load-entries.ts';
import { loadRelated, NATIVE_LOADS } from './load-related.ts';
import { readCursor, writeCursor } from './query-cursor.ts';
import { queriedFields } from './queried-fields.ts';
import { queryViewer, type Viewer } from './query-viewer.ts';
import { readCondition, readOperand, targetsOf, type ConditionArguments } from './read-condition.ts';

const STATUSES: readonly EntryStatus[] = ['live', 'pending', 'expired', 'disabled', 'draft'];
const KINDS: readonly string[] = ['entry', 'user', 'asset'];
const MAX_WORDS = 20;
const MAX_SEARCH_LENGTH = 1000;
const MAX_PAGE_SIZE = 10_000;

/** What was asked for so far. Never changed: each method makes another one. */
export interface QueryState {
  readonly sections: readonly ContentSection[];
  readonly isEverySection: boolean;
  readonly sites: readonly string[];
  readonly statuses: readonly EntryStatus[];
  readonly viewer: EntryViewer | null;
  readonly where: readonly EntryCondition[];
  readonly words: readonly string[] | null;
  readonly order: readonly EntryOrder[];
  readonly cursor: string | null;
  readonly limit: number | null;
  readonly offset: number;
  readonly loads: readonly string[];
}

/** A query of any section, whose types the caller knows. */
export function createEntryQuery(parts: QueryParts, state: QueryState): EntryQuery {
  const { content, database } = parts;
  const fields = queriedFields(state.sections, state.isEverySection);

  const next = (changes: Partial<QueryState>): EntryQuery =>
    createEntryQuery(parts, { ...state, ...changes });
  const also = (condition: EntryCondition): EntryQuery => next({ where: [...state.where, condition] });

  function spec(changes: Partial<EntryQuerySpec> = {}): EntryQuerySpec {
    const { sections, sites, statuses, viewer, where, words, cursor, limit, offset } = state;
    const asked = {
      sections: sections.map(({ handle }) => handle),
      ...{ sites, statuses, viewer, where, words, limit, offset },
      order: orderOf(state),
      now: parts.now(),
    };
    return { ...asked, after: cursor === null ? null : readCursor(asked, cursor), ...changes };
  }

  async function load(found: readonly FoundEntry[], asked: EntryQuerySpec): Promise<readonly EntryRecord[]> {
    const records = await loadEntries(parts, found, asked);
    const statuses: readonly EntryStatus[] = STATUSES.every((status) => asked.statuses.includes(status))
      ? STATUSES
      : ['live'];
    return loadRelated(parts, records, state.loads, { statuses, viewer: asked.viewer, now: asked.now });
  }

  async function run(changes: Partial<EntryQuerySpec> = {}): Promise<readonly EntryRecord[]> {
    const asked = spec(changes);
    return load(await database.entryQueries.find(asked), asked);
  }

  async function one(): Promise<EntryRecord | undefined> {
    const [first] = await run({ limit: 1 });
    return first;
  }

  const query = {
    where: (...given: ConditionArguments) => also(readCondition(given, fields)),
    whereAny: (conditions: readonly (ConditionArguments | Readonly<Record<string, unknown>>)[]) =>
      also({
        kind: 'any',
        of: conditions.map((given) => readCondition(isArguments(given) ? given : [given], fields)),
      }),
    relatedTo: (target: RelationTarget) => also(related(target)),
    status: (...statuses: readonly (EntryStatus | 'any')[]) => next({ statuses: statusesOf(statuses) }),
    site: (handle: string) => next({ sites: sitesOf(handle) }),
    type: (...handles: readonly string[]) => also(readCondition(['type', 'in', handles.map(typeOf)], fields)),
    visibleTo: (viewer: Viewer | null) => next({ viewer: queryViewer(viewer, state.sections) }),
    search: (text: string) => next({ words: wordsOf(text) }),
    orderBy: (column: string, direction: 'asc' | 'desc' = 'asc') =>
      next({ order: [...state.order, orderBy(column, direction)] }),
    limit: (count: number) => next({ limit: wholeNumber('limit', count) }),
    offset: (count: number) => next({ offset: wholeNumber('offset', count) }),
    after: (cursor: string | null) => next({ cursor }),
    with: (...names: readonly string[]) => next({ loads: [...state.loads, ...names.map(loadable)] }),

    first: one,
    all: () => run(),
    ids: async () => (await database.entryQueries.find(spec())).map(({ id }) => id),
    count: () => database.entryQueries.count(spec({ after: null })),
    countBy: (field: string) => countBy(countable(field)),
    exists: async () => (await database.entryQueries.find(spec({ limit: 1 }))).length > 0,
    find: (id: number) => also(readCondition(['id', id], fields)).first(),
    findBySlug: (slug: string) => also(readCondition(['slug', slug], fields)).first(),
    findByUri: (uri: string) => also(readCondition(['uri', uri === '' ? '__home__' : uri], fields)).first(),
    async page(number: number, size: number) {
      const limit = pageSize('page', size);
      const offset = (number - 1) * limit;
      if (!Number.isSafeInteger(number) || number < 1 || !Number.isSafeInteger(offset))
        throw new ActionError({ code: 'BAD_REQUEST', message: 'There is no such page.' });
      const total = await query.count();
      const entries = offset < total ? await run({ limit, offset, after: null }) : [];
      return { entries, total, page: number, pages: Math.max(1, Math.ceil(total / limit)) };
    },
    async cursorPage(size: number) {
      const asked = spec({ limit: pageSize('cursorPage', size) + 1, offset: 0 });
      const found = await database.entryQueries.find(asked);
      const shown = found.slice(0, size);
      const last = shown.at(-1);
      return {
        entries: await load(shown, asked),
        next: found.length > size && last !== undefined ? writeCursor(asked, last.place) : null,
      };
    },
  };
  // Made of what the types say at run time: the sections' own layouts.
  return query as unknown as EntryQuery;

  function related(target: RelationTarget): EntryCondition {
    const { field = null, kind, ...rest } = typeof target === 'number' ? { id: target } : { ...target };
    const ids = 'ids' in rest ? rest.ids : [rest.id];
    if (kind !== undefined && !KINDS.includes(kind))
      throw new TypeError(`relatedTo: “${kind}” is no kind. There are: ${KINDS.join(', ')}.`);
    const usable = ids.filter((id) => Number.isSafeInteger(id));
    if (field === null || kind !== undefined) {
      const targets = usable.map((id) => `${kind ?? 'entry'}:${id}`);
      if (field !== null) fields.named(field);
      return { kind: 'references', field, targets };
    }
    return { kind: 'references', field, targets: targetsOf(fields.named(field)[0], usable) };
  }

  function sitesOf(handle: string): readonly string[] {
    if (handle === '*') return content.sites.map((site) => site.handle);
    const site = content.site(handle);
    if (site !== undefined) return [site.handle];
    const known = content.sites.map((one) => one.handle).join(', ');
    throw new TypeError(`There is no site “${handle}”. There are: ${known}, and * for all.`);
  }

  function typeOf(handle: string): string {
    const types = state.sections.flatMap((section) => section.types.map((type) => type.handle));
    if (types.includes(handle)) return handle;
    throw new TypeError(
      `There is no entry type “${handle}” here. There are: ${[...new Set(types)].join(', ')}.`,
    );
  }

  function orderBy(column: string, direction: 'asc' | 'desc'): EntryOrder {
    if (direction !== 'asc' && direction !== 'desc')
      throw new TypeError(`orderBy('${column}', …): the direction is asc or desc.`);
    const key = readOperand(column, fields);
    if ('column' in key && entryColumn(key.column)?.sortable !== true)
      throw new TypeError(
        `“${column}” is nothing to sort by. There are: ${SORTABLE_NAMES.join(', ')}, and fields.`,
      );
    return { key, direction };
  }

  async function countBy(field: string): Promise<ReadonlyMap<number, number>> {
    const counts = await database.entryQueries.countBy(spec({ after: null }), field);
    return new Map([...counts].map(([target, total]) => [idOf(target), total]));
  }

  function countable(handle: string): string {
    if (namesThings(handle)) return handle;
    throw new TypeError(`“${handle}” names nothing that countBy() could count: relations do.`);
  }

  function namesThings(handle: string): boolean {
    return fields.named(handle).some(({ references }) => references !== undefined);
  }

  function loadable(name: string): string {
    if (NATIVE_LOADS.includes(name)) return name;
    if (namesThings(name)) return name;
    throw new TypeError(
      `“${name}” names nothing that with() could load. ${NATIVE_LOADS.join(', ')} and relations do.`,
    );
  }
}

/** `entry:12` → 12 */
function idOf(target: string): number {
  return Number(target.slice(target.indexOf(':') + 1));
}

function isArguments(given: unknown): given is ConditionArguments {
  return Array.isArray(given);
}

function statusesOf(asked: readonly (EntryStatus | 'any')[]): readonly EntryStatus[] {
  if (asked.includes('any')) return STATUSES;
  const unknown = asked.find((status) => !STATUSES.some((known) => known === status));
  if (asked.length > 0 && unknown === undefined) return [...new Set(asked as readonly EntryStatus[])];
  throw new TypeError(`status takes one or more of ${STATUSES.join(', ')}, or any.`);
}

function wordsOf(text: string): readonly string[] {
  return searchText(text.slice(0, MAX_SEARCH_LENGTH).toWellFormed())
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MAX_WORDS);
}

function orderOf({ order, words, sections }: QueryState): readonly EntryOrder[] {
  const last = order.at(-1);
  if (last === undefined) {
    if (words !== null) return [{ key: { by: 'score' }, direction: 'desc' }];
    const isTree = sections.length === 1 && sections[0]?.type === 'structure';
    return isTree
      ? [{ key: { by: 'tree' }, direction: 'asc' }]
      : [{ key: { column: 'postDate' }, direction: 'desc' }];
  }
  // The order of a field's index.
  return 'field' in last.key ? [...order, { key: { column: 'postDate' }, direction: last.direction }] : order;
}

function wholeNumber(name: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new TypeError(`${name} takes a whole number from 0 on, not ${count}.`);
}

function pageSize(name: string, size: number): number {
  if (Number.isSafeInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw new TypeError(`${name} takes a size from 1 to ${MAX_PAGE_SIZE}, not ${size}.`);
}
