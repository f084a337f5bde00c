import type { Content } from '../../content/content.ts';
import { postedHandle, postedSwitch } from './posted-entry.ts';

/** On which sites an entry is to be enabled, by handle; `named` are those that the sender wrote himself. */
export interface EnabledSites {
  readonly sites: ReadonlyMap<string, boolean>;
  /** Whether it was a list: sites that it does not name are disabled. */
  readonly isList: boolean;
}

/**
 * `enabledForSite` as it is sent: a switch for the site that is edited; a list of sites; switches by site. Undefined for what
 * is none of these, or names a site that there is not.
 */
export function enabledSites(
  posted: unknown,
  origin: string,
  content: Pick<Content, 'site'>,
): EnabledSites | undefined {
  const alone = postedSwitch(posted);
  if (alone !== undefined) return { sites: new Map([[origin, alone]]), isList: false };
  if (Array.isArray(posted)) {
    const ids = (posted as readonly unknown[]).filter((id) => id !== '' && id !== null);
    return resolved(
      ids.map((id) => [postedHandle(id), true]),
      true,
      content,
    );
  }
  if (typeof posted !== 'object' || posted === null) return undefined;
  const switches = Object.entries(posted).map(([id, on]) => [id, postedSwitch(last(on))] as const);
  return switches.length === 0 ? undefined : resolved(switches, false, content);
}

// A hidden input before a checkbox: the last one counts.
function last(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[]).at(-1) : value;
}

function resolved(
  switches: ReadonlyArray<readonly [string | undefined, boolean | undefined]>,
  isList: boolean,
  content: Pick<Content, 'site'>,
): EnabledSites | undefined {
  const sites = new Map<string, boolean>();
  for (const [id, on] of switches) {
    const site = id === undefined ? undefined : content.site(id);
    if (site === undefined || on === undefined) return undefined;
    sites.set(site.handle, on);
  }
  return { sites, isList };
}
