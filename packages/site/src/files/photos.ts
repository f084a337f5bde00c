import type { UserPhoto } from '../users/user.ts';

/**
 * Turns an uploaded picture into a photo of ours: sniffed, decoded, rotated, shrunk, re-encoded, stripped. Throws
 * `PhotoError` with a sentence for people. The file is written and stands on the list of discarded files: the transaction
 * that refers to it must take it off with `stores.discardedFiles.keep(photo.storageKey)`.
 */
export interface Photos {
  prepare(file: File): Promise<UserPhoto>;
}

export class PhotoError extends Error {
  override readonly name = 'PhotoError';
}
