/**
 * `Content-Disposition` (RFC 6266): how a browser treats a file, and what it calls it. A name beyond ASCII goes along as
 * RFC 8187 spells it; browsers that do not know that see its letters that are ASCII.
 */
export function contentDisposition(kind: 'inline' | 'attachment', filename: string): string {
  const plain = filename.normalize('NFKD').replace(/[^\w.-]+/g, '_');
  // encodeURIComponent leaves these four, which RFC 8187 section 3.2.1 does not.
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `${kind}; filename="${plain}"${plain === filename ? '' : `; filename*=UTF-8''${encoded}`}`;
}
