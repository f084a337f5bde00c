/** Posted text, trimmed and with LF between its lines; null where it is blank, undefined for what is no text at all. */
export function postedText(posted: unknown): string | null | undefined {
  if (posted === null || posted === undefined) return null;
  if (typeof posted !== 'string') return undefined;
  const text = posted.replaceAll(/\r\n?/g, '\n').trim();
  return text === '' ? null : text;
}
