import { fileOfDataUri } from './data-uri.ts';
import { isBlankPost, numberedItems, postedRecord, shownPost } from './posted-record.ts';
import { postedId } from './relation-list.ts';

/** What was posted to a field of assets. */
export interface PostedAssets {
  readonly ids: readonly number[];
  readonly files: readonly File[];
  /** Whether nothing but files was sent, empty inputs included: then what was selected before stays. */
  readonly onlyFiles: boolean;
}

interface Bounds {
  readonly label: string;
  /** The most selections there may be. */
  readonly most: number;
  readonly maxBytes: number | undefined;
}

/**
 * Sorts what was posted by kind: ids, files, and data URIs under `data` with their names under `filename`. A sentence where
 * something is none of these.
 */
export function postedAssets(posted: unknown, { label, most, maxBytes }: Bounds): PostedAssets | string {
  const notAssets = `${label} must be files, or a list of IDs of files.`;
  const record = postedRecord(posted);
  const { data, filename, ...numbered } = record ?? {};
  const items = record === undefined ? listOf(posted) : numberedItems(numbered)?.map(([, item]) => item);
  const uris = listOf(data).filter((uri) => !isBlankPost(uri));
  const names = listOf(filename);
  if (items === undefined || items.length + uris.length > most) return notAssets;

  const ids: number[] = [];
  const files: File[] = [];
  for (const item of items) {
    const id = postedId(item);
    if (id !== undefined) ids.push(id);
    else if (item instanceof File) files.push(item);
    else if (!isBlankPost(item)) return notAssets;
  }
  for (const [index, uri] of uris.entries()) {
    const name = ownName(names[index]);
    const file = typeof uri === 'string' ? fileOfDataUri(uri, name, maxBytes) : undefined;
    if (file === 'large') return `${label}: “${shownPost(name ?? `file ${index + 1}`)}” is too large.`;
    if (file === undefined)
      return `${label}: data must hold files as data URIs in base64, such as data:image/png;base64,….`;
    files.push(file);
  }
  return {
    ids: [...new Set(ids)],
    files: files.filter((file) => !isEmptyInput(file)),
    onlyFiles: (items.length > 0 || data !== undefined) && items.every((item) => item instanceof File),
  };
}

function listOf(posted: unknown): readonly unknown[] {
  if (posted === undefined) return [];
  const record = postedRecord(posted);
  if (record !== undefined) return numberedItems(record)?.map(([, item]) => item) ?? [record];
  return Array.isArray(posted) ? posted : [posted];
}

function ownName(name: unknown): string | undefined {
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined;
}

// What a browser sends for a file input in which nothing was chosen.
function isEmptyInput(file: File): boolean {
  return file.size === 0 && file.name === '';
}
