import { createHmac, type Hmac } from 'node:crypto';
import type { Entry, Submission } from '../../define/submission.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';

/**
 * What tells one submission under an id from another, as HMAC-SHA-256 in hex: the fields of the action in their order and
 * the content of its files, or the JSON whatever the order of its keys. Fields that are Portico's (token, redirect, ids) are
 * not in it: they differ each time a page is printed.
 *
 * The id is the key, and no store has it: whoever reads one cannot guess at the passwords among the fields.
 */
export async function fingerprintOf(submission: Submission, id: string): Promise<string> {
  const hash = createHmac('sha256', id);
  if (submission.kind === 'form') await addEntries(hash, submission.entries);
  else {
    addText(hash, canonicalJson(submission.value));
    if (submission.kind === 'json') {
      await addEntries(hash, submission.query ?? []);
      await addEntries(hash, submission.params ?? []);
    }
  }
  return hash.digest('hex');
}

async function addEntries(hash: Hmac, entries: readonly Entry[]): Promise<void> {
  addText(hash, String(entries.length));
  for (const [name, value] of entries) {
    addText(hash, name);
    if (typeof value === 'string') addText(hash, `=${value}`);
    else await addFile(hash, value);
  }
}

// By what was sent of it, piece by piece: a large file lies on disk.
async function addFile(hash: Hmac, file: File): Promise<void> {
  addText(hash, `file:${file.name}`);
  addText(hash, file.type);
  addText(hash, String(file.size));
  for await (const bytes of file.stream()) hash.update(bytes);
}

// Behind its length, so that no two lists of texts give the same input.
function addText(hash: Hmac, text: string): void {
  hash.update(`${Buffer.byteLength(text)}:${text}`);
}
