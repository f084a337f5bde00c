import type { appOf } from '../../app.ts';
import { controllerPath } from '../../forms/controller-path.ts';
import { PAGE_PARAM } from '../../wire/names.ts';

type App = ReturnType<typeof appOf>;

// A tag with its attributes; a quoted value may hold a `>`.
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
// `action="?_action=newsletter"`, and the same inside of the JSON that an island of the client gets as its props.
const TARGET = new RegExp(`("|'|&quot;|&#34;)\\?${PAGE_PARAM}=([^"'&\\s<>]+)\\1`, 'g');

/**
 * A form that posts to its own page reaches nobody where that page is a file, or the page around a server island may be
 * one. Such forms post to the action's path, which redirects back.
 */
export async function withReachableForms(
  response: Response,
  app: App,
  trailingSlash: 'always' | 'never' | 'ignore',
): Promise<Response> {
  if (app.settings.actionTrigger === false || !response.headers.get('content-type')?.includes('text/html'))
    return response;
  const before = await response.text();
  const slash = trailingSlash === 'always' ? '/' : '';
  const html = before.replaceAll(TAG, (tag) =>
    tag.replaceAll(TARGET, (whole, quote: string, encoded: string) => {
      const found = app.registry.find(decode(encoded));
      return found ? quote + controllerPath(app.settings, found.action) + slash + quote : whole;
    }),
  );
  const { status, statusText, headers } = response;
  const changed = new Headers(headers);
  changed.delete('content-length');
  return new Response(html, { status, statusText, headers: changed });
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
