import { z } from 'zod';

// What the types say, for those who write JavaScript, and for names that are misspelt.

/** An object with these options; of any other it says what there is. */
function options<const Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).sort().join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `There is no option ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}. There are ${known}.`
        : undefined,
  });
}

const id = z.number().int().positive().optional();
const handle = z.string();
const name = z.string().min(1).optional();
const renamedFrom = z.string().optional();
const onSite = {
  enabledByDefault: z.boolean().optional(),
  uriFormat: z.string().nullable().optional(),
};

export const siteShape = options({
  handle,
  id,
  name,
  language: z.string(),
  baseUrl: z.string().optional(),
  group: z.string().optional(),
  primary: z.boolean().optional(),
});

export const sectionShape = options({
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
  sites: z.record(z.string(), options(onSite)).optional(),
  guests: options({
    limit: z
      .union([
        options({ points: z.number().int().positive(), seconds: z.number().int().positive() }),
        z.literal(false),
      ])
      .optional(),
    enabledByDefault: z.boolean().optional(),
    runValidation: z.boolean().optional(),
    authorId: z.number().int().positive().optional(),
  }).optional(),
});

export const entryTypeShape = options({
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
