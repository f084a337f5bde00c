import { malformed } from './body-errors.ts';

/** What the headers of a part of multipart/form-data say. */
export interface PartHeaders {
  readonly name: string;
  /** The name the client gives the file, never to be used as a path; `undefined` where the part is a text field. */
  readonly filename: string | undefined;
  readonly contentType: string | undefined;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const HEADER = /^([!#$%&'*+\-.^_`|~\w]+)[ \t]*:[ \t]*(.*)$/s;
const PLAIN_ENCODINGS = new Set(['7bit', '8bit', 'binary']);

/**
 * Reads the header block of a part: RFC 7578 section 4, names and file names as the HTML standard encodes them
 * (multipart/form-data encoding algorithm). `filename*` counts for nothing (RFC 7578 section 4.2), unknown headers neither.
 */
export function parsePartHeaders(block: Uint8Array): PartHeaders {
  let disposition: Map<string, string> | undefined;
  let contentType: string | undefined;
  const text = decoder.decode(block).replace(/\r\n[ \t]+/g, ' ');
  for (const line of text === '' ? [] : text.split('\r\n')) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined || /[\r\n\0]/.test(value)) {
      throw malformed('A part of the multipart body has a header line that is no header.');
    }
    switch (name.toLowerCase()) {
      case 'content-disposition':
        if (disposition) throw malformed('A part of the multipart body has two Content-Disposition headers.');
        disposition = parseDisposition(value);
        break;
      case 'content-type':
        contentType = value.trim();
        break;
      case 'content-transfer-encoding':
        if (!PLAIN_ENCODINGS.has(value.trim().toLowerCase())) {
          throw malformed(
            'A part of the multipart body has a Content-Transfer-Encoding. Send its bytes as they are (RFC 7578 section 4.7).',
          );
        }
        break;
    }
  }
  const name = disposition?.get('name');
  if (disposition === undefined || name === undefined) {
    throw malformed('A part of the multipart body has no Content-Disposition header with a name.');
  }
  return { name, filename: disposition.get('filename'), contentType };
}

function parseDisposition(value: string): Map<string, string> {
  const parameters = new Map<string, string>();
  const semicolon = value.indexOf(';');
  const type = semicolon < 0 ? value : value.slice(0, semicolon);
  if (type.trim().toLowerCase() !== 'form-data') {
    throw malformed('A part of the multipart body has a Content-Disposition other than form-data.');
  }
  let position = semicolon < 0 ? value.length : semicolon;
  while (position < value.length) {
    const equals = value.indexOf('=', position);
    if (equals < 0) {
      if (value.slice(position + 1).trim() === '') break;
      throw brokenDisposition();
    }
    const key = value
      .slice(position + 1, equals)
      .trim()
      .toLowerCase();
    let content: string;
    if (value[equals + 1] === '"') {
      const end = closingQuote(value, equals + 2);
      content = unescape(value.slice(equals + 2, end));
      position = value.indexOf(';', end);
    } else {
      position = value.indexOf(';', equals);
      content = value.slice(equals + 1, position < 0 ? undefined : position).trim();
    }
    if (position < 0) position = value.length;
    if (key === '' || parameters.has(key)) throw brokenDisposition();
    parameters.set(key, content);
  }
  return parameters;
}

// Browsers write a quote as %22, so the first one ends the value. curl can write \", which is told from a value that ends
// in a backslash by what follows it.
function closingQuote(value: string, from: number): number {
  for (let at = value.indexOf('"', from); at >= 0; at = value.indexOf('"', at + 1)) {
    if (/^[ \t]*(;|$)/.test(value.slice(at + 1))) return at;
    if (value[at - 1] !== '\\') break;
  }
  throw brokenDisposition();
}

function unescape(content: string): string {
  const unquoted = content.includes('\\"')
    ? content.replaceAll('\\"', '"').replaceAll('\\\\', '\\')
    : content;
  if (!unquoted.includes('%')) return unquoted;
  return unquoted.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function brokenDisposition(): Error {
  return malformed('A part of the multipart body has a Content-Disposition header that cannot be read.');
}
