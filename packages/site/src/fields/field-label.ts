import type { Field } from './field.ts';

/** What people call a field: its label, else its handle in words (`favouriteColour`: "Favourite colour"). */
export function fieldLabel(handle: string, field: Field): string {
  if (field.options.label !== undefined) return field.options.label;
  const words = handle
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
