import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import type { Asset } from '../../assets/asset.ts';
import { contentDisposition } from '../../lib/content-disposition.ts';
import { isKnownTag } from '../../lib/etag.ts';
import type { Services } from '../../services.ts';

const UID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * `GET assets/asset-file?uid=…&filename=…`, which a route serves at `assetUrl`: the file of an asset. Whoever knows its address
 * may see it, guests too. Pictures, which are of our own making, are shown; all else is downloaded. The headers hold even if
 * it were something else: no page, no script, no sniffing.
 */
export const assetFile = (services: Services) =>
  defineAction({
    method: 'GET',
    access: 'public',
    input: z.object({ uid: z.string(), filename: z.string() }),
    async handler({ uid, filename }, ctx) {
      const asset = UID.test(uid) ? await services.database.assets.findByUid(uid) : undefined;
      // A typed call cannot receive a file.
      if (asset?.filename !== filename || ctx.action.door === 'rpc') throw noSuchFile();

      const headers = headersOf(asset);
      if (isKnownTag(headers.ETag, ctx.request.headers.get('if-none-match')))
        return new Response(null, { status: 304, headers });
      const file = await services.storage.read(asset.storageKey);
      if (file === undefined) throw noSuchFile();
      const sized = { ...headers, 'Content-Length': String(file.bytes) };
      if (ctx.request.method !== 'HEAD') return new Response(file.stream, { headers: sized });
      await file.stream.cancel();
      return new Response(null, { headers: sized });
    },
  });

function headersOf({ uid, mediaType, filename }: Asset) {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': contentDisposition(isOurPicture(mediaType) ? 'inline' : 'attachment', filename),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-site',
    // Another file has another address, so this one may be kept for good (RFC 8246).
    'Cache-Control': 'public, max-age=31536000, immutable',
    ETag: `"${uid}"`,
  };
}

function isOurPicture(mediaType: string): boolean {
  return mediaType === 'image/webp';
}

function noSuchFile(): ActionError {
  return new ActionError({ code: 'NOT_FOUND', message: 'There is no such file.' });
}
