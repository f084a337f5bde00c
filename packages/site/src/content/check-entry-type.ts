import { fieldFaults } from './check-field.ts';
import type { EntryType } from './entry-type.ts';
import { formatNames, isFormatName, namesIn, TITLE_NAMES } from './format-names.ts';
import { handleFault } from './handles.ts';
import type { Known } from './known.ts';
import { entryTypeShape, shapeFaults } from './shapes.ts';

/** What is wrong with an entry type by itself, a sentence each that begins with `place`. */
export function entryTypeFaults(place: string, type: unknown, known: Known): readonly string[] {
  if (!isEntryType(type)) return [`${place} is no entry type. Make one with entryType('post', { … }).`];
  const at = `${place} (${type.handle})`;
  const malformed = shapeFaults(at, entryTypeShape, type.options);
  if (malformed.length > 0) return malformed;
  const fault = handleFault(type.handle);
  return [
    ...(fault === undefined ? [] : [`${at}: handle: ${fault}`]),
    ...titleFaults(type).map((sentence) => `${at}: ${sentence}`),
    ...Object.entries(type.fields).flatMap(([handle, field]) =>
      fieldFaults(handle, field, known).map((sentence) => `${at}: ${sentence}`),
    ),
  ];
}

/** Whether it was made by `entryType()`. */
export function isEntryType(value: unknown): value is EntryType {
  const { handle, fields, options } = (value ?? {}) as Partial<Record<keyof EntryType, unknown>>;
  const areObjects = [fields, options].every((part) => typeof part === 'object' && part !== null);
  return typeof handle === 'string' && areObjects;
}

function titleFaults(type: EntryType): readonly string[] {
  const { hasTitleField, titleFormat } = type.options;
  if (titleFormat === undefined)
    return hasTitleField === false
      ? ['titleFormat: nobody writes the title, so say what makes it: titleFormat: "{fields.name}".']
      : [];
  const names = namesIn(titleFormat);
  if (names === undefined)
    return [
      `titleFormat: "${titleFormat}" cannot be read: write each name in braces of its own, {fields.name}.`,
    ];
  return names
    .filter((name) => !isFormatName(name, TITLE_NAMES, [type]))
    .map((name) => `titleFormat: there is no {${name}}. There are ${formatNames(TITLE_NAMES)}.`);
}
