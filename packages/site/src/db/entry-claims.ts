import type { Kysely } from 'kysely';
import { TakenUriError } from '../entries/entry-store.ts';
import { chunks } from './chunks.ts';
import { slugClaim } from './entry-sites.ts';
import type { Tables } from './tables.ts';
import { uniqueViolation } from './unique-violation.ts';

/** See `EntryStore.takenSlugs`. */
export async function takenSlugs(
  db: Kysely<Tables>,
  {
    section,
    site,
    exceptId,
  }: { readonly section: string; readonly site: string; readonly exceptId: number | null },
  slugs: readonly string[],
): Promise<ReadonlySet<string>> {
  const taken = await takenClaims(
    db,
    'slug_claim',
    { site, exceptId },
    slugs.map((slug) => slugClaim(section, slug)),
  );
  return new Set(taken.map((claim) => claim.slice(slugClaim(section, '').length)));
}

/** See `EntryStore.takenUris`. */
export async function takenUris(
  db: Kysely<Tables>,
  place: { readonly site: string; readonly exceptId: number | null },
  uris: readonly string[],
): Promise<ReadonlySet<string>> {
  return new Set(await takenClaims(db, 'uri_claim', place, uris));
}

async function takenClaims(
  db: Kysely<Tables>,
  column: 'slug_claim' | 'uri_claim',
  { site, exceptId }: { readonly site: string; readonly exceptId: number | null },
  claims: readonly string[],
): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const some of chunks(claims)) {
    const rows = await db
      .selectFrom('entry_sites')
      .select(`${column} as claim`)
      .where('site', '=', site)
      .where(column, 'in', some)
      .$if(exceptId !== null, (query) => query.where('entry_id', '<>', exceptId))
      .execute();
    for (const { claim } of rows) if (claim !== null) taken.push(claim);
  }
  return taken;
}

/** A write of entries, whose claims may turn out to be another's: that becomes a `TakenUriError`. */
export async function orTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const violated = uniqueViolation(error) ?? '';
    if (violated.includes('slug_claim'))
      throw new TakenUriError('Another entry of the section has this slug.', { cause: error });
    if (violated.includes('uri_claim'))
      throw new TakenUriError('Another entry has this URI.', { cause: error });
    throw error;
  }
}
