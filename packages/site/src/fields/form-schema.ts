import { z } from 'zod';
import type { FieldLayout } from './field.ts';

/**
 * A schema for `form(ctx, action, { schema })`, so that its fields know their constraints and options: the fields of the
 * layout that forms may write, at `location`, the name under which they are sent.
 */
export function formSchema(layout: FieldLayout, location = 'fields'): z.ZodObject {
  const fields = schemaOf(
    Object.fromEntries(Object.entries(layout).filter(([, field]) => field.options.frontend === true)),
  );
  return z.object(location === '' ? fields : { [location]: z.object(fields) });
}

/** The schemas of all fields by handle. One that says nothing of its control is left out: any text goes. */
export function schemaOf(layout: FieldLayout): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(layout).flatMap(([handle, field]) => {
      const schema = field.formSchema?.();
      return schema === undefined ? [] : [[handle, schema]];
    }),
  );
}
