import { handleFault, repeated } from './handles.ts';
import { shapeFaults, siteShape } from './shapes.ts';
import type { SiteDefinition } from './site-definition.ts';

/** What is wrong with the sites, a sentence each. */
export function siteFaults(sites: readonly SiteDefinition[]): readonly string[] {
  if (!Array.isArray(sites)) return ['sites: write a list of sites: [{ handle: "en", language: "en" }].'];
  const malformed = sites.flatMap((site, at) => shapeFaults(placeOf(site, at), siteShape, site));
  if (malformed.length > 0) return malformed;
  const primary = sites.filter((site) => site.primary === true).map(({ handle }) => handle);
  return [
    ...sites.flatMap((site, at) => ownFaults(site).map((fault) => `${placeOf(site, at)}: ${fault}`)),
    // Permissions such as editSite:en do not tell small letters from capital ones.
    ...repeated(sites, ({ handle }) => handle.toLowerCase()).map(
      ({ handle }) => `sites: two have the handle "${handle}", in whatever letters. Give each its own.`,
    ),
    ...repeated(
      sites.filter(({ id }) => id !== undefined),
      ({ id }) => id,
    ).map(({ id }) => `sites: two have the id ${id}. Give each its own.`),
    ...(primary.length > 1
      ? [
          `sites: ${primary.join(' and ')} are each primary. Only one can be: take \`primary\` from the others.`,
        ]
      : []),
  ];
}

function placeOf(site: SiteDefinition | null | undefined, at: number): string {
  return typeof site?.handle === 'string' ? `sites[${at}] (${site.handle})` : `sites[${at}]`;
}

function ownFaults({ handle, language, baseUrl }: SiteDefinition): readonly string[] {
  const fault = handleFault(handle);
  return [
    ...(fault === undefined ? [] : [`handle: ${fault}`]),
    ...(isLanguage(language)
      ? []
      : [`language: ${JSON.stringify(language)} is no language tag. Write en, de or de-CH.`]),
    ...(baseUrl === undefined || isBaseUrl(baseUrl)
      ? []
      : [
          `baseUrl: ${JSON.stringify(baseUrl)} is neither an address nor a path. Write https://example.com/de or /de.`,
        ]),
  ];
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isBaseUrl(url: string): boolean {
  if (/[\s?#\\]/.test(url)) return false;
  if (!url.includes(':') && !url.startsWith('//')) return true;
  return /^https?:\/\/[^/]/.test(url) && URL.canParse(url);
}
