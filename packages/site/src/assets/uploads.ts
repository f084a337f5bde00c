import type { UploadRules } from '../fields/upload-rules.ts';
import type { PreparedAsset } from './asset.ts';

/**
 * Turns a posted file into one of ours: sniffed, judged by the rules, pictures decoded, re-encoded and stripped. Throws
 * `UploadError` with a sentence for people. The file is written and stands on the list of discarded files: the transaction that
 * inserts the asset must take it off with `stores.discardedFiles.keep(storageKey)`.
 */
export interface Uploads {
  prepare(file: File, rules: UploadRules): Promise<PreparedAsset>;
}

export class UploadError extends Error {
  override readonly name = 'UploadError';
}
