import type { Content, ContentSection } from '../../content/content.ts';
import type { EntrySiteState, EntryState } from '../entry.ts';
import { onSite } from '../on-site.ts';
import { sitesFrom } from '../propagation.ts';
import { enabledSites } from './enabled-sites.ts';
import type { EntryErrors } from './errors.ts';
import type { PostedEntry } from './posted-entry.ts';

/** Where an entry is to be enabled. */
export interface PostedSwitches {
  readonly enabled: boolean;
  /** By handle; sites that are not named stay as they are. */
  readonly sites: ReadonlyMap<string, boolean>;
  readonly errors: EntryErrors;
}

export interface SwitchedEntry {
  readonly section: ContentSection;
  readonly origin: string;
  readonly base: EntryState;
  /** Whether the editor may write to a site. */
  readonly mayEdit: (site: string) => boolean;
}

/**
 * `enabled` and `enabledForSite` as they were sent. Enabling an entry enables it on the site that is edited, unless that is
 * said apart; naming a site to enable it on enables the entry, too. A list disables the other sites the editor may edit.
 */
export function postedSwitches(
  content: Pick<Content, 'site'>,
  { section, origin, base, mayEdit }: SwitchedEntry,
  { enabled: posted, enabledForSite }: Pick<PostedEntry, 'enabled' | 'enabledForSite'>,
): PostedSwitches {
  const enabled = posted ?? base.enabled;
  if (enabledForSite === undefined)
    return { enabled, sites: new Map(posted === true ? [[origin, true]] : []), errors: {} };
  const named = enabledSites(enabledForSite, origin, content);
  const reach = new Set([...Object.keys(base.sites), ...sitesFrom(section, origin)]);
  const isPossible = (site: string): boolean =>
    reach.has(site) || (section.propagationMethod === 'custom' && section.sites.has(site));
  if (named === undefined || ![...named.sites.keys()].every(isPossible)) {
    const fault = 'enabledForSite is 1 or 0, or names sites that the entry may be on.';
    return { enabled, sites: new Map(), errors: { enabledForSite: [fault] } };
  }
  const others = named.isList ? [...reach].filter((site) => !named.sites.has(site) && mayEdit(site)) : [];
  // To be disabled where it is not and need not come is nothing to do.
  const wanted = [...named.sites].filter(([site, on]) => on || reach.has(site));
  const sites = new Map([...wanted, ...others.map((site) => [site, false] as const)]);
  const isNamed = typeof enabledForSite === 'object' && [...named.sites.values()].includes(true);
  return { enabled: enabled || isNamed, sites, errors: {} };
}

/** The versions with the switches set. A site it comes to by being named gets a copy of the one that is edited. */
export function withSwitches(
  versions: EntryState['sites'],
  edited: EntrySiteState,
  switches: ReadonlyMap<string, boolean>,
  origin: string,
): EntryState['sites'] {
  const all = new Map(Object.entries({ ...versions, [origin]: edited }));
  for (const [site, enabled] of switches) {
    const version = onSite({ sites: versions }, site) ?? { ...edited, uri: null };
    all.set(site, { ...(site === origin ? edited : version), enabled });
  }
  return Object.fromEntries(all);
}
