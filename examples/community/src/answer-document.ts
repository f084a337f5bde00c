import { createHash } from 'node:crypto';
import type { Context } from 'hono';

export interface Document {
  readonly type: string;
  readonly body: string;
  readonly changed?: Date | undefined;
}

/** A document that is the same for everybody: 304 where the visitor has it already. */
export function answerDocument(c: Context, { type, body, changed }: Document): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const lastModified = changed?.toUTCString();
  c.header('etag', etag);
  c.header('cache-control', 'no-cache');
  if (lastModified !== undefined) c.header('last-modified', lastModified);
  const known = c.req.header('if-none-match');
  // A date tells only where there is no ETag, and only that very date: what was taken back makes a document older.
  const isKnown =
    known === undefined
      ? lastModified !== undefined && c.req.header('if-modified-since') === lastModified
      : known.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
  return isKnown ? c.body(null, 304) : c.body(body, 200, { 'content-type': type });
}
