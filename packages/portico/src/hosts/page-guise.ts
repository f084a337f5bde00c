import type { IncomingMessage } from 'node:http';
import { FORM_HEADERS } from '../http/form-headers.ts';

/** What host frameworks add to a message. */
type Seen = IncomingMessage & { originalUrl?: string; body?: unknown };

/**
 * Has the request of a posted form look like a GET for `target`, so that the host's own routes render the page again, as
 * method-override does it. Whatever earlier middleware made of the request stays: its session, its user, its locals.
 * Returns what undoes it.
 */
export function disguise(message: IncomingMessage, target: string): () => void {
  const seen: Seen = message;
  const { method, url, originalUrl, body, headers } = seen;
  const left = Object.entries(headers).filter(([name]) => FORM_HEADERS.includes(name));
  seen.method = 'GET';
  seen.url = target;
  if (originalUrl !== undefined) seen.originalUrl = target;
  if ('body' in seen) seen.body = undefined;
  for (const [name] of left) delete headers[name];
  return () => {
    seen.method = method;
    seen.url = url;
    if (originalUrl !== undefined) seen.originalUrl = originalUrl;
    if ('body' in seen) seen.body = body;
    Object.assign(headers, Object.fromEntries(left));
  };
}
