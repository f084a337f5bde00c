import { renderFormat, type FormatData } from './object-format.ts';

export const HOME = '__home__';

/** What a `uriFormat` may name, of one site. */
export interface UriData extends FormatData {
  readonly slug: string;
  readonly parent: { readonly uri: string | null; readonly slug: string | null };
}

/**
 * The path of an entry below its site's base URL: empty parts are left out, so that `{parent.uri}/{slug}` is the slug alone
 * where there is no parent, or where that is the home page; `{parent.uri ?? 'help'}/{slug}` has it below `help` there. Null
 * where nothing is left.
 */
export function formatUri(format: string, data: UriData): string | null {
  if (format === HOME) return HOME;
  const parent = { ...data.parent, uri: data.parent.uri === HOME ? null : data.parent.uri };
  const uri = renderFormat(format, { ...data, parent })
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');
  return uri === '' ? null : uri;
}
