/** A value as JavaScript that makes it anew. Files are a name to fill in. */
export function asCode(value: unknown, depth = 0): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? 'new Date(NaN)'
      : `new Date(${JSON.stringify(value.toISOString())})`;
  }
  if (value instanceof URL) return `new URL(${JSON.stringify(value.href)})`;
  if (value instanceof Blob) {
    const name = JSON.stringify('name' in value ? value.name : 'file');
    return `new File(['…'], ${name}, { type: ${JSON.stringify(value.type)} })`;
  }
  if (value instanceof FormData) return 'new FormData()';
  if (value instanceof Set) return `new Set(${asCode([...value], depth)})`;
  if (value instanceof Map) return `new Map(${asCode([...value], depth)})`;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[${value.map((item) => asCode(item, depth)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) return objectCode(value, depth);
  return JSON.stringify(value);
}

function objectCode(value: object, depth: number): string {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return '{}';
  const pad = '  '.repeat(depth + 1);
  const lines = entries.map(([key, inner]) => {
    const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
    return `${pad}${name}: ${asCode(inner, depth + 1)},`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}
