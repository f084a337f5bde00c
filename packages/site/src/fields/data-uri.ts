const START = /^data:([a-z0-9]+\/[a-z0-9.+-]+)(?:;[a-z0-9-]+=[a-z0-9-]+)*;base64,/i;
// The longest start there is reason for; what follows may be megabytes.
const LONGEST_START = 200;

/**
 * The file that a data URI in base64 holds; `undefined` where it is none, 'large' beyond `maxBytes`, judged before anything is
 * decoded. The media type is what the sender says of it.
 */
export function fileOfDataUri(
  uri: string,
  filename: string | undefined,
  maxBytes = Infinity,
): File | 'large' | undefined {
  const [start = '', type = ''] = START.exec(uri.slice(0, LONGEST_START)) ?? [];
  if (start === '') return undefined;
  const text = uri.slice(start.length);
  if (text.length / 4 > Math.ceil(maxBytes / 3)) return 'large';
  const bytes = Buffer.from(text, 'base64');
  // Node skips what is no base64 instead of refusing it.
  if (bytes.length === 0 || bytes.toString('base64') !== text) return undefined;
  return new File([bytes], filename ?? `upload.${extensionOf(type)}`, { type: type.toLowerCase() });
}

function extensionOf(type: string): string {
  return /^[a-z0-9]{1,8}/.exec(type.split('/')[1]?.toLowerCase() ?? '')?.[0] ?? 'bin';
}
