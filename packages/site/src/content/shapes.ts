import { z } from 'zod';

// What the types say, for those who write JavaScript, and for names that are misspelt.

const id = z.number().int().positive().optional();
const handle = z.string();
const name = z.string().min(1).optional();
const renamedFrom = z.string().optional();
const onSite = {
  enabledByDefault: z.boolean().optional(),
  uriFormat: z.string().nullable().optional(),
};

export const siteShape = z.strictObject({
  handle,
  id,
  name,
  language: z.string(),
  baseUrl: z.string().optional(),
  group: z.string().optional(),
  primary: z.boolean().optional(),
});

export const sectionShape = z.strictObject({
  ...onSite,
  handle,
  id,
  name,
  renamedFrom,
  type: z.enum(['single', 'channel', 'structure']),
  entryTypes: z.array(z.unknown()).readonly(),
  maxLevels: z.number().int().positive().optional(),
  defaultPlacement: z.enum(['beginning', 'end']).optional(),
  maxAuthors: z.number().int().min(0).optional(),
  minAuthors: z.number().int().min(0).optional(),
  enableVersioning: z.boolean().optional(),
  reservedSlugs: z.array(z.string()).readonly().optional(),
  propagationMethod: z.enum(['none', 'siteGroup', 'language', 'custom', 'all']).optional(),
  sites: z.record(z.string(), z.strictObject(onSite)).optional(),
  guests: z
    .strictObject({
      limit: z
        .union([
          z.strictObject({ points: z.number().int().positive(), seconds: z.number().int().positive() }),
          z.literal(false),
        ])
        .optional(),
      enabledByDefault: z.boolean().optional(),
      runValidation: z.boolean().optional(),
      authorId: z.number().int().positive().optional(),
    })
    .optional(),
});

export const entryTypeShape = z.strictObject({
  id,
  name,
  renamedFrom,
  hasTitleField: z.boolean().optional(),
  titleFormat: z.string().optional(),
  titleLabel: z.string().optional(),
  titleTranslation: z.enum(['none', 'site', 'siteGroup', 'language']).optional(),
});

/** What of a value has another shape, a sentence each that begins with the place. */
export function shapeFaults(place: string, shape: z.ZodType, value: unknown): readonly string[] {
  const { error } = shape.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) =>
    [place, path.join('.'), message].filter((part) => part !== '').join(': '),
  );
}
