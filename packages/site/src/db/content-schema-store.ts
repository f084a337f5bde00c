import type { Kysely } from 'kysely';
import type { ContentSchema } from '../content/schema.ts';
import type { Tables } from './tables.ts';

const ONLY = 1;

/** What the database was last brought up to; undefined: nothing yet. */
export async function readContentSchema(db: Kysely<Tables>): Promise<ContentSchema | undefined> {
  const row = await db
    .selectFrom('content_schema')
    .select('schema')
    .where('id', '=', ONLY)
    .executeTakeFirst();
  return row && (JSON.parse(row.schema) as ContentSchema);
}

export async function writeContentSchema(
  db: Kysely<Tables>,
  schema: ContentSchema,
  now: number,
): Promise<void> {
  const row = { schema: JSON.stringify(schema), applied_at: now };
  await db
    .insertInto('content_schema')
    .values({ id: ONLY, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
