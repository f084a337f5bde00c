import type { AssetKind } from './upload-rules.ts';

const ACCEPT: Readonly<Record<AssetKind, readonly string[]>> = {
  image: ['image/*'],
  pdf: ['application/pdf'],
  text: ['text/*', '.txt', '.log', '.md', '.csv', '.json', '.vtt'],
  audio: ['audio/*'],
  video: ['video/*'],
  archive: ['.zip', '.gz', '.tgz', '.7z'],
  document: ['.docx', '.xlsx', '.pptx', '.odt', '.ods', '.odp', '.rtf'],
};

/** What a file input offers to choose; whether a file is one of them is judged by its bytes. */
export function acceptOf(kinds: readonly AssetKind[]): string[] {
  return [...new Set(kinds.flatMap((kind) => ACCEPT[kind]))];
}
