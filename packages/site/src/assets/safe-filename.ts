/** Characters of a name with its extension. */
export const MAX_FILENAME = 100;

// Names that Windows keeps for devices, with any extension.
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** The extension of a name that a client sent, lower-cased and without its dot; '' where there is none. */
export function extensionOf(name: string): string {
  const last = lastSegment(name);
  const dot = last.lastIndexOf('.');
  return dot === -1
    ? ''
    : last
        .slice(dot + 1)
        .trim()
        .toLowerCase();
}

/**
 * The name a file is kept under: of what a client called it only letters, digits and `_` in the place of all else `-`, and
 * the extension that goes with its bytes: `..\evil.php.png` → `evil-php.webp`. Never a path, never hidden, at most 100
 * characters, the same on every system.
 */
export function safeFilename(name: string, extension: string): string {
  const last = lastSegment(name.toWellFormed()).normalize('NFC');
  const dot = last.lastIndexOf('.');
  const words = (dot === -1 ? last : last.slice(0, dot))
    .replace(/[^\p{L}\p{N}\p{M}_]+/gu, '-')
    .replace(/^[^\p{L}\p{N}_]+|-+$/gu, '');
  const room = MAX_FILENAME - extension.length - 1;
  const base = words
    .slice(0, room)
    .toWellFormed()
    .replace(/[\uFFFD-]+$/u, '');
  return `${base === '' || DEVICE.test(base) ? `file${base && `-${base}`}` : base}.${extension}`;
}

function lastSegment(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? '';
}
