// C0, DEL, C1, line and paragraph separators: what ends a header, starts an escape sequence on a terminal, or both.
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
// Change the direction of what follows, or cannot be seen: a name must not rearrange the sentence it stands in.
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text on one line, for a header of a mail (RFC 5322, section 2.2) or a line of a log: control characters become spaces. */
export function headerText(text: string): string {
  return text.replace(CONTROL, ' ').replace(INVISIBLE, '').replace(/ {2,}/g, ' ').trim();
}
