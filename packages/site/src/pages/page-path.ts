/**
 * A path setting as the absolute path of a page, as URLs spell it: `account/login` → `/account/login`. `undefined` where the
 * setting turns the page off, names the home page or leads to another site.
 */
export function pagePath(setting: string | false | null): string | undefined {
  if (setting === false || setting === null || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(setting)) return undefined;
  const path = (setting.split(/[?#]/, 1)[0] ?? '').replace(/^\/|\/$/g, '');
  return path === '' ? undefined : new URL(`/${path}`, 'http://localhost').pathname;
}
