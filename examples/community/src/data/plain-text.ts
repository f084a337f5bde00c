/** What means something in Markdown, wherever it stands, and at the beginning of a line. */
const MARKS = /[\\`*_[\]<&]/g;
const LINE_MARKS = /^[ \t]*(?:([#>+=~-])|(\d{1,9})([.)]))/;

/** Markdown that shows a plain text as it was written: nothing in it is a mark, and lines end where they did. */
export function plainAsMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.split('\n').map(plainLine).join('\\\n'))
    .join('\n\n');
}

function plainLine(line: string): string {
  return line
    .trim()
    .replace(MARKS, '\\$&')
    .replace(LINE_MARKS, (_, mark?: string, number?: string, end?: string) =>
      mark === undefined ? `${number}\\${end}` : `\\${mark}`,
    );
}
