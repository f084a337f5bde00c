import { isBlankPost, numberedItems, ownValue, postedRecord, shownPost } from './posted-record.ts';

/** What every element of a value that holds elements has. Ids count within the value. */
export interface Nested {
  readonly id: number;
  readonly uid: string;
}

/** An element as it was posted: in place of a former one, or new. */
export interface NestedItem<Kept extends Nested> {
  readonly former: Kept | undefined;
  /** The uid that a new one was given by whoever posted it. */
  readonly uid: string | undefined;
  /** Where it was posted: `entries.new:1`. */
  readonly path: string;
  /** `undefined` where it was only named: it stays as it is. */
  readonly posted: Readonly<Record<string, unknown>> | undefined;
}

export interface NestedPosting<Kept extends Nested> {
  /** In their new order; what was there before and is not among them goes. */
  readonly items: ReadonlyArray<NestedItem<Kept>>;
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

type Key = { readonly id: number } | { readonly uid: string } | { readonly name: string };
type Source = { readonly key: Key; readonly path: string; readonly posted: unknown };

// Each may hold fields of its own; no person writes more.
const MOST = 500;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
// `0` is the first row of a list and never an id.
const ID = /^[1-9]\d{0,8}$/;
const NEW = /^new[\w:-]{0,40}$/;

/**
 * What was posted for elements that are held within a value, in all its spellings: `{ sortOrder: [321, 'new:1'], entries: {
 * 321: {…}, 'new:1': {…} } }` (under one of `names`), the map alone, keys as uids with or without `uid:` before them, or a list
 * in order whose elements say their `id` or `uid`. Nothing posted names a property of anything but the post itself.
 */
export function readNested<Kept extends Nested>(
  posted: unknown,
  current: readonly Kept[],
  { label, names }: { readonly label: string; readonly names: readonly string[] },
): NestedPosting<Kept> {
  const errors = new Map<string, readonly string[]>();
  const refuse = (path: string, message: string): void => {
    if (!errors.has(path)) errors.set(path, [message]);
  };
  const sources = sourcesOf(posted, { label, names, current, refuse });
  const seen = new Set<string>();
  const items: Array<NestedItem<Kept>> = [];
  for (const { key, path, posted: sent } of sources) {
    const former = formerOf(key, current);
    const identity = identityOf(key, former);
    const record = sent === undefined ? undefined : postedRecord(isBlankPost(sent) ? {} : sent);
    if ('id' in key && former === undefined)
      refuse(path, `${label} has no ${key.id} any more. Leave it out, or send it as “new:1”.`);
    else if (sent !== undefined && record === undefined) refuse(path, 'This must be a set of named values.');
    else if (sent === undefined && former === undefined)
      refuse(path, 'This is in the order, but was not sent.');
    else if (seen.has(identity)) refuse(path, 'This was sent twice.');
    else {
      const uid = former === undefined && 'uid' in key ? key.uid : undefined;
      items.push({ former, uid, path, posted: record });
    }
    seen.add(identity);
  }
  return { items, errors: Object.fromEntries(errors) };
}

interface Reading {
  readonly label: string;
  readonly names: readonly string[];
  readonly current: readonly Nested[];
  readonly refuse: (path: string, message: string) => void;
}

function sourcesOf(posted: unknown, reading: Reading): readonly Source[] {
  if (isBlankPost(posted)) return [];
  if (Array.isArray(posted)) return listed(numbered(posted), '', reading);
  const record = postedRecord(posted);
  if (record === undefined) {
    reading.refuse('', notNested(reading.label));
    return [];
  }
  const name = reading.names.find((key) => Object.hasOwn(record, key));
  if (name === undefined && !Object.hasOwn(record, 'sortOrder')) return inMap(record, '', undefined, reading);
  for (const key of Object.keys(record)) {
    if (key !== name && key !== 'sortOrder') reading.refuse(key, `There is no “${shownPost(key)}” here.`);
  }
  const sent = name === undefined ? {} : ownValue(record, name);
  const prefix = name === undefined ? '' : `${name}.`;
  const order = ownValue(record, 'sortOrder');
  if (Array.isArray(sent)) return listed(numbered(sent), prefix, reading);
  const map = postedRecord(isBlankPost(sent) ? {} : sent);
  if (map !== undefined) return inMap(map, prefix, order, reading);
  reading.refuse(name ?? '', notNested(reading.label));
  return [];
}

function notNested(label: string): string {
  return `${label} must be a list, or sent by IDs, with “new:1” for a new one.`;
}

function numbered(list: readonly unknown[]): ReadonlyArray<readonly [key: string, item: unknown]> {
  return list.map((item, index) => [String(index), item] as const);
}

function areTooMany(count: number, { refuse }: Reading): boolean {
  if (count > MOST) refuse('', `This holds at most ${MOST} at once.`);
  return count > MOST;
}

/** Rows of a list. Blank ones, as a hidden input leaves them, fall out. */
function listed(
  items: ReadonlyArray<readonly [key: string, item: unknown]>,
  prefix: string,
  reading: Reading,
): readonly Source[] {
  if (areTooMany(items.length, reading)) return [];
  return items.flatMap(([index, item]): Source[] => {
    if (isBlankPost(item)) return [];
    const path = `${prefix}${index}`;
    const record = postedRecord(item);
    const named =
      record && [ownValue(record, 'id'), ownValue(record, 'uid')].find((value) => !isBlankPost(value));
    const key = isBlankPost(named) ? { name: `#${index}` } : keyOf(named);
    if (key !== undefined) return [{ key, path, posted: item }];
    reading.refuse(path, `“${shownPost(named)}” is no ID.`);
    return [];
  });
}

function inMap(
  map: Readonly<Record<string, unknown>>,
  prefix: string,
  order: unknown,
  reading: Reading,
): readonly Source[] {
  // Rows of a form are counted from 0, and no id is 0.
  const rows = Object.hasOwn(map, '0') && order === undefined ? numberedItems(map) : undefined;
  if (rows !== undefined) return listed(rows, prefix, reading);
  const entries = Object.entries(map);
  if (areTooMany(entries.length, reading)) return [];
  const sources = new Map<string, Source>();
  for (const [name, posted] of entries) {
    const key = keyOf(name);
    const path = `${prefix}${shownPost(name)}`;
    if (key === undefined) reading.refuse(path, notKey(name));
    else {
      const identity = identityOf(key, formerOf(key, reading.current));
      if (sources.has(identity)) reading.refuse(path, 'This was sent twice.');
      else sources.set(identity, { key, path, posted: posted ?? null });
    }
  }
  if (order === undefined) return [...sources.values()];
  return inOrder(order, sources, prefix, reading);
}

function inOrder(
  order: unknown,
  sources: ReadonlyMap<string, Source>,
  prefix: string,
  reading: Reading,
): readonly Source[] {
  const record = postedRecord(order);
  const names = Array.isArray(order)
    ? order
    : record
      ? numberedItems(record)?.map(([, name]) => name)
      : [order];
  const ordered = new Map<string, Source>();
  if (areTooMany(names?.length ?? 1, reading)) return [];
  for (const name of names ?? [order]) {
    if (isBlankPost(name)) continue;
    const key = keyOf(name);
    if (key === undefined) reading.refuse('sortOrder', notKey(name));
    else {
      const identity = identityOf(key, formerOf(key, reading.current));
      ordered.set(
        identity,
        sources.get(identity) ?? { key, path: `${prefix}${String(name).trim()}`, posted: undefined },
      );
    }
  }
  return [...ordered.values()];
}

/** The UUID that a text is, in small letters. */
export function uuidOf(posted: unknown): string | undefined {
  return typeof posted === 'string' && UUID.test(posted.trim()) ? posted.trim().toLowerCase() : undefined;
}

function notKey(posted: unknown): string {
  return `“${shownPost(posted)}” is no ID, and does not begin with “new”.`;
}

function keyOf(posted: unknown): Key | undefined {
  if (typeof posted !== 'string' && typeof posted !== 'number') return undefined;
  const text = String(posted).trim();
  if (ID.test(text)) return { id: Number(text) };
  const uid = uuidOf(text.replace(/^uid:/, ''));
  if (uid !== undefined) return { uid };
  return NEW.test(text) ? { name: text } : undefined;
}

function formerOf<Kept extends Nested>(key: Key, current: readonly Kept[]): Kept | undefined {
  if ('id' in key) return current.find(({ id }) => id === key.id);
  return 'uid' in key ? current.find(({ uid }) => uid === key.uid) : undefined;
}

function identityOf(key: Key, former: Nested | undefined): string {
  if (former !== undefined) return `id:${former.id}`;
  return 'id' in key ? `id:${key.id}` : 'uid' in key ? `uid:${key.uid}` : key.name;
}
