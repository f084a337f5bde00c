import { mediaType, parameter } from '../http/media-type.ts';

/**
 * A parsed urlencoded body, nested or flat, as it may have been sent: `a[b][0]=c`. A list of one has its brackets, which it
 * must have had for a parser to know it from a text.
 */
export function encodeForm(body: object): string {
  return formEntries(body)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** The texts of a parsed multipart body, without its end: what is left of it once a parser has taken the files. */
export function encodePart(body: object, contentType: string): string {
  const boundary = parameter(contentType, 'boundary');
  if (mediaType(contentType) !== 'multipart/form-data' || boundary === undefined) return '';
  const parts = formEntries(body).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22').replaceAll(/\r?\n|\r/g, '%0D%0A')}"\r\n\r\n${value}\r\n`,
  );
  return parts.length === 0 ? '' : `${parts.join('')}--${boundary}`;
}

function formEntries(value: unknown, name = ''): Array<[name: string, value: string]> {
  if (Array.isArray(value)) {
    const isFlat = value.every((item) => typeof item !== 'object');
    return value.flatMap((item, index) =>
      formEntries(item, isFlat ? flatName(name, value) : `${name}[${index}]`),
    );
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      formEntries(item, name === '' ? key : `${name}[${key}]`),
    );
  }
  return value === undefined || value === null ? [] : [[name, String(value)]];
}

function flatName(name: string, { length }: readonly unknown[]): string {
  return length === 1 ? `${name}[]` : name;
}
