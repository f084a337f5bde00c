import type { ApplyOptions } from './apply-fields.ts';

/** What of the site's services says in which time, zone and language posted values are read. */
export interface Surroundings {
  readonly settings: { readonly timeZone: string };
  readonly content: { readonly primarySite: { readonly language: string } };
  readonly now: () => number;
}

/** The circumstances of values whose owner belongs to no site: those of the primary one. */
export function circumstances({
  settings,
  content,
  now,
}: Surroundings): Required<Pick<ApplyOptions, 'timeZone' | 'language' | 'now'>> {
  return { timeZone: settings.timeZone, language: content.primarySite.language, now: now() };
}
