/**
 * The path by which errors know a field: `items[0][qty]` and `items[0].qty` are `items.0.qty`, `tags[]` is
 * `tags`.
 */
export function pathOfName(name: string): string {
  return name.replace(/\[([^\]]*)\]/g, '.$1').replace(/\.+$/, '');
}

/**
 * Which of a form's fields an error is about, by their paths in the order of the document: the field itself,
 * else the first one below it (`date` is `date.day`), else the one above it (`tags.1` is the second of the
 * fields `tags`). -1 where none is.
 */
export function fieldOfError(path: string, fields: readonly string[]): number {
  const itself = fields.indexOf(path);
  if (itself >= 0) return itself;
  const below = fields.findIndex((field) => field.startsWith(`${path}.`));
  if (below >= 0) return below;
  for (let parent = path, dot = 0; (dot = parent.lastIndexOf('.')) > 0;) {
    const index = Number(parent.slice(dot + 1));
    parent = parent.slice(0, dot);
    const above = [...fields.keys()].filter((at) => fields[at] === parent);
    const found = above[index] ?? above[0];
    if (found !== undefined) return found;
  }
  return -1;
}
