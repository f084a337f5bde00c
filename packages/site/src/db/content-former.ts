import type { Kysely } from 'kysely';
import { mergedSections, type ContentSchema, type SectionSchema } from '../content/schema.ts';
import { readContentSchema } from './content-schema-store.ts';
import type { Tables } from './tables.ts';

const NOTHING: ContentSchema = { sections: [], indexes: [] };

/**
 * What the database was last brought up to, with sections and types that entries are of although it does not name them: older
 * code that was still running when a name changed goes on making entries under the one it knows.
 */
export async function readFormerContent(db: Kysely<Tables>): Promise<ContentSchema> {
  const schema = await readContentSchema(db);
  if (schema === undefined) return NOTHING;
  const rows = await db
    .selectFrom('entries')
    .select(['section', 'type'])
    .distinct()
    .orderBy('section')
    .orderBy('type')
    .execute();
  const used = rows.map(({ section, type }): SectionSchema => ({
    handle: section,
    type: 'channel',
    sites: [],
    types: [{ handle: type, fields: [] }],
  }));
  const sections = used.reduce<readonly SectionSchema[]>(
    (all, section) => mergedSections(all, [section]),
    schema.sections,
  );
  return { ...schema, sections };
}
