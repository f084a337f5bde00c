import type { Content } from '../content/content.ts';
import type { ContentSite } from '../content/site-definition.ts';

/**
 * The site that an address belongs to: of those whose `baseUrl` it is below the one with the longest, else the primary one.
 * Hosts are compared too, where the sites have different ones.
 */
export function currentSite(
  { sites, primarySite }: Pick<Content, 'sites' | 'primarySite'>,
  url: URL,
): ContentSite {
  const bases = sites.map((site) => ({ site, base: new URL(site.baseUrl) }));
  const hasHosts = new Set(bases.map(({ base }) => base.host)).size > 1;
  const fitting = bases
    .filter(({ base }) => (!hasHosts || base.host === url.host) && isBelow(url.pathname, base.pathname))
    .toSorted((one, other) => other.base.pathname.length - one.base.pathname.length);
  const [longest] = fitting;
  if (longest === undefined) return primarySite;
  const alike = fitting.filter(({ base }) => base.pathname === longest.base.pathname);
  return (alike.find(({ site }) => site.primary) ?? longest).site;
}

function isBelow(path: string, base: string): boolean {
  const folder = base.replace(/\/+$/, '');
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
