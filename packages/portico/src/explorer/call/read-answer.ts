import { decodeData } from '../../lib/rich-json.ts';
import { DEVALUE_TYPE } from '../../wire/names.ts';
import type { AnswerBody, AnswerErrors } from './call-answer.ts';

const MOST_BYTES = 1024 * 1024;
const LONGEST_MS = 30_000;
const TEXT = /^(?:text\/|application\/(?:json|xml|javascript|problem\+json|x-www-form-urlencoded))/;

/** The body of an answer for reading: text as it is, JSON indented. A stream without end is cut. */
export async function readBody(response: Response): Promise<AnswerBody> {
  const type = response.headers.get('content-type') ?? '';
  const { bytes, cut } = await readBytes(response);
  const isText = TEXT.test(type);
  const text = isText ? new TextDecoder().decode(bytes) : '';
  return { type, text: cut ? text : pretty(type, text), bytes: bytes.byteLength, cut };
}

/** What is wrong, from a body of either JSON door. */
export function errorsIn({ type, text }: AnswerBody): AnswerErrors | undefined {
  if (!type.startsWith('application/json')) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string')
    return undefined;
  const { message, fields, errors, formErrors } = body as Record<string, unknown>;
  const found = fields ?? errors;
  return {
    code: body.code,
    message: typeof message === 'string' ? message : '',
    fields: typeof found === 'object' && found !== null ? (found as AnswerErrors['fields']) : {},
    formErrors: Array.isArray(formErrors) ? formErrors.map(String) : [],
  };
}

/** Anything for reading: JSON with two spaces, and what JSON has no word for in the words of the console. */
export function prettyValue(value: unknown): string {
  const shown = JSON.stringify(
    value,
    (_key, inner: unknown) => {
      if (typeof inner === 'bigint') return `${inner}n`;
      if (inner instanceof Map) return { Map: [...inner] };
      if (inner instanceof Set) return { Set: [...inner] };
      return inner;
    },
    2,
  ) as string | undefined;
  return shown ?? 'undefined';
}

function pretty(type: string, text: string): string {
  try {
    if (type.startsWith(DEVALUE_TYPE)) return prettyValue(decodeData({ contentType: type, body: text }));
    return type.startsWith('application/json') ? JSON.stringify(JSON.parse(text), null, 2) : text;
  } catch {
    // It calls itself JSON and is none, or holds itself.
    return text;
  }
}

async function readBytes(response: Response): Promise<{ bytes: Uint8Array; cut: boolean }> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let cut = false;
  if (!reader) return { bytes: new Uint8Array(), cut };
  const late = setTimeout(() => {
    cut = true;
    void reader.cancel();
  }, LONGEST_MS);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.byteLength;
    if (length <= MOST_BYTES) continue;
    cut = true;
    void reader.cancel();
    break;
  }
  clearTimeout(late);
  return { bytes: Buffer.concat(chunks).subarray(0, MOST_BYTES), cut };
}
