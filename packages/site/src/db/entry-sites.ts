import type { Insertable, Kysely } from 'kysely';
import type { EntryDerived } from '../entries/entry-store.ts';
import type { EntrySiteState, EntryState } from '../entries/entry.ts';
import type { DatabaseKind } from './connect.ts';
import { replaceReferences } from './entry-references.ts';
import { removeWords, writeWords } from './entry-search.ts';
import { storedJson } from './stored-json.ts';
import type { EntrySitesTable, EntryStage } from './content-tables.ts';
import type { Tables } from './tables.ts';

/** What all sites of an entry have in common. */
export interface SitesOwner extends EntryState {
  readonly id: number;
  readonly section: string;
  readonly draft: boolean;
  readonly createdAt: number;
}

/** Puts the entry's sites in the place of those it had; a row that stays keeps its id, which its words hang on. */
export async function writeSites(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  entry: SitesOwner,
  derived: EntryDerived,
  now: number,
): Promise<void> {
  const rows = Object.entries(entry.sites).map(([site, state]) => siteRow(entry, site, state, now));
  await dropSitesBut(db, kind, entry.id, Object.keys(entry.sites));
  const written = rows.length === 0 ? [] : await upsert(db, rows);
  await replaceReferences(db, entry.id, derived);

  if (entry.draft) return removeWords(db, kind, idsOf(written));
  for (const { id, site, title } of written)
    await writeWords(db, kind, id, { title, body: derived.sites[site]?.keywords ?? '' });
}

type Written = readonly { readonly id: number; readonly site: string; readonly title: string | null }[];

function upsert(db: Kysely<Tables>, rows: readonly Insertable<EntrySitesTable>[]): Promise<Written> {
  return db
    .insertInto('entry_sites')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['entry_id', 'site']).doUpdateSet((eb) => ({
        type: eb.ref('excluded.type'),
        stage: eb.ref('excluded.stage'),
        enabled: eb.ref('excluded.enabled'),
        title: eb.ref('excluded.title'),
        slug: eb.ref('excluded.slug'),
        slug_claim: eb.ref('excluded.slug_claim'),
        uri: eb.ref('excluded.uri'),
        uri_claim: eb.ref('excluded.uri_claim'),
        post_at: eb.ref('excluded.post_at'),
        expires_at: eb.ref('excluded.expires_at'),
        updated_at: eb.ref('excluded.updated_at'),
        fields: eb.ref('excluded.fields'),
      })),
    )
    .returning(['id', 'site', 'title'])
    .execute();
}

async function dropSitesBut(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  entryId: number,
  sites: readonly string[],
): Promise<void> {
  let query = db.deleteFrom('entry_sites').where('entry_id', '=', entryId);
  if (sites.length > 0) query = query.where('site', 'not in', sites);
  const gone = await query.returning('id').execute();
  await removeWords(db, kind, idsOf(gone));
}

/** Gives up slugs, URIs and words of entries on all their sites; as many as one statement takes. */
export async function unlistSites(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  entryIds: readonly number[],
  stage: EntryStage,
): Promise<void> {
  if (entryIds.length === 0) return;
  const rows = await db
    .updateTable('entry_sites')
    .set({ stage, slug_claim: null, uri_claim: null })
    .where('entry_id', 'in', entryIds)
    .returning('id')
    .execute();
  await removeWords(db, kind, idsOf(rows));
}

/** What a slug is unique by, beside its site. */
export function slugClaim(section: string, slug: string): string {
  return `${section}/${slug}`;
}

function siteRow(
  entry: SitesOwner,
  site: string,
  state: EntrySiteState,
  now: number,
): Insertable<EntrySitesTable> {
  const { slug, uri } = state;
  return {
    entry_id: entry.id,
    site,
    section: entry.section,
    type: entry.type,
    stage: stageOf(entry, state),
    enabled: state.enabled ? 1 : 0,
    title: state.title,
    slug,
    slug_claim: entry.draft || slug === null ? null : slugClaim(entry.section, slug),
    uri,
    uri_claim: entry.draft ? null : uri,
    post_at: entry.postAt,
    expires_at: entry.expiresAt,
    created_at: entry.createdAt,
    updated_at: now,
    fields: storedJson(state.fields),
  };
}

function stageOf(entry: SitesOwner, site: EntrySiteState): EntryStage {
  if (entry.draft) return 'draft';
  return entry.enabled && site.enabled ? 'listed' : 'disabled';
}

function idsOf(rows: readonly { readonly id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
