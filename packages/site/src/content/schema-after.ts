import { renamesOf } from './content-renames.ts';
import { indexKey, mergedSections, union, type ContentSchema, type SectionSchema } from './schema.ts';

/**
 * What is stored once `after` was applied. Without `drop`, what has left the code stays known, since it is still there; so do
 * the sites that a section had, with it too.
 */
export function schemaAfter(before: ContentSchema, after: ContentSchema, drop: boolean): ContentSchema {
  const { renamed } = renamesOf(before, after);
  const kept = drop ? { sections: sitesOnly(renamed, after), indexes: [] } : renamed;
  return {
    sections: mergedSections(after.sections, kept.sections),
    indexes: union(after.indexes, kept.indexes, indexKey),
  };
}

function sitesOnly({ sections }: ContentSchema, after: ContentSchema): readonly SectionSchema[] {
  const stay = sections.filter(({ handle }) => after.sections.some((section) => section.handle === handle));
  return stay.map((section) => ({ ...section, types: [] }));
}
