import { functionSchema } from '../../schema/function-schema.ts';
import type { StandardSchema } from '../../schema/standard.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An object that has something at each of the names; so that the suite needs no schema library. */
export function requiring<Output extends object>(
  ...required: readonly (keyof Output & string)[]
): StandardSchema<Output> {
  return functionSchema((value) => {
    const fields: Fields = typeof value === 'object' && value !== null ? { ...value } : {};
    const missing = required.filter((name) => fields[name] === undefined || fields[name] === '');
    if (missing.length === 0) return { value: fields as Output };
    return { issues: missing.map((name) => ({ message: `Say a ${name}.`, path: [name] })) };
  });
}
