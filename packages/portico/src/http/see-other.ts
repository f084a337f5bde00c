import type { Reply } from './reply.ts';

/** A redirect after a form: 303 unless told otherwise, so that the next request is a GET (RFC 9110 section 15.4.4). */
export function seeOther(to: string, status = 303): Reply {
  return {
    status,
    headers: ['Location', to, 'Cache-Control', 'no-store', 'Content-Length', '0'],
    body: null,
  };
}
