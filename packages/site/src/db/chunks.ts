/** A list in parts, since neither database takes any number of parameters in one statement. Nothing for an empty list. */
export function chunks<Item>(items: readonly Item[], size = 1000): Item[][] {
  const parts: Item[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}
