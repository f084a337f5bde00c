import { inputErrors } from '../lib/input-errors.ts';
import type { FieldLayout } from './field.ts';

type Input = Readonly<Record<string, unknown>>;

/**
 * What an input holds for custom fields, for `applyFields`: the value at `fieldsLocation`, a name or a dotted path, `fields`
 * unless given. Blank means the root of the input. There `nativeNames` are no fields, and with `layout` only its handles
 * are, since a form has other inputs too, such as its button. Throws an input error where `fieldsLocation` is no text.
 */
export function postedFields(input: Input, nativeNames: ReadonlySet<string>, layout?: FieldLayout): unknown {
  const location = locationOf(input);
  if (location === '') {
    const isField = (name: string): boolean =>
      !nativeNames.has(name) &&
      name !== 'fieldsLocation' &&
      (layout === undefined || Object.hasOwn(layout, name));
    return Object.fromEntries(Object.entries(input).filter(([name]) => isField(name)));
  }
  if (Object.hasOwn(input, location)) return input[location];
  let value: unknown = input;
  for (const segment of segmentsOf(location)) value = propertyOf(value, segment);
  return value;
}

/** Errors by handle as errors by the names under which the fields were sent: `fields.bio`. */
export function fieldErrors(
  input: Input,
  errors: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const location = segmentsOf(locationOf(input));
  return Object.fromEntries(
    Object.entries(errors).map(([handle, messages]) => [
      [...location, handle].filter((segment) => segment !== '').join('.'),
      messages,
    ]),
  );
}

function locationOf({ fieldsLocation }: Input): string {
  if (fieldsLocation === undefined) return 'fields';
  if (fieldsLocation === null) return '';
  if (typeof fieldsLocation === 'string') return fieldsLocation.trim();
  throw inputErrors({
    fieldsLocation: 'fieldsLocation must be text: the name under which the fields are sent.',
  });
}

// `a.b` and `a[b]` name the same place, as they do in forms.
function segmentsOf(location: string): string[] {
  return location.split(/[.[\]]+/).filter((segment) => segment !== '');
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
