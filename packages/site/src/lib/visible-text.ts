const UNSEEN = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

/** The text, trimmed; null where nobody would see anything of it: it is blank, or of characters without width alone. */
export function visibleText(text: string): string | null {
  return UNSEEN.test(text) ? null : text.trim();
}
