import { isActionError, type ActionObject, type Form, type FormOptions, type PorticoContext } from 'portico';
import { form } from 'portico/html';
import { z } from 'zod';
import type { Content, ContentSection, ContentType } from '../content/content.ts';
import { formSchema } from '../fields/form-schema.ts';
import { localTime } from '../lib/local-time.ts';
import type { Services } from '../services.ts';
import { currentSite } from './current-site.ts';
import type { EntryRecord } from './query/entry-record.ts';

/** An entry as queries give it. */
type EditedEntry = EntryRecord<string, object>;

export interface EntryFormOptions extends Omit<FormOptions, 'schema' | 'values'> {
  /** The entry that is edited, with relations loaded or not. Default: a new one. */
  readonly entry?: EditedEntry | undefined;
  /** Handle or id of the entry type. Default: the entry's, else the section's first. */
  readonly type?: string | number | undefined;
  /** Handle or id of the site. Default: the entry's, else the page's, else the section's first. */
  readonly site?: string | number | undefined;
  /** What its inputs show in place of the entry's own, by name: `{ title: 'Hello', fields: { body: '…' } }`. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * The form of an entry of a section, with the hidden inputs that `entries/save-entry` asks for and all that the entry type
 * says of its fields: `fields[body]`. Throws a `TypeError` for a section, type or site that there is none of.
 */
export type EntryForm = (ctx: PorticoContext, section: string, options?: EntryFormOptions) => Form;

/** `action` is `entries.saveEntry` of the tree that is mounted. */
export function createEntryForm(
  { content, settings }: Pick<Services, 'content' | 'settings'>,
  action: ActionObject,
): EntryForm {
  return (ctx, handle, { entry, type: typeId, site: siteId, values, ...options } = {}) => {
    const section = found(content.section(handle), 'section', handle);
    const wantedType = typeId ?? entry?.type ?? section.types[0]?.handle ?? '';
    const type = found(content.type(section, wantedType), 'entry type', wantedType);
    const wantedSite = siteId ?? entry?.site ?? siteOfPage(content, section, ctx.url);
    const site = found(content.site(wantedSite), 'site', wantedSite);
    const made = form<ActionObject, z.ZodObject>(ctx, action, {
      ...options,
      schema: schemaOf(type),
      values: {
        ...(entry && nativeValues(entry, settings.timeZone)),
        ...values,
        fields: { ...(entry && fieldValues(type, entry)), ...(values?.['fields'] as object | undefined) },
      },
    }) as Form;
    const identity =
      entry === undefined
        ? { sectionId: section.id }
        : { canonicalId: entry.id, version: versionOf(ctx, action, made, options.id) };
    const hidden = Object.entries({ ...identity, typeId: type.id, siteId: site.id });
    return {
      ...made,
      hidden: [...made.hidden, ...hidden.map(([name, value]) => ({ name, value: String(value) }))],
    };
  };
}

/** As `entries/save-entry` has it: the site that the page is of, else the section's first. */
function siteOfPage(content: Content, { sites }: ContentSection, url: URL): string {
  const { handle } = currentSite(content, url);
  return sites.has(handle) ? handle : ([...sites.keys()][0] ?? handle);
}

function found<Thing>(thing: Thing | undefined, what: string, name: unknown): Thing {
  if (thing !== undefined) return thing;
  throw new TypeError(
    `entryForm(): there is no ${what} "${String(name)}". Name one by its handle or its id.`,
  );
}

function nativeValues(entry: EditedEntry, timeZone: string) {
  const { title, slug, postDate, expiryDate, enabled, enabledForSite, authorIds, parentId, version } = entry;
  return {
    title,
    slug,
    // Without a zone, as inputs have it; `entries/save-entry` reads it in this one.
    postDate: postDate && localTime(postDate, timeZone),
    expiryDate: expiryDate && localTime(expiryDate, timeZone),
    enabled,
    enabledForSite,
    authors: authorIds,
    parentId,
    version,
  };
}

/** What queries loaded in the place of ids is ids again, as forms send them. */
function fieldValues({ fields: layout }: ContentType, { fields }: EditedEntry): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([handle, value]: [string, unknown]) => {
      const isRelation = Object.hasOwn(layout, handle) && RELATIONS.has(layout[handle]?.type ?? '');
      return [handle, isRelation && Array.isArray(value) ? value.map(idOf) : value];
    }),
  );
}

const RELATIONS = new Set(['entries', 'categories', 'tags', 'users', 'assets']);

function idOf(loaded: unknown): unknown {
  return typeof loaded === 'object' && loaded !== null && 'id' in loaded ? loaded.id : loaded;
}

/**
 * Of the entry that was edited, also where the page is shown again with a newer one: else that would be overwritten unseen.
 * After a conflict it is the newer one, which the answer has shown.
 */
function versionOf(ctx: PorticoContext, action: ActionObject, made: Form, id: string | undefined): string {
  if (made.message !== undefined) {
    const error: unknown = ctx.getActionResult(action, id === undefined ? {} : { id })?.error;
    const data: unknown = isActionError(error) && error.code === 'CONFLICT' ? error.data : undefined;
    if (typeof data === 'object' && data !== null && 'currentVersion' in data)
      return String(data.currentVersion);
  }
  return String(made.field('version').value);
}

const schemas = new WeakMap<ContentType, z.ZodObject>();

/** What an entry's form has: what every entry has of its own, and the fields of its type. Made once for each type. */
function schemaOf(type: ContentType): z.ZodObject {
  const known = schemas.get(type);
  if (known !== undefined) return known;
  const title = z.string().max(255);
  const moment = z.date().meta({ format: 'date-time' }).optional();
  const schema = formSchema(type.fields).extend({
    title: type.hasTitleField && type.titleFormat === undefined ? title : title.optional(),
    slug: z.string().max(255).optional(),
    postDate: moment,
    expiryDate: moment,
    notes: z.string().optional(),
  });
  schemas.set(type, schema);
  return schema;
}
