import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { InitialValue } from '../content/schema.ts';
import type { DatabaseKind } from './connect.ts';
import { storedJson } from './stored-json.ts';
import type { Tables } from './tables.ts';

// Values of custom fields where they are stored: in the JSON of `entry_sites`, as references, and in the states that drafts and
// revisions keep. Handles are letters, digits and `_`: the check at start holds them to it, and so does `path`.

const HANDLE = /^[a-zA-Z]\w*$/;

interface Place {
  readonly section: string;
  readonly type: string;
}

const SNAPSHOTS = ['entry_drafts', 'entry_revisions'] as const;

/** Moves values to another handle. Where there is a value under that one already, it stays, and the old one is left behind. */
export async function renameValues(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  { section, type, from, to }: Place & { readonly from: string; readonly to: string },
  sites: readonly string[],
): Promise<void> {
  const stored = sql.ref('fields');
  await sql`
    update entry_sites set fields = ${moved(kind, stored, [from], [to])}
    where section = ${section} and type = ${type}
      and ${isThere(kind, stored, [from])} and not ${hasValue(kind, stored, [to])}
  `.execute(db);
  await sql`
    update entry_references set field = ${to}
    where field = ${from} and entry_id in (select id from entries where section = ${section} and type = ${type})
      and not exists (
        select 1 from entry_references as other
        where other.entry_id = entry_references.entry_id and other.site = entry_references.site and other.field = ${to}
      )
  `.execute(db);
  await inSnapshots(db, kind, { section, type }, sites, (state, fields) => ({
    set: moved(kind, state, [...fields, from], [...fields, to]),
    where: sql`${isThere(kind, state, [...fields, from])} and not ${hasValue(kind, state, [...fields, to])}`,
  }));
}

/** Writes a value into the rows of entries that have nothing under its handle, not even null. */
export async function fillValues(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  { section, type, field }: Place & { readonly field: string },
  { value, choices }: InitialValue,
): Promise<void> {
  const stored = sql.ref('fields');
  const lacking = sql`section = ${section} and type = ${type} and ${lacksStoredValue(kind, field)}`;
  for (const [position, choice] of choices.entries())
    await sql`
      insert into entry_references (entry_id, site, field, position, target)
      select entry_id, site, cast(${field} as text), cast(${position} as integer), cast(${`choice:${choice}`} as text)
      from entry_sites where ${lacking}
      on conflict do nothing
    `.execute(db);
  const json = storedJson(value);
  const filled =
    kind === 'sqlite'
      ? sql`json_set(${stored}, ${path(kind, [field])}, json(${json}))`
      : sql`jsonb_set(${stored}, ${path(kind, [field])}, ${json}::text::jsonb)`;
  await sql`update entry_sites set fields = ${filled} where ${lacking}`.execute(db);
}

/** Removes values for good. */
export async function dropValues(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  { section, type, field }: Place & { readonly field: string },
  sites: readonly string[],
): Promise<void> {
  const stored = sql.ref('fields');
  await sql`
    update entry_sites set fields = ${without(kind, stored, [field])}
    where section = ${section} and type = ${type} and ${isThere(kind, stored, [field])}
  `.execute(db);
  await sql`
    delete from entry_references
    where field = ${field} and entry_id in (select id from entries where section = ${section} and type = ${type})
  `.execute(db);
  await inSnapshots(db, kind, { section, type }, sites, (state, fields) => ({
    set: without(kind, state, [...fields, field]),
    where: isThere(kind, state, [...fields, field]),
  }));
}

/** Names the type anew in what drafts and revisions keep. */
export async function renameTypeInSnapshots(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  { section, type }: Place,
  to: string,
): Promise<void> {
  await inSnapshots(db, kind, { section, type }, ['any'], (state) => ({
    set:
      kind === 'sqlite'
        ? sql`json_set(${state}, '$.type', ${to})`
        : sql`jsonb_set(${state}, '{type}', to_jsonb(${to}::text))`,
    where: sql`true`,
  }));
}

/** Whether a row of `entry_sites` has a value of this field. */
export function hasStoredValue(kind: DatabaseKind, field: string): RawBuilder<unknown> {
  return hasValue(kind, sql.ref('fields'), [field]);
}

/** Whether a row of `entry_sites` has nothing under the handle of this field. */
export function lacksStoredValue(kind: DatabaseKind, field: string): RawBuilder<unknown> {
  return sql`not ${isThere(kind, sql.ref('fields'), [field])}`;
}

async function inSnapshots(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  { section, type }: Place,
  sites: readonly string[],
  change: (
    state: RawBuilder<unknown>,
    fields: readonly string[],
  ) => { readonly set: RawBuilder<unknown>; readonly where: RawBuilder<unknown> },
): Promise<void> {
  const state = kind === 'sqlite' ? sql`state` : sql`state::jsonb`;
  const typeOf = kind === 'sqlite' ? sql`json_extract(state, '$.type')` : sql`(state::jsonb ->> 'type')`;
  for (const table of SNAPSHOTS)
    for (const site of sites) {
      const { set, where } = change(state, ['sites', site, 'fields']);
      const text = kind === 'sqlite' ? set : sql`(${set})::text`;
      await sql`
        update ${sql.table(table)} set state = ${text}
        where entry_id in (select id from entries where section = ${section}) and ${typeOf} = ${type} and ${where}
      `.execute(db);
    }
}

/** `$.sites.en.fields.body` on SQLite, `{sites,en,fields,body}` on PostgreSQL, as a literal. */
function path(kind: DatabaseKind, keys: readonly string[]): RawBuilder<unknown> {
  const stranger = keys.find((key) => !HANDLE.test(key));
  if (stranger !== undefined) throw new TypeError(`“${stranger}” is no handle.`);
  return kind === 'sqlite' ? sql.lit(`$.${keys.join('.')}`) : sql.lit(`{${keys.join(',')}}`);
}

type Json = RawBuilder<unknown>;

function isThere(kind: DatabaseKind, json: Json, keys: readonly string[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`(json_type(${json}, ${path(kind, keys)}) is not null)`
    : sql`((${json} #> ${path(kind, keys)}) is not null)`;
}

function hasValue(kind: DatabaseKind, json: Json, keys: readonly string[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`(coalesce(json_type(${json}, ${path(kind, keys)}), 'null') <> 'null')`
    : sql`(coalesce(jsonb_typeof(${json} #> ${path(kind, keys)}), 'null') <> 'null')`;
}

function without(kind: DatabaseKind, json: Json, keys: readonly string[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`json_remove(${json}, ${path(kind, keys)})`
    : sql`(${json} #- ${path(kind, keys)})`;
}

function moved(
  kind: DatabaseKind,
  json: Json,
  from: readonly string[],
  to: readonly string[],
): RawBuilder<unknown> {
  const rest = without(kind, json, from);
  return kind === 'sqlite'
    ? sql`json_set(${rest}, ${path(kind, to)}, json(${json} -> ${path(kind, from)}))`
    : sql`jsonb_set(${rest}, ${path(kind, to)}, ${json} #> ${path(kind, from)})`;
}
