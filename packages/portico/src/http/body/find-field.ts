import { mediaType, parameter } from '../media-type.ts';
import { MultipartParser } from './multipart.ts';
import { ChunkList } from './chunk-list.ts';
import { decodeComponent } from './urlencoded.ts';

export type FoundField =
  | { readonly state: 'found'; readonly value: string }
  /** The name is there with brackets: `name[]`, `name[x]`. */
  | { readonly state: 'malformed'; readonly name: string }
  | { readonly state: 'absent' }
  /** Not in these bytes, but more of them may tell. */
  | { readonly state: 'more' };

const ABSENT: FoundField = { state: 'absent' };
const MORE: FoundField = { state: 'more' };
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Looks for one text field in the first bytes of a form, without judging the form: what is malformed has no such field.
 * `ended`: these bytes are the whole body. In a multipart form the search ends where a file begins, since the field
 * must come before files. Never throws.
 */
export function findField(prefix: Uint8Array, contentType: string, name: string, ended: boolean): FoundField {
  switch (mediaType(contentType)) {
    case 'application/x-www-form-urlencoded':
      return findUrlencoded(prefix, name, ended);
    case 'multipart/form-data':
      return findMultipart(prefix, parameter(contentType, 'boundary') ?? '', name, ended);
    default:
      return ABSENT;
  }
}

function judge(key: string, name: string, value: () => string): FoundField | undefined {
  if (key === name) return { state: 'found', value: value() };
  return key.startsWith(`${name}[`) ? { state: 'malformed', name: key } : undefined;
}

function findUrlencoded(prefix: Uint8Array, name: string, ended: boolean): FoundField {
  const text = decoder.decode(prefix);
  for (let start = 0; start <= text.length;) {
    let end = text.indexOf('&', start);
    if (end < 0) {
      if (!ended) return MORE;
      end = text.length;
    }
    const pair = text.slice(start, end);
    const equals = pair.indexOf('=');
    const key = decodeComponent(equals < 0 ? pair : pair.slice(0, equals));
    const found = judge(key, name, () => (equals < 0 ? '' : decodeComponent(pair.slice(equals + 1))));
    if (found !== undefined) return found;
    start = end + 1;
  }
  return ended ? ABSENT : MORE;
}

function findMultipart(prefix: Uint8Array, boundary: string, name: string, ended: boolean): FoundField {
  const text = new ChunkList();
  let key = '';
  let result: FoundField | undefined;
  const handlers = {
    onPart: (part: { name: string; filename: string | undefined }) => {
      key = part.name;
      if (part.filename) result ??= ABSENT;
      const isFile = part.filename !== undefined;
      return (bytes: Uint8Array): void => {
        if (isFile) result ??= ABSENT;
        else if (key === name && result === undefined) text.add(bytes);
      };
    },
    onPartEnd: () => {
      result ??= judge(key, name, () => decoder.decode(text.join()));
    },
  };
  try {
    const parser = new MultipartParser(boundary, handlers, { maxParts: Infinity });
    // Every handler above is synchronous, so this is too.
    void parser.push(prefix);
    if (result === undefined && parser.closed) return ABSENT;
  } catch {
    result ??= ABSENT;
  }
  return result ?? (ended ? ABSENT : MORE);
}
