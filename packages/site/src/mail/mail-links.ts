/** The web links of a mail, the first one first: of its text, or of its HTML if the text has none. */
export function mailLinks({
  text,
  html,
}: {
  readonly text: string;
  readonly html: string;
}): readonly string[] {
  const inText = found(text, /https?:\/\/[^\s<>"']+/g).map((link) => link.replace(/[.,;:!?)\]]+$/, ''));
  const links =
    inText.length > 0
      ? inText
      : found(html, /(?<=href=["'])https?:\/\/[^"']+/g).map((link) => link.replaceAll('&amp;', '&'));
  return [...new Set(links)];
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([link]) => link);
}
