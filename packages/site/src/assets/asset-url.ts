import { pageUrl } from '../lib/destination.ts';
import type { Asset } from './asset.ts';

/**
 * The path a file is served at (`/_portico/uploads/3f2c…/report.pdf`), below the app's base. Nobody can guess it, and it never
 * shows another file.
 */
export function assetUrl(
  settings: { readonly base: string },
  asset: Pick<Asset, 'uid' | 'filename'>,
): string {
  return pageUrl(settings, `_portico/uploads/${asset.uid}/${encodeURIComponent(asset.filename)}`);
}
