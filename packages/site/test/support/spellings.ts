/** The ways in which a text may stand in an answer, a cookie or a log. */
export function spellingsOf(text: string): readonly string[] {
  const escaped = text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
  const bytes = Buffer.from(text);
  return [
    ...new Set([
      text,
      escaped,
      JSON.stringify(text).slice(1, -1),
      encodeURIComponent(text),
      new URLSearchParams({ '': text }).toString().slice(1),
      bytes.toString('hex'),
      ...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)),
    ]),
  ];
}

/** How its middle looks in base64 where that many bytes stand before it (RFC 4648). */
function inBase64(bytes: Buffer, offset: number): string[] {
  const groups = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  // What the neighbours have a part in.
  const own = groups.slice(offset === 0 ? 0 : 4, -2);
  return own.length < 8 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
}
