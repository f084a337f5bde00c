import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DatabaseKind } from './connect.ts';
import type { Tables } from './tables.ts';

// A sort key is the path to an entry: at each level its position, ten digits, so that keys sorted as text are the tree from
// top to bottom. The first entry of a level is in the middle: there is room before it and after it.

const DIGITS = 10;
const MIDDLE = 5_000_000_000;

/** Where an entry stands. */
export interface Place {
  readonly parentId: number | null;
  readonly level: number;
  readonly sortKey: string;
}

interface Node {
  readonly id: number;
  readonly section: string;
  readonly sortKey: string;
  readonly level: number;
}

/**
 * Until the transaction ends nobody else changes the tree of the section. On SQLite a transaction is alone anyway.
 */
export async function lockTree(db: Kysely<Tables>, kind: DatabaseKind, section: string): Promise<void> {
  if (kind === 'postgres')
    await sql`select pg_advisory_xact_lock(hashtext('portico entries ' || coalesce(current_schema(), '')), hashtext(${section}))`.execute(
      db,
    );
}

/** A free place, first or last below a parent. Throws where there is no such parent. */
export async function freePlace(
  db: Kysely<Tables>,
  section: string,
  parentId: number | null,
  placement: 'beginning' | 'end',
): Promise<Place> {
  const parent = parentId === null ? null : await nodeOf(db, parentId);
  if (parent !== null && parent.section !== section)
    throw new Error(
      `The entry ${parent.id} is of the section ${parent.section}: nothing of ${section} can be below it.`,
    );
  const edge = await edgePosition(db, section, parent?.sortKey ?? null, placement);
  const position = edge === undefined ? MIDDLE : placement === 'end' ? edge + 1 : edge - 1;
  return {
    parentId,
    level: (parent?.level ?? 0) + 1,
    sortKey: keyOf(parent?.sortKey ?? null, position),
  };
}

/** Moves an entry with all below it to the end below another parent. Throws where that is itself, or below it. */
export async function moveTree(db: Kysely<Tables>, id: number, parentId: number | null): Promise<void> {
  const { section, sortKey, level } = await nodeOf(db, id);
  const place = await freePlace(db, section, parentId, 'end');
  if (place.sortKey.startsWith(`${sortKey}/`))
    throw new Error(`The entry ${id} cannot be moved below itself (to ${parentId}).`);
  await db
    .updateTable('entries')
    .set({
      sort_key: sql<string>`cast(${place.sortKey} as text) || substr(sort_key, ${int(sortKey.length + 1)})`,
      level: sql<number>`level + ${int(place.level - level)}`,
    })
    .where(atOrBelow(section, sortKey))
    .execute();
  await db.updateTable('entries').set({ parent_id: parentId }).where('id', '=', id).execute();
}

/** Moves all that is below an entry one level up, after the last child of its parent; what was in order stays so. */
export async function liftChildren(db: Kysely<Tables>, kind: DatabaseKind, id: number): Promise<void> {
  const { section, sortKey, level } = await nodeOf(db, id);
  const firstChild = await edgePosition(db, section, sortKey, 'beginning');
  if (firstChild === undefined) return;
  const above = level === 1 ? null : sortKey.slice(0, -DIGITS - 1);
  const lastSibling = await edgePosition(db, section, above, 'end');
  const offset = (lastSibling ?? MIDDLE) + 1 - firstChild;
  const start = sortKey.length + 2;
  const position = sql`cast(substr(sort_key, ${int(start)}, ${sql.lit(DIGITS)}) as bigint) + cast(${offset} as bigint)`;
  const padded =
    kind === 'postgres'
      ? sql`lpad((${position})::text, ${sql.lit(DIGITS)}, '0')`
      : sql`printf('%010d', ${position})`;
  await db
    .updateTable('entries')
    .set({
      sort_key: sql<string>`cast(${above === null ? '' : `${above}/`} as text) || ${padded} || substr(sort_key, ${int(start + DIGITS)})`,
      level: sql<number>`level - 1`,
    })
    .where(below(section, sortKey))
    .execute();
  await sql`
    update entries set parent_id = (select parent_id from entries as lifted where lifted.id = ${id})
    where parent_id = ${id} and deleted_at is null
  `.execute(db);
}

/** The condition on `entries` that they stand below an entry, at any depth. Undefined where there is no such entry. */
export async function treeBelow(db: Kysely<Tables>, id: number): Promise<RawBuilder<boolean> | undefined> {
  const node = await findNode(db, id);
  return node && below(node.section, node.sortKey);
}

function below(section: string, sortKey: string): RawBuilder<boolean> {
  // 0 comes right after / in ASCII.
  return sql`entries.section = ${section} and entries.sort_key > ${`${sortKey}/`} and entries.sort_key < ${`${sortKey}0`}`;
}

function atOrBelow(section: string, sortKey: string): RawBuilder<boolean> {
  return sql`entries.section = ${section} and entries.sort_key >= ${sortKey} and entries.sort_key < ${`${sortKey}0`}`;
}

async function nodeOf(db: Kysely<Tables>, id: number): Promise<Node> {
  const node = await findNode(db, id);
  if (node === undefined) throw new Error(`The entry ${id} does not exist (any more).`);
  return node;
}

async function findNode(db: Kysely<Tables>, id: number): Promise<Node | undefined> {
  const row = await db
    .selectFrom('entries')
    .select(['section', 'sort_key', 'level'])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined || row.sort_key === null) return undefined;
  return { id, section: row.section, sortKey: row.sort_key, level: row.level };
}

/** The position of the first or the last child. */
async function edgePosition(
  db: Kysely<Tables>,
  section: string,
  parentKey: string | null,
  placement: 'beginning' | 'end',
): Promise<number | undefined> {
  const row = await db
    .selectFrom('entries')
    .select('sort_key')
    .where(
      parentKey === null
        ? sql<boolean>`entries.section = ${section} and entries.sort_key is not null`
        : below(section, parentKey),
    )
    .orderBy('sort_key', placement === 'end' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.sort_key === null) return undefined;
  const start = parentKey === null ? 0 : parentKey.length + 1;
  return Number(row.sort_key.slice(start, start + DIGITS));
}

// PostgreSQL has to be told what kind of number a parameter is.
function int(value: number): RawBuilder<number> {
  return sql`cast(${value} as integer)`;
}

function keyOf(parentKey: string | null, position: number): string {
  const own = String(position).padStart(DIGITS, '0');
  return parentKey === null ? own : `${parentKey}/${own}`;
}
