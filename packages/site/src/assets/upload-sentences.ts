import type { AssetKind, UploadRules } from '../fields/upload-rules.ts';
import { IMAGE_TYPES } from '../files/image-type.ts';
import { FILE_TYPES } from './file-type.ts';
import { UploadError } from './uploads.ts';

const MAX_NAME = 60;

/** What is no name, or would rearrange the sentence it stands in. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029“”]+/gu;

/** “x.exe” is not allowed in Cover. Send a picture (JPEG, PNG, WebP, GIF or AVIF) or a PDF. */
export function notAllowed(file: File, { label, kinds }: UploadRules): UploadError {
  return new UploadError(`${quoted(file)} is not allowed in ${label}. Send ${choices(kinds)}.`);
}

/** For a name whose extension says something else than the bytes: `evil.html` that is a PNG. */
export function misnamed(file: File, { label }: UploadRules, extension: string): UploadError {
  return new UploadError(
    `${quoted(file)} is not allowed in ${label}: it is no .${extension} file. Save it as what its name says, or rename it.`,
  );
}

export function empty(file: File, { label }: UploadRules): UploadError {
  return new UploadError(`${quoted(file)} in ${label} is empty.`);
}

export function tooLarge(file: File, { label }: UploadRules, maxBytes: number): UploadError {
  return new UploadError(`${quoted(file)} is too large for ${label}: ${size(maxBytes)} are the most.`);
}

/** `reason` is a sentence of its own. */
export function unusable(file: File, { label }: UploadRules, reason: string, cause: unknown): UploadError {
  return new UploadError(`${quoted(file)} cannot be used in ${label}. ${reason}`, { cause });
}

function quoted({ name }: File): string {
  const shown = name.toWellFormed().replace(UNSEEN, ' ').trim();
  const characters = [...shown];
  const short = characters.length > MAX_NAME ? `${characters.slice(0, MAX_NAME).join('')}…` : shown;
  return short === '' ? 'The file' : `“${short}”`;
}

function choices(kinds: readonly AssetKind[]): string {
  const named = kinds.map((kind) => describe(kind));
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`;
}

function describe(kind: AssetKind): string {
  if (kind === 'image') return `a picture (${IMAGE_TYPES.names})`;
  if (kind === 'pdf') return 'a PDF';
  const article = { text: 'a text', audio: 'an audio file', video: 'a video', archive: 'an archive' };
  const extensions = FILE_TYPES.filter((type) => type.kind === kind).map((type) => type.extensions[0]);
  return `${kind === 'document' ? 'a document' : article[kind]} (${extensions.join(', ')})`;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1_048_576
    ? `${Math.floor(bytes / 1024)} KB`
    : `${Math.floor((bytes / 1_048_576) * 100) / 100} MB`;
}
