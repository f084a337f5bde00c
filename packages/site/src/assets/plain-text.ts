// Tab, line feed, form feed and carriage return are of text; all other control characters are of something else.
const NO_TEXT = /[\0-\x08\x0B\x0E-\x1F\x7F]/;

// A tag, a comment, `<!DOCTYPE`, `<?xml`, `<?php`: what browsers and servers take for more than text (WHATWG MIME Sniffing
// section 7.1), and `#!`, which shells do.
const MARKUP = /^\s*(?:<[a-z!?/%]|#!)/i;

/** Whether bytes, the first of a file, are UTF-8 text that is no markup and no script. The last character may be cut off. */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  const text = decoded(new TextDecoder('utf-8', { fatal: true }), head);
  return text !== undefined && !NO_TEXT.test(text) && !MARKUP.test(text);
}

/** Whether a file is UTF-8 text to its end, read piece by piece. */
export async function isTextToItsEnd(file: Blob): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of file.stream()) {
    const text = decoded(decoder, chunk);
    if (text === undefined || NO_TEXT.test(text)) return false;
  }
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
