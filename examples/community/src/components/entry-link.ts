/** The path of an entry's page; '/' where it has none. */
export function pathOf({ uri }: { readonly uri: string | null }): string {
  return uri === null ? '/' : `/${uri.split('/').map(encodeURIComponent).join('/')}`;
}

/** `/help/k%C3%B6ln` → `help/köln`; undefined for what is no path of an entry. */
export function uriOf({ pathname }: URL): string | undefined {
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch {
    return undefined;
  }
}
