import type { Content, ContentSection, ContentType } from '../../content/content.ts';
import { completeFields } from '../../fields/apply-fields.ts';
import { fieldLabel } from '../../fields/field-label.ts';
import type { Field, FieldLayout, FieldValue } from '../../fields/field.ts';
import type { EntrySiteState, EntryState } from '../entry.ts';
import { onSite } from '../on-site.ts';

/** One thing that two states of an entry differ in. */
export interface Difference {
  /** `title`, `fields.body`, as they are posted; `sites.de.title` where the sites do not differ alike. */
  readonly path: string;
  /** For people. */
  readonly label: string;
  /** Times are ISO strings; null where there is none. */
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** What differs, before the sites are put together: each value with the site it is of. */
interface SiteDifference extends Difference {
  readonly site: string;
}

/**
 * What differs between two states of an entry: its own properties first, then what each site has. What differs alike on all
 * its sites is told once. Fields that neither state's entry type has any more are left out, and those that are not `shown`.
 */
export function compareStates(
  before: EntryState,
  after: EntryState,
  content: Content,
  section: ContentSection,
  shown: (field: Field) => boolean = () => true,
): readonly Difference[] {
  const own = [
    difference('type', 'Entry type', before.type, after.type),
    difference('enabled', 'Enabled', before.enabled, after.enabled),
    difference('postDate', 'Post date', iso(before.postAt), iso(after.postAt)),
    difference('expiryDate', 'Expiry date', iso(before.expiresAt), iso(after.expiresAt)),
    difference('authors', 'Authors', before.authorIds, after.authorIds),
    difference('parentId', 'Parent', before.parentId, after.parentId),
  ];
  const types = [after.type, before.type].flatMap((handle) => content.type(section, handle) ?? []);
  const titleLabel = types[0]?.titleLabel ?? 'Title';
  const layout = layoutOf(types, shown);
  const handles = sitesOf(content, section, before, after);
  const bySite = handles.flatMap((site) =>
    siteDifferences(onSite(before, site), onSite(after, site), { titleLabel, layout }).map((found) => ({
      ...found,
      site,
    })),
  );
  return [...own.filter(differs), ...together(bySite, handles.length, content)];
}

/** In the order of the configuration; sites that it has no more are left out. */
function sitesOf(
  content: Content,
  { sites }: ContentSection,
  before: EntryState,
  after: EntryState,
): readonly string[] {
  return content.sites
    .map(({ handle }) => handle)
    .filter(
      (handle) =>
        sites.has(handle) && (Object.hasOwn(before.sites, handle) || Object.hasOwn(after.sites, handle)),
    );
}

/** The fields of both types; where they have one of the same handle, that of the first counts. */
function layoutOf(types: readonly ContentType[], shown: (field: Field) => boolean): FieldLayout {
  const all: FieldLayout = Object.assign({}, ...types.toReversed().map(({ fields }) => fields));
  return Object.fromEntries(Object.entries(all).filter(([, field]) => shown(field)));
}

function siteDifferences(
  before: EntrySiteState | undefined,
  after: EntrySiteState | undefined,
  { titleLabel, layout }: { readonly titleLabel: string; readonly layout: FieldLayout },
): readonly Difference[] {
  const [former, latter] = [valuesOn(before, layout), valuesOn(after, layout)];
  return [
    difference('title', titleLabel, before?.title ?? null, after?.title ?? null),
    difference('slug', 'Slug', before?.slug ?? null, after?.slug ?? null),
    difference('enabledForSite', 'Enabled for site', before?.enabled ?? null, after?.enabled ?? null),
    ...Object.entries(layout).map(([handle, field]) =>
      difference(
        `fields.${handle}`,
        fieldLabel(handle, field),
        former[handle] ?? null,
        latter[handle] ?? null,
      ),
    ),
  ].filter(differs);
}

function valuesOn(
  state: EntrySiteState | undefined,
  layout: FieldLayout,
): Readonly<Record<string, FieldValue>> {
  return state === undefined ? {} : completeFields(layout, state.fields);
}

/** One difference for all sites where each has the same one; else one for each site that has any. */
function together(
  found: readonly SiteDifference[],
  siteCount: number,
  content: Content,
): readonly Difference[] {
  const byPath = Map.groupBy(found, ({ path }) => path);
  return [...byPath.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const isEverywhere =
      alike.length === siteCount &&
      alike.every(({ before, after }) => isSame(before, first.before) && isSame(after, first.after));
    if (isEverywhere) return [without(first)];
    return alike.map((one) => ({
      ...without(one),
      path: `sites.${one.site}.${one.path}`,
      label: `${one.label} (${content.site(one.site)?.name ?? one.site})`,
    }));
  });
}

function without({ site: _site, ...difference }: SiteDifference): Difference {
  return difference;
}

function difference(path: string, label: string, before: FieldValue, after: FieldValue): Difference {
  return { path, label, before, after };
}

function differs({ before, after }: Difference): boolean {
  return !isSame(before, after);
}

function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

/** As JSON means it: the order of keys says nothing, since PostgreSQL keeps none. */
function isSame(one: FieldValue, other: FieldValue): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const values = new Map<string, FieldValue>(Object.entries(other));
  const keys = Object.entries<FieldValue>(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === values.size &&
    keys.every(([key, value]) => values.has(key) && isSame(value, values.get(key) ?? null))
  );
}
