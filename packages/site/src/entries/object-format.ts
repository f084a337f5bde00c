import { formatPart } from '../content/format-names.ts';

/** What a format may name: plain data, nested. */
export interface FormatData {
  readonly [name: string]: unknown;
}

/**
 * `{fields.number} by {author.username}` filled in with the data's own properties, by dotted path. What is not there, or is
 * neither text nor number, is what stands after `??`, `{parent.uri ?? 'help'}`, or nothing: there are no calls, no filters, and
 * no way to a prototype.
 */
export function renderFormat(format: string, data: FormatData): string {
  return format.replace(/\{([^{}]*)\}/g, (_whole, inBraces: string) => {
    const { name, otherwise } = formatPart(inBraces);
    return textAt(data, name) || otherwise;
  });
}

function textAt(data: FormatData, path: string): string {
  let value: unknown = data;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return '';
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
