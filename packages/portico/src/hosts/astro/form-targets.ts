import type { appOf } from '../../app.ts';
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
  const { base, actionTrigger } = app.settings;
  if (actionTrigger === false || !response.headers.get('content-type')?.includes('text/html'))
    return response;
  const before = await response.text();
  const slash = trailingSlash === 'always' ? '/' : '';
  const html = before.replaceAll(TAG, (tag) =>
    tag.replaceAll(TARGET, (whole, quote: string, encoded: string) => {
      const name = app.registry.find(decode(encoded))?.name;
      return name === undefined ? whole : `${quote}${base}/${actionTrigger}/${pathOf(name)}${slash}${quote}`;
    }),
  );
  const { status, statusText, headers } = response;
  const changed = new Headers(headers);
  changed.delete('content-length');
  return new Response(html, { status, statusText, headers: changed });
}

/** As the path door spells it where it can: `users/saveUser`, which it takes for `users/save-user`. */
function pathOf(name: string): string {
  return name.replaceAll('.', '/');
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
