import { ActionInputError } from 'portico';

/**
 * What is wrong with the input, by full dotted path (`fields.bio`), as an action's own validation says it: 400, or 422 on a
 * page. `form` holds what concerns no single field.
 */
export function inputErrors(
  fields: Readonly<Record<string, string | readonly string[]>>,
  form: readonly string[] = [],
): ActionInputError {
  const entries = Object.entries(fields).map(([path, messages]): [string, string[]] => [
    path,
    typeof messages === 'string' ? [messages] : [...messages],
  ]);
  return new ActionInputError({
    issues: [
      ...entries.flatMap(([path, messages]) =>
        messages.map((message) => ({ message, path: path.split('.') })),
      ),
      ...form.map((message) => ({ message })),
    ],
    fields: Object.fromEntries(entries),
    formErrors: [...form],
  });
}
