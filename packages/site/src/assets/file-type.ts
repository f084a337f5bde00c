import type { AssetKind } from '../fields/upload-rules.ts';

/** A type of file that is taken. */
export interface FileType {
  readonly kind: AssetKind;
  /** As it is served. */
  readonly mediaType: string;
  /** Those it may come with; it is kept under the first. */
  readonly extensions: readonly string[];
}

const type = (kind: AssetKind, mediaType: string, ...extensions: string[]): FileType => ({
  kind,
  mediaType,
  extensions,
});

/** Pictures are made anew, so what they were does not matter: phones often name them wrongly. */
export const PICTURE: FileType = {
  kind: 'image',
  mediaType: 'image/webp',
  extensions: ['webp', 'jpg', 'jpeg', 'jfif', 'png', 'gif', 'avif', 'heic', 'heif'],
};
export const PDF: FileType = type('pdf', 'application/pdf', 'pdf');
export const RTF: FileType = type('document', 'application/rtf', 'rtf');

/** ZIP files of Office Open XML; only their extensions tell which. With macros they have others, which are not taken. */
export const OFFICE: readonly FileType[] = [
  type('document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'),
  type('document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'),
  type('document', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'),
];
/** ZIP files of OpenDocument, which begin with their media type. */
export const OPEN_DOCUMENT: readonly FileType[] = [
  type('document', 'application/vnd.oasis.opendocument.text', 'odt'),
  type('document', 'application/vnd.oasis.opendocument.spreadsheet', 'ods'),
  type('document', 'application/vnd.oasis.opendocument.presentation', 'odp'),
];

export const ZIP: FileType = type('archive', 'application/zip', 'zip');
export const GZIP: FileType = type('archive', 'application/gzip', 'gz', 'tgz');
export const SEVEN_ZIP: FileType = type('archive', 'application/x-7z-compressed', '7z');

export const MP3: FileType = type('audio', 'audio/mpeg', 'mp3');
export const OGG_AUDIO: FileType = type('audio', 'audio/ogg', 'ogg', 'oga', 'opus');
export const WAV: FileType = type('audio', 'audio/wav', 'wav');
export const FLAC: FileType = type('audio', 'audio/flac', 'flac');
export const M4A: FileType = type('audio', 'audio/mp4', 'm4a');

export const MP4: FileType = type('video', 'video/mp4', 'mp4', 'm4v');
export const MOV: FileType = type('video', 'video/quicktime', 'mov');
export const WEBM: FileType = type('video', 'video/webm', 'webm');

/** Text that is no markup; only the extension tells what it is. */
export const TEXTS: readonly FileType[] = [
  type('text', 'text/plain; charset=utf-8', 'txt', 'text', 'log'),
  type('text', 'text/markdown; charset=utf-8', 'md', 'markdown'),
  type('text', 'text/csv; charset=utf-8', 'csv'),
  type('text', 'application/json', 'json'),
  type('text', 'text/vtt; charset=utf-8', 'vtt'),
];

/** Every type there is. */
export const FILE_TYPES: readonly FileType[] = [
  ...[PICTURE, PDF, RTF, ...OFFICE, ...OPEN_DOCUMENT, ZIP, GZIP, SEVEN_ZIP],
  ...[MP3, OGG_AUDIO, WAV, FLAC, M4A, MP4, MOV, WEBM, ...TEXTS],
];
