import { z } from 'zod';
import type { FieldLayout } from './field.ts';
import { schemaOf } from './form-schema.ts';
import type { MatrixOptions } from './matrix-field.ts';

/** Entries as a list of objects told apart by `type`, so that `form.list()` has their rows and their fields. */
export function matrixSchema({ types, min, max }: Pick<MatrixOptions, 'types' | 'min' | 'max'>): z.ZodType {
  // A form looks a field up by its name and not by the row's type.
  const fields = z.object(schemaOf(commonLayout(types.map((type) => type.fields))));
  const [first, ...others] = types.map(({ handle, options: { hasTitleField = true } }) =>
    z.object({
      id: z.string().optional(),
      type: z.literal(handle),
      title: hasTitleField ? z.string().max(255).optional() : z.string().max(0).optional(),
      slug: z.string().max(255).optional(),
      enabled: z.boolean().default(true),
      fields: fields.optional(),
    }),
  );
  if (first === undefined) return z.array(z.object({}));
  const list = z.array(z.discriminatedUnion('type', [first, ...others]));
  return list
    .min(min ?? 0)
    .max(max ?? Infinity)
    .optional();
}

/** The fields that forms may write. One of two fields of the same handle would hold the other to its rules: neither does. */
function commonLayout(layouts: readonly FieldLayout[]): FieldLayout {
  const handles = layouts.flatMap((layout) => Object.keys(layout));
  return Object.fromEntries(
    [...new Set(handles)].flatMap((handle) => {
      const fields = new Set(
        layouts.filter((layout) => Object.hasOwn(layout, handle)).map((layout) => layout[handle]),
      );
      const [field, other] = fields;
      return field?.options.frontend === true && other === undefined ? [[handle, field]] : [];
    }),
  );
}
