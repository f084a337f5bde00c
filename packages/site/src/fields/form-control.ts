import type { z } from 'zod';
import type { FieldOptions } from './field.ts';

/** The schema of a control with what all kinds say of it: whether it is required, its label and instructions. */
export function formControl(
  schema: z.ZodType,
  { required = false, label, instructions }: FieldOptions,
): z.ZodType {
  const described = schema.meta({
    ...schema.meta(),
    ...(label !== undefined && { title: label }),
    ...(instructions !== undefined && { description: instructions }),
  });
  return required ? described : described.optional();
}
