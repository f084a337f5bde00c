/**
 * Input as a form, in the notation of field names that decoding knows: `address.city`, `items.0.qty`, `tags`
 * repeated. Throws a TypeError where it is no object, or holds itself.
 */
export function encodeForm(input: unknown): FormData {
  const form = new FormData();
  const fields = plain(input);
  if (fields === undefined) return form;
  if (!isContainer(fields)) {
    throw new TypeError('A form or a query needs an object: its keys are the names of the fields.');
  }
  append(form, '', fields, []);
  return form;
}

/** Input as a query string with its question mark. Throws a TypeError for files, too. */
export function encodeQuery(input: unknown): string {
  const form = input instanceof FormData ? input : encodeForm(input);
  const query = new URLSearchParams();
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw new TypeError(`A query cannot hold the file "${name}".`);
    query.append(name, value);
  }
  return query.size > 0 ? `?${query}` : '';
}

function append(form: FormData, name: string, given: unknown, above: readonly unknown[]): void {
  const value = plain(given);
  if (value === undefined) return;
  if (value instanceof Blob) return form.append(name, value);
  if (!isContainer(value)) return form.append(name, value === null ? '' : String(value));
  if (above.includes(value)) throw new TypeError(`The input holds itself at "${name}".`);
  const within = [...above, value];
  if (Array.isArray(value) || value instanceof Set)
    return appendList(form, name, [...(value as Iterable<unknown>)], within);
  for (const [key, part] of value instanceof Map ? value : Object.entries(value)) {
    append(form, nested(name, String(key)), part, within);
  }
}

function appendList(
  form: FormData,
  name: string,
  items: readonly unknown[],
  above: readonly unknown[],
): void {
  // One empty field of that name is an empty list, so a blank element needs its number to be seen.
  if (items.length === 0) form.append(name, '');
  const repeats = items.every((item) => (item ?? '') !== '' && !isContainer(plain(item)));
  items.forEach((item, index) =>
    append(form, repeats ? name : nested(name, String(index)), item ?? null, above),
  );
}

function nested(name: string, key: string): string {
  if (name === '') return key;
  return /[.[]/.test(key) ? `${name}[${key}]` : `${name}.${key}`;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Blob);
}

/** Dates, URLs and whatever else knows how it looks in JSON. */
function plain(value: unknown): unknown {
  const { toJSON } = (value ?? {}) as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(value) : value;
}
