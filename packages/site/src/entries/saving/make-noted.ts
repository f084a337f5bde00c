import { keepPrepared } from '../../assets/keep-prepared.ts';
import type { PreparedAsset } from '../../assets/asset.ts';
import { UploadError } from '../../assets/uploads.ts';
import { ActionError } from 'portico';
import type { ContentType } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { AppliedFields } from '../../fields/apply-fields.ts';
import type { FieldValue, FieldValues } from '../../fields/field.ts';
import type { NotedUpload } from '../../fields/posting.ts';
import type { Services } from '../../services.ts';
import { editorId, type Editor } from '../editor.ts';
import { findOrMakeTag } from './find-or-make-tag.ts';

/** Files that are written, by what stands for them in the values. */
export type PreparedUploads = ReadonlyMap<
  number,
  { readonly upload: NotedUpload; readonly prepared: PreparedAsset }
>;

export interface UploadFault {
  readonly path: string;
  readonly message: string;
}

/** Writes the files that were posted, before any transaction. Those that are no good are told by `refuse`, all at once. */
export async function prepareUploads(
  { uploads: store }: Pick<Services, 'uploads'>,
  uploads: readonly NotedUpload[],
): Promise<{ readonly prepared: PreparedUploads; readonly faults: readonly UploadFault[] }> {
  const prepared = new Map<number, { upload: NotedUpload; prepared: PreparedAsset }>();
  const faults: UploadFault[] = [];
  for (const upload of uploads) {
    try {
      prepared.set(upload.noted, { upload, prepared: await store.prepare(upload.file, upload.rules) });
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      faults.push({ path: upload.path, message: error.message });
    }
  }
  return { prepared, faults };
}

export interface NotedThings {
  readonly type: ContentType;
  readonly origin: string;
  readonly editor: Editor;
  readonly applied: AppliedFields;
  readonly uploads: PreparedUploads;
}

export interface MadeThings {
  /** With ids in the place of what stood below 0. */
  readonly values: FieldValues;
  /** `asset:3`, `entry:9`: what was made just now, and is the editor's to use therefore. */
  readonly made: ReadonlySet<string>;
}

/**
 * Makes the assets and tags that the values wait for. To be called in the transaction that stores the values. Throws 409
 * where the fields have come to ask for other files than were written.
 */
export async function makeNoted(
  services: Services,
  stores: Stores,
  things: NotedThings,
): Promise<MadeThings> {
  const { applied, uploads, editor, type } = things;
  const ids = new Map<number, number>();
  const made = new Set<string>();
  for (const upload of applied.uploads) {
    const written = uploads.get(upload.noted);
    if (written === undefined || !isSame(written.upload, upload)) throw changedMeanwhile();
    const asset = await keepPrepared(stores, written.prepared, editorId(editor), services.now());
    ids.set(upload.noted, asset.id);
    made.add(`asset:${asset.id}`);
  }
  for (const { noted, title, section } of applied.tags) {
    const id = await findOrMakeTag(services, stores, { title, section, origin: things.origin, editor });
    ids.set(noted, id);
    made.add(`entry:${id}`);
  }
  if (ids.size === 0) return { values: applied.values, made };
  const idOf = (noted: number): number => ids.get(noted) ?? noted;
  const values = Object.entries(applied.values).map(([handle, value]): [string, FieldValue] => {
    const field = Object.hasOwn(type.fields, handle) ? type.fields[handle] : undefined;
    return [handle, field?.withNoted === undefined ? value : field.withNoted(value, idOf)];
  });
  return { values: Object.fromEntries(values), made };
}

function isSame(one: NotedUpload, other: NotedUpload): boolean {
  return (
    one.path === other.path && one.rules.volume === other.rules.volume && one.file.size === other.file.size
  );
}

function changedMeanwhile(): ActionError {
  return new ActionError({
    code: 'CONFLICT',
    message: 'Somebody saved this entry at the same moment. Please send the form once more.',
  });
}
