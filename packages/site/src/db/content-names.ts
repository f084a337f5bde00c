import { sql, type Kysely } from 'kysely';
import { permissionNames } from '../users/permissions/permission-names.ts';
import type { DatabaseKind } from './connect.ts';
import { renameTypeInSnapshots } from './content-values.ts';
import { liftChildren, lockTree } from './entry-tree.ts';
import type { Tables } from './tables.ts';

const ENTRY_PERMISSIONS = permissionNames
  .filter((name) => /Entr(?:y|ies)/.test(name) && name.endsWith(':<handle>'))
  .map((name) => name.slice(0, -'<handle>'.length).toLowerCase());

/** Gives all entries of a section to another one, after those that it may have, with what users are allowed there. */
export async function renameSection(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  from: string,
  to: string,
): Promise<void> {
  for (const section of [from, to].toSorted()) await lockTree(db, kind, section);
  // Both have entries only where older code went on after the new name was known.
  await sql`
    update entry_sites set slug = slug || '-' || entry_id, slug_claim = slug_claim || '-' || entry_id
    where section = ${from} and exists (
      select 1 from entry_sites as other
      where other.site = entry_sites.site and other.slug_claim = ${`${to}/`} || entry_sites.slug
    )
  `.execute(db);
  await placeAfter(db, kind, from, to);
  await sql`
    update entry_sites
    set section = ${to}, slug_claim = ${`${to}/`} || substr(slug_claim, ${sql.lit(from.length + 2)})
    where section = ${from}
  `.execute(db);
  await sql`update entries set section = ${to} where section = ${from}`.execute(db);
  for (const name of ENTRY_PERMISSIONS) {
    const [former, next] = [name + from.toLowerCase(), name + to.toLowerCase()];
    await sql`
      update user_permissions set permission = ${next}
      where permission = ${former} and not exists (
        select 1 from user_permissions as other
        where other.user_id = user_permissions.user_id and other.permission = ${next}
      )
    `.execute(db);
  }
}

/** Sort keys begin with ten digits (`db/entry-tree.ts`). */
async function placeAfter(db: Kysely<Tables>, kind: DatabaseKind, from: string, to: string): Promise<void> {
  const { rows } = await sql<{ offset: number | string | null }>`
    select
      (select cast(max(substr(sort_key, 1, 10)) as bigint) from entries where section = ${to})
        - (select cast(min(substr(sort_key, 1, 10)) as bigint) from entries where section = ${from}) + 1 as "offset"
  `.execute(db);
  const offset = Number(rows[0]?.offset ?? 0);
  if (offset === 0) return;
  const root = sql`(cast(substr(sort_key, 1, 10) as bigint) + ${sql.lit(offset)})`;
  const padded = kind === 'sqlite' ? sql`printf('%010d', ${root})` : sql`lpad(${root}::text, 10, '0')`;
  await sql`
    update entries set sort_key = ${padded} || substr(sort_key, 11) where section = ${from} and sort_key is not null
  `.execute(db);
}

export async function renameType(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  section: string,
  from: string,
  to: string,
): Promise<void> {
  for (const table of ['entries', 'entry_sites'] as const)
    await sql`
      update ${sql.table(table)} set type = ${to} where section = ${section} and type = ${from}
    `.execute(db);
  await renameTypeInSnapshots(db, kind, { section, type: from }, to);
}

/** Deletes the entries of a section, or of one of its types, for good; what stands below them moves up. */
export async function dropEntries(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  section: string,
  type?: string,
): Promise<void> {
  await lockTree(db, kind, section);
  const doomed =
    type === undefined ? sql`section = ${section}` : sql`section = ${section} and type = ${type}`;
  if (type !== undefined) {
    const { rows: parents } = await sql<{ id: number }>`
      select id from entries
      where ${doomed} and deleted_at is null and id in (select parent_id from entries where section = ${section})
    `.execute(db);
    for (const { id } of parents) await liftChildren(db, kind, id);
  }
  // SQLite's table of words has no foreign key.
  if (kind === 'sqlite')
    await sql`delete from entry_search where rowid in (select id from entry_sites where ${doomed})`.execute(
      db,
    );
  await sql`delete from entries where ${doomed}`.execute(db);
}
