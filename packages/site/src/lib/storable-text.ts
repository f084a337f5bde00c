/**
 * Whether every database takes this text: PostgreSQL has no NUL in text, and neither it nor UTF-8 has half a character
 * (an unpaired surrogate). Such text is no mistake of a person, and would be a 500 if it came through.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
