import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { photoKey } from '../../files/photo-key.ts';
import { isKnownTag } from '../../lib/etag.ts';
import type { Services } from '../../services.ts';

/**
 * `GET users/user-photo?photo=ID.webp`, which a route serves at `photoUrl`: the file of a photo. Whoever knows the id may see
 * it, guests too. The file is our own making, and the headers hold even if it were not: no page, no script, no sniffing.
 */
export const userPhoto = (services: Services) =>
  defineAction({
    method: 'GET',
    access: 'public',
    input: z.object({ photo: z.string() }),
    async handler({ photo }, ctx) {
      const id = photo.endsWith('.webp') ? photo.slice(0, -'.webp'.length) : '';
      const key = photoKey(id);
      // A typed call cannot receive a file.
      const file =
        key === undefined || ctx.action.door === 'rpc' ? undefined : await services.storage.read(key);
      if (file === undefined)
        throw new ActionError({ code: 'NOT_FOUND', message: 'There is no such photo.' });

      const etag = `"${id}"`;
      const headers = { ...PHOTO_HEADERS, ETag: etag };
      if (isKnownTag(etag, ctx.request.headers.get('if-none-match'))) {
        await file.stream.cancel();
        return new Response(null, { status: 304, headers });
      }
      const sized = { ...headers, 'Content-Length': String(file.bytes) };
      if (ctx.request.method === 'HEAD') {
        await file.stream.cancel();
        return new Response(null, { headers: sized });
      }
      return new Response(file.stream, { headers: sized });
    },
  });

const PHOTO_HEADERS = {
  'Content-Type': 'image/webp',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-site',
  'Content-Disposition': 'inline; filename="photo.webp"',
  // Another photo has another id, so this one may be kept for good (RFC 8246).
  'Cache-Control': 'public, max-age=31536000, immutable',
};
