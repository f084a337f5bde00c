import { z } from 'zod';
import type { AssetRecord } from '../assets/asset-record.ts';
import type { Normalized, Posting, FilledField } from './field.ts';
import { acceptOf } from './accept-of.ts';
import { postedAssets } from './posted-assets.ts';
import { relationField, type RelationOptions } from './relation-field.ts';
import { keptIds, withIds } from './relation-list.ts';
import type { AssetKind } from './upload-rules.ts';

export interface AssetsOptions extends RelationOptions {
  /** Handle of the volume that its files are of. Default: `uploads`. */
  readonly volume?: string;
  /** What its files may be. Default: images. */
  readonly kinds?: readonly AssetKind[];
  /** Bytes of one file. Default: as many as the site takes. */
  readonly maxBytes?: number;
}

export interface AssetsField extends FilledField<readonly number[], readonly AssetRecord[]> {
  readonly type: 'assets';
  readonly options: AssetsOptions;
}

// No form has more, and each may be a file to write.
const MOST = 200;

/**
 * Files, by the ids of their assets. Takes ids, posted files, and data URIs under `data` with names under `filename`, mixed.
 * Where only files are sent they join those selected before; with `max: 1` they take their place.
 */
export function assetsField(options: AssetsOptions = {}): AssetsField {
  const type = 'assets';
  const { volume = 'uploads', kinds = ['image'], maxBytes, max } = options;
  const relation = relationField<AssetsOptions, AssetRecord>(options, {
    type,
    kind: 'asset',
    allowed: { volume, kinds },
    normalize(posted: unknown, label: string, posting: Posting): Normalized<readonly number[]> {
      const found = postedAssets(posted, { label, most: MOST, maxBytes });
      if (typeof found === 'string') return { error: found };
      const { ids, files, onlyFiles } = found;
      const uploads = files.map((file) => posting.upload(file, { label, volume, kinds, maxBytes }));
      if (max === 1 && uploads.length > 0) return { value: uploads };
      return { value: [...(onlyFiles ? keptIds(posting.current) : ids), ...uploads] };
    },
  });
  return {
    ...relation,
    type,
    withNoted: withIds,
    // Never required in the browser: what is selected already would have to be sent again.
    formSchema: () =>
      z
        .array(z.file().mime(acceptOf(kinds)))
        .max(max ?? MOST)
        .optional(),
  };
}
