import type { PorticoContext } from 'portico';
import { z } from 'zod';
import { currentSite } from '../../entries/current-site.ts';
import type { Entry } from '../../entries/entry.ts';
import { originOf } from '../../entries/lifecycle/origin.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { idParam } from './id-param.ts';

const id = idParam.nullish();

/** How forms name an entry, with the names that Craft takes, too; `siteId` is the site that the answer shows it on. */
export const entryTarget = { canonicalId: id, sourceId: id, entryId: id, siteId: z.unknown().optional() };

/** The decoding of `siteId`: a number or a handle. */
export const entryTargetDecode = { siteId: 'unknown' } as const;

interface Target {
  readonly canonicalId?: number | null | undefined;
  readonly sourceId?: number | null | undefined;
  readonly entryId?: number | null | undefined;
}

/** The id of the entry that is meant. Throws an input error where there is none. */
export function targetId({ canonicalId, sourceId, entryId }: Target): number {
  const target = canonicalId ?? sourceId ?? entryId;
  if (target === undefined || target === null) throw inputErrors({ entryId: 'Say which entry: its ID.' });
  return target;
}

/** Handle of the site that `siteId` names, if it does. Throws an input error where there is no such site. */
export function namedSite({ content }: Pick<Services, 'content'>, siteId: unknown): string | undefined {
  if (siteId === undefined || siteId === null || siteId === '') return undefined;
  const isName = typeof siteId === 'string' || typeof siteId === 'number';
  const site = isName ? content.site(siteId) : undefined;
  if (site === undefined) throw inputErrors({ siteId: 'There is no such site.' });
  return site.handle;
}

/** Handle of the site to show an entry on: the one that was named, else the one of the page, where it is on that, else its own. */
export function shownSite(
  { content }: Pick<Services, 'content'>,
  { url }: Pick<PorticoContext, 'url'>,
  entry: Pick<Entry, 'sites'>,
  named: string | undefined,
): string {
  const here = named ?? currentSite(content, url).handle;
  return named !== undefined || Object.hasOwn(entry.sites, here) ? here : originOf(entry, content);
}
