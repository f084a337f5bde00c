/** Where a visitor came from, as far as it is a path of this site; else the front page. Never another site's address. */
export function returnPath(wanted: string | undefined): string {
  const here = 'http://here.invalid';
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, here)) return '/';
  const url = new URL(wanted, here);
  // `//evil.example` and `/\evil.example` are paths to look at and hosts to a browser.
  return url.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
