import type { Content } from '../../content/content.ts';
import type { EntryState } from '../entry.ts';

/** Handle of the site that a state counts as edited on where nobody says which: the primary one, else its first. */
export function originOf(
  { sites }: Pick<EntryState, 'sites'>,
  { primarySite, sites: all }: Pick<Content, 'primarySite' | 'sites'>,
): string {
  const first = all.find(({ handle }) => Object.hasOwn(sites, handle)) ?? primarySite;
  return first.handle;
}
