import { randomUUID } from 'node:crypto';
import { uuidOf, type NestedItem, type Nested } from './nested-posting.ts';

/** Where paths within an element were posted, by the element's index. */
export type Places = ReadonlyMap<number, (path: string) => string>;

/** A path of the kept elements, `0.fields.image`, as the path where that was posted. */
export function placeOf<Kept extends Nested>(
  path: string,
  items: ReadonlyArray<NestedItem<Kept>>,
  places: Places = new Map(),
): string {
  const [index = ''] = path.split('.', 1);
  const item = items[Number(index)];
  const inner = path.slice(index.length + 1);
  if (item === undefined) return path;
  const place = places.get(Number(index))?.(inner) ?? inner;
  return place === '' ? item.path : `${item.path}.${place}`;
}

/** Ids for what is new, above those that were there before: what went is not mistaken for what came. */
export function newIds(current: readonly Nested[]): () => number {
  let last = Math.max(0, ...current.map(({ id }) => id));
  return () => (last += 1);
}

/** Uids for what is new: the one that was given with it, where it is one and not taken. */
export function newUids(current: readonly Nested[]): (given: unknown) => string {
  const taken = new Set(current.map(({ uid }) => uid));
  return (given) => {
    const wanted = uuidOf(given);
    const uid = wanted === undefined || taken.has(wanted) ? randomUUID() : wanted;
    taken.add(uid);
    return uid;
  };
}
