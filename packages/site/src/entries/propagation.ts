import type { ContentSection, ContentType } from '../content/content.ts';
import type { EntryTypeOptions } from '../content/entry-type.ts';
import type { ContentSite } from '../content/site-definition.ts';
import type { Translation } from '../fields/field.ts';
import type { FieldValues } from '../fields/field.ts';
import type { EntrySiteState, EntryState } from './entry.ts';
import { onSite } from './on-site.ts';

/** Whether two sites share a value that is translated so. */
export function sharesValue(
  translation: Translation | NonNullable<EntryTypeOptions['titleTranslation']>,
  one: ContentSite,
  other: ContentSite,
): boolean {
  if (one.handle === other.handle) return true;
  if (typeof translation === 'function') return translation(one) === translation(other);
  switch (translation) {
    case 'none':
      return true;
    case 'site':
      return false;
    case 'siteGroup':
      return one.group === other.group;
    case 'language':
      return one.language === other.language;
  }
}

/** The sites, by handle, that an entry made on `origin` gets a version on, that one first. None: the section is not on it. */
export function sitesFrom(
  { sites, propagationMethod }: Pick<ContentSection, 'sites' | 'propagationMethod'>,
  origin: string,
): readonly string[] {
  const from = sites.get(origin)?.site;
  if (from === undefined) return [];
  const reaches = ({ site }: { readonly site: ContentSite }): boolean => {
    switch (propagationMethod) {
      case 'all':
        return true;
      case 'siteGroup':
        return site.group === from.group;
      case 'language':
        return site.language === from.language;
      case 'none':
      case 'custom':
        return false;
    }
  };
  const others = [...sites.values()].filter((on) => on.site !== from && reaches(on));
  return [origin, ...others.map(({ site }) => site.handle)];
}

/**
 * The state with the other sites brought in line with the one that was edited: sites that it propagates to and that have no
 * version yet get a copy (slug included, which is made free later), the others what they share. Versions on sites that the
 * section is not on (any more) go.
 */
export function propagated(
  section: ContentSection,
  type: ContentType,
  state: EntryState,
  origin: string,
): EntryState {
  const from = section.sites.get(origin)?.site;
  const source = onSite(state, origin);
  if (from === undefined || source === undefined) return state;
  const kept = Object.keys(state.sites).filter((handle) => section.sites.has(handle));
  const handles = new Set([...sitesFrom(section, origin), ...kept]);
  const sites = [...handles].flatMap((handle): Array<[string, EntrySiteState]> => {
    const on = section.sites.get(handle);
    if (on === undefined) return [];
    if (handle === origin) return [[handle, source]];
    const present = onSite(state, handle);
    if (present === undefined) return [[handle, { ...source, uri: null, enabled: on.enabledByDefault }]];
    return [[handle, shared(type, from, source, on.site, present)]];
  });
  return { ...state, sites: Object.fromEntries(sites) };
}

function shared(
  type: ContentType,
  from: ContentSite,
  source: EntrySiteState,
  to: ContentSite,
  present: EntrySiteState,
): EntrySiteState {
  const fields: FieldValues = Object.fromEntries(
    Object.entries(type.fields).flatMap(([handle, { options }]) =>
      Object.hasOwn(source.fields, handle) && sharesValue(options.translation ?? 'none', from, to)
        ? [[handle, source.fields[handle] ?? null]]
        : [],
    ),
  );
  return {
    ...present,
    title: sharesValue(type.titleTranslation, from, to) ? source.title : present.title,
    fields: { ...present.fields, ...fields },
  };
}
