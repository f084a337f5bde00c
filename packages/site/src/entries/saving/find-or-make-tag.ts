import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { editorId, type Editor } from '../editor.ts';
import { onSite } from '../on-site.ts';
import { numberedSlug, slugFromTitle } from '../slug.ts';
import { baseState } from './base-state.ts';
import { writeEntry } from './write-entry.ts';

export interface WantedTag {
  readonly title: string;
  /** Handle. */
  readonly section: string;
  /** Handle of the site that the entry with the tag is edited on. */
  readonly origin: string;
  readonly editor: Editor;
}

// Titles that differ in what slugs leave out share one: `C`, `C++`, `C#`.
const ALIKE = 50;

/**
 * The id of the section's entry with this title, whatever the case of its letters, which is made where there is none. Whoever
 * may write the field needs no right to the section. To be called in a transaction.
 */
export async function findOrMakeTag(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  stores: Stores,
  { title, section: handle, origin, editor }: WantedTag,
): Promise<number> {
  const { content } = services;
  const section = content.section(handle);
  const [type] = section?.types ?? [];
  if (section === undefined || type === undefined)
    throw new Error(`A field makes tags in the section "${handle}", which the content does not have.`);
  const site = section.sites.has(origin) ? origin : ([...section.sites.keys()][0] ?? origin);
  const look = () => findTag(services, stores, { title, section: handle, site });
  // Most tags are there already: nobody waits for others to look.
  const known = await look();
  if (known !== undefined) return known;
  await stores.entries.lockSection(handle);
  const made = await look();
  if (made !== undefined) return made;
  const maker = { kind: 'server', userId: editorId(editor) } as const;
  const base = baseState({
    section,
    type,
    origin: site,
    present: undefined,
    presentType: undefined,
    editor: maker,
  });
  const version = { ...(onSite(base, site) ?? EMPTY), title };
  const tag = await writeEntry(services, stores, {
    section,
    former: undefined,
    state: { ...base, sites: { [site]: version } },
    origin: site,
    draft: false,
    editor: maker,
    notes: null,
    checkComplete: false,
  });
  return tag.id;
}

/** The id of the section's entry with this title. */
async function findTag(
  { settings, now }: Pick<Services, 'settings' | 'now'>,
  stores: Pick<Stores, 'entries' | 'entryQueries'>,
  { title, section, site }: { readonly title: string; readonly section: string; readonly site: string },
): Promise<number | undefined> {
  const slug = slugFromTitle(title, settings);
  const slugs = [slug, ...Array.from({ length: ALIKE }, (_, at) => numberedSlug(slug, at + 2, settings))];
  const found = await stores.entryQueries.find({
    sections: [section],
    sites: [site],
    statuses: ['live', 'pending', 'expired', 'disabled'],
    viewer: null,
    where: [
      {
        kind: 'any',
        of: [
          { kind: 'compare', operand: { column: 'title' }, operator: '=', value: title },
          { kind: 'in', operand: { column: 'slug' }, values: slugs, negated: false },
        ],
      },
    ],
    words: null,
    order: [{ key: { column: 'id' }, direction: 'asc' }],
    after: null,
    limit: null,
    offset: 0,
    now: now(),
  });
  const tags = await stores.entries.findMany(found.map(({ id }) => id));
  const same = tags.find((tag) => key(onSite(tag, site)?.title ?? '') === key(title));
  return same?.id;
}

const EMPTY = { title: null, slug: null, uri: null, enabled: true, fields: {} };

function key(title: string): string {
  return title.normalize('NFC').toLowerCase();
}
