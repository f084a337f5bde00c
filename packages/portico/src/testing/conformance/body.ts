/** A request's body with its type. */
export interface SentBody {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export type Part =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly filename: string; readonly content: Uint8Array };

const BOUNDARY = 'conformance-of-a-host';

export function form(fields: Readonly<Record<string, string>>): SentBody {
  return {
    type: 'application/x-www-form-urlencoded',
    bytes: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

export function json(value: unknown): SentBody {
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(value)) };
}

export function bytes(type: string, content: string | Uint8Array): SentBody {
  return { type, bytes: Buffer.from(content) };
}

/** As a browser sends it (RFC 7578). */
export function multipart(...parts: readonly Part[]): SentBody {
  const pieces = parts.flatMap((part) => [
    Buffer.from(headOf(part)),
    'value' in part ? Buffer.from(part.value) : part.content,
    Buffer.from('\r\n'),
  ]);
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    bytes: Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}

function headOf(part: Part): string {
  const disposition = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part.name}"`;
  if ('value' in part) return `${disposition}\r\n\r\n`;
  return `${disposition}; filename="${part.filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
}

/** So many bytes that do not repeat soon, the same each time. */
export function content(size: number): Buffer {
  const all = Buffer.alloc(size);
  for (let at = 0, state = 1; at < size; at++) {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    all[at] = state >>> 24;
  }
  return all;
}
