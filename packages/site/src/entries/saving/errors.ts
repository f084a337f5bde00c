import { inputErrors } from '../../lib/input-errors.ts';

/** Sentences by the names under which things were posted. */
export type EntryErrors = Readonly<Record<string, readonly string[]>>;

/** All errors of several sets, those under one name in their order and each once. */
export function joined(...sets: readonly EntryErrors[]): EntryErrors {
  const all = new Map<string, readonly string[]>();
  for (const [name, messages] of sets.flatMap((errors) => Object.entries(errors)))
    all.set(name, [...new Set([...(all.get(name) ?? []), ...messages])]);
  return Object.fromEntries(all);
}

/** Errors of custom fields as they are posted unless `fieldsLocation` says otherwise. */
export function namedFields(errors: EntryErrors): EntryErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([handle, messages]) => [
      handle === '' ? 'fields' : `fields.${handle}`,
      messages,
    ]),
  );
}

/** Throws an input error where anything is wrong. */
export function refuseWrong(errors: EntryErrors): void {
  if (Object.keys(errors).length > 0) throw inputErrors(errors);
}
