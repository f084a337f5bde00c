import { encodeForm } from '../client/encode-form.ts';

/** What a form sends: form data, or an object in whose place the fields are named (`address.city`, `items.0.qty`). */
export type Fields = FormData | URLSearchParams | Readonly<Record<string, unknown>>;

/** The fields as a browser sends them: multipart only where there is a file. `first` stands before all others. */
export function formBody(
  fields: Fields,
  first: Readonly<Record<string, string>> = {},
): FormData | URLSearchParams {
  const form = new FormData();
  for (const [name, value] of Object.entries(first)) form.append(name, value);
  for (const [name, value] of entriesOf(fields)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value);
  }
  const texts: Array<[string, string]> = [];
  for (const [name, value] of form) {
    if (typeof value !== 'string') return form;
    texts.push([name, value]);
  }
  return new URLSearchParams(texts);
}

function entriesOf(fields: Fields): Iterable<[string, FormDataEntryValue]> {
  return fields instanceof FormData || fields instanceof URLSearchParams ? fields : encodeForm(fields);
}
