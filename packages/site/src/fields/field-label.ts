import { handleWords } from '../lib/handle-words.ts';
import type { Field } from './field.ts';

/** What people call a field: its label, else its handle in words (`favouriteColour`: "Favourite colour"). */
export function fieldLabel(handle: string, field: Field): string {
  return field.options.label ?? handleWords(handle);
}
