import type { Content, ContentSection, ContentType } from '../../content/content.ts';
import type { FieldValues } from '../../fields/field.ts';
import type { Entry, EntrySiteState, EntryState } from '../entry.ts';
import { entryState } from '../entry-state.ts';

/**
 * What an entry would be with the state of a revision: that of the revision as far as today's content has a place for it.
 * Fields that its entry type has no more are left out, those that it had not yet stay as they are, and so do, unless
 * `trusted`, those that only server code writes, and sites that the revision knew nothing of. `undefined` where the section
 * no longer has the entry type.
 */
export function stateOfRevision(
  entry: Entry,
  revision: EntryState,
  content: Content,
  section: ContentSection,
  { trusted }: { readonly trusted: boolean },
): EntryState | undefined {
  const type = content.type(section, revision.type);
  if (type === undefined) return undefined;
  const sites = [...section.sites.keys()].flatMap((site): Array<[string, EntrySiteState]> => {
    const [current, former] = [siteOf(entry, site), siteOf(revision, site)];
    if (former === undefined) return current === undefined ? [] : [[site, current]];
    const fields = fieldsOfRevision(type, current?.fields ?? {}, former.fields, trusted);
    return [[site, { ...former, fields }]];
  });
  return { ...entryState(revision), sites: Object.fromEntries(sites) };
}

function siteOf({ sites }: EntryState, site: string): EntrySiteState | undefined {
  return Object.hasOwn(sites, site) ? sites[site] : undefined;
}

function fieldsOfRevision(
  { fields: layout }: ContentType,
  current: FieldValues,
  former: FieldValues,
  trusted: boolean,
): FieldValues {
  const taken = Object.entries(layout).flatMap(([handle, { options }]) => {
    const isTaken = Object.hasOwn(former, handle) && (trusted || options.frontend === true);
    const source = isTaken ? former : current;
    return Object.hasOwn(source, handle) ? [[handle, source[handle] ?? null] as const] : [];
  });
  return Object.fromEntries(taken);
}
