import type { UploadRules } from '../fields/upload-rules.ts';
import { FILE_TYPES, type FileType } from './file-type.ts';
import { isTextToItsEnd } from './plain-text.ts';
import { extensionOf } from './safe-filename.ts';
import { END_BYTES, fileTypesOf, type FileEnds } from './sniff-file.ts';
import { empty, misnamed, notAllowed, tooLarge } from './upload-sentences.ts';

/** What a file is taken as, and the extension it is kept under. */
export interface JudgedFile {
  readonly type: FileType;
  readonly extension: string;
}

/**
 * Says what a file is, by its bytes and an extension that agrees with them; a file without an extension gets one. Throws
 * `UploadError` for what the rules do not take. A picture is only known by its first bytes yet.
 */
export async function judgeFile(file: File, rules: UploadRules, maxBytes: number): Promise<JudgedFile> {
  if (file.size === 0) throw empty(file, rules);
  if (file.size > maxBytes) throw tooLarge(file, rules, maxBytes);
  const possible = fileTypesOf(await endsOf(file));
  if (possible.length === 0) throw notAllowed(file, rules);
  const extension = extensionOf(file.name);
  const type = possible.find(({ extensions }) => extension === '' || extensions.includes(extension));
  const isKind = (candidate: FileType): boolean => rules.kinds.includes(candidate.kind);
  if (type === undefined) {
    // Only who may send files of that name is told to mend this one.
    const isTaken = FILE_TYPES.some((other) => isKind(other) && other.extensions.includes(extension));
    throw isTaken ? misnamed(file, rules, extension) : notAllowed(file, rules);
  }
  if (!isKind(type)) throw notAllowed(file, rules);
  if (type.kind === 'text' && !(await isTextToItsEnd(file))) throw notAllowed(file, rules);
  return { type, extension: type.extensions[0] ?? '' };
}

async function endsOf(file: File): Promise<FileEnds> {
  const head = await file.slice(0, END_BYTES).bytes();
  if (file.size <= END_BYTES) return { head, tail: head };
  return { head, tail: await file.slice(-END_BYTES).bytes() };
}
