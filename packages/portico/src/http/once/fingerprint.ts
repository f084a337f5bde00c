import { createHash, type Hash } from 'node:crypto';
import type { Entry, Submission } from '../../define/submission.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';

/**
 * What tells one submission from another, as SHA-256 in hex: the fields of the action in their order and the content of its
 * files, or the JSON whatever the order of its keys. Fields that are Portico's (token, redirect, ids) are not in it: they
 * differ each time a page is printed.
 */
export async function fingerprintOf(submission: Submission): Promise<string> {
  const hash = createHash('sha256');
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

async function addEntries(hash: Hash, entries: readonly Entry[]): Promise<void> {
  addText(hash, String(entries.length));
  for (const [name, value] of entries) {
    addText(hash, name);
    if (typeof value === 'string') addText(hash, `=${value}`);
    else await addFile(hash, value);
  }
}

// By what was sent of it, piece by piece: a large file lies on disk.
async function addFile(hash: Hash, file: File): Promise<void> {
  addText(hash, `file:${file.name}`);
  addText(hash, file.type);
  addText(hash, String(file.size));
  for await (const bytes of file.stream()) hash.update(bytes);
}

// Behind its length, so that no two lists of texts give the same input.
function addText(hash: Hash, text: string): void {
  hash.update(`${Buffer.byteLength(text)}:${text}`);
}
