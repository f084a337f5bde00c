import { malformed, quoted, tooLarge } from './body-errors.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The fields of an application/x-www-form-urlencoded body in their order, parsed as the WHATWG URL standard says, but
 * stricter: a `%` that is not followed by two hex digits and bytes that are not UTF-8 are `BAD_REQUEST` naming the field.
 * More than `maxFields` are `CONTENT_TOO_LARGE`.
 */
export function parseUrlencoded(bytes: Uint8Array, maxFields: number): Array<[string, string]> {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw malformed('The urlencoded body is not valid UTF-8.');
  }
  // Counted before parsing: a megabyte of `&a` is half a million fields.
  let count = 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    if (++count > maxFields) {
      throw tooLarge(
        `The form has more than ${maxFields} fields, the most it may have (\`body.maxFields\`).`,
      );
    }
  }
  if (text.includes('%')) refuseBrokenEscapes(text);
  return [...searchParams(text)];
}

/** Decodes one name or value without judging it: what is malformed stays as it is, or becomes U+FFFD. */
export function decodeComponent(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  const [entry] = searchParams(`=${text}`);
  return entry?.[1] ?? '';
}

function searchParams(text: string): URLSearchParams {
  // The constructor drops a leading question mark, which in a body belongs to the first name.
  return new URLSearchParams(text.startsWith('?') ? `%3F${text.slice(1)}` : text);
}

function refuseBrokenEscapes(text: string): void {
  const broken = /%(?![\da-f]{2})/i.exec(text);
  if (broken !== null) {
    const escape = quoted(text.slice(broken.index, broken.index + 3).replace(/&.*/s, ''));
    throw malformed(`The field ${fieldAt(text, broken.index)} has a malformed percent-escape (${escape}).`);
  }
  if (!/%[89a-f]/i.test(text)) return;
  // The text itself is UTF-8, so no sequence is half escaped: each run of escapes stands for itself.
  for (const { 0: run, index } of text.matchAll(/(?:%[\da-f]{2})+/gi)) {
    try {
      decodeURIComponent(run);
    } catch {
      throw malformed(`The field ${fieldAt(text, index)} has percent-escapes that are not valid UTF-8.`);
    }
  }
}

function fieldAt(text: string, index: number): string {
  const start = text.lastIndexOf('&', index - 1) + 1;
  const pair = text.slice(start, text.indexOf('&', start) < 0 ? undefined : text.indexOf('&', start));
  return quoted(decodeComponent(pair.split('=', 1)[0] ?? ''));
}
