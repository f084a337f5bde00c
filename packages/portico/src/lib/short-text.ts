/** A text of at most so many characters, with `…` where it was cut: a copy, since a slice holds on to the whole. */
export function shortText(text: string, most: number): string {
  return text.length <= most ? text : Buffer.from(`${text.slice(0, most - 1)}…`).toString();
}
