import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { currentSite } from '../../entries/current-site.ts';
import { loadEntryView } from '../../entries/load-entry-view.ts';
import { saveEntry as save } from '../../entries/saving/save-entry.ts';
import type { PostedEntry } from '../../entries/saving/posted-entry.ts';
import { fieldErrors, postedFields } from '../../fields/posted-fields.ts';
import { isStorableText } from '../../lib/storable-text.ts';
import type { Services } from '../../services.ts';
import { editorOf } from '../parts/editor.ts';
import { flag } from '../parts/flag.ts';
import { idParam, versionParam } from '../parts/id-param.ts';
import { mustBe } from '../parts/must-be.ts';
import { saveEntryBody, saveEntryLimits } from '../parts/save-entry-limits.ts';

const MAX_NOTE = 2000;
const text = z.string(mustBe('a text')).nullish();
const id = idParam.nullish();
const raw = z.unknown().optional();
const note = z
  .string(mustBe('a text'))
  .max(MAX_NOTE, mustBe(`a text of at most ${MAX_NOTE} characters`))
  .refine(isStorableText, 'The notes have characters that cannot be stored.')
  .nullish();

// Loose for `fieldsLocation`, which may name any place: what is not named here is never used but for custom fields.
const input = z.looseObject({
  canonicalId: id,
  sourceId: id,
  entryId: id,
  sectionId: raw,
  sectionHandle: raw,
  typeId: raw,
  siteId: raw,
  title: text,
  slug: text,
  author: raw,
  authors: raw,
  postDate: raw,
  expiryDate: raw,
  enabled: flag,
  enabledForSite: raw,
  parentId: raw,
  provisional: flag,
  isFresh: flag,
  duplicate: flag,
  revisionNotes: note,
  notes: note,
  version: versionParam,
  fieldsLocation: text,
  fields: raw,
});

type Input = z.output<typeof input>;

const nativeNames: ReadonlySet<string> = new Set(Object.keys(input.shape));
const RAW = [
  'sectionId',
  'sectionHandle',
  'typeId',
  'siteId',
  'author',
  'authors',
  'postDate',
  'expiryDate',
  'enabledForSite',
  'parentId',
  'fields',
];

/**
 * `POST entries/save-entry`: makes an entry of `sectionId`, or changes the one of `canonicalId` (`sourceId`, `entryId`). Only
 * what is sent changes. `provisional` saves one's own draft instead: of a published entry, or one of its own that nobody else
 * sees. With `version`, a save over a newer one is a 409 that holds both. Custom fields are sent as `fields[…]`.
 */
export const saveEntry = (services: Services) =>
  defineAction({
    accept: 'any',
    once: true,
    access: (ctx) => ctx.user !== null || mayAnyGuest(services),
    input,
    // The rules judge them, and name what they refuse.
    decode: Object.fromEntries(RAW.map((name) => [name, 'unknown' as const])),
    limit: saveEntryLimits(services.settings, services.content),
    body: saveEntryBody(services.settings),
    model: 'entry',
    messages: { success: 'Entry saved.', failure: 'Couldn’t save entry.' },
    async handler(posted, ctx) {
      const { entry, site, isProvisionalDraft } = await save(
        services,
        editorOf(ctx),
        postedEntry(services, posted, ctx.url),
      );
      const shown = await loadEntryView(services, entry, { site, isProvisionalDraft });
      const username = shown.author?.username ?? null;
      return {
        id: shown.id,
        title: shown.title,
        slug: shown.slug,
        ...(username !== null && { authorUsername: username }),
        dateCreated: shown.dateCreated,
        dateUpdated: shown.dateUpdated,
        postDate: shown.postDate,
        entry: shown,
      };
    },
  });

function mayAnyGuest({ content }: Services): true {
  if (content.sections.some(({ guests }) => guests !== undefined)) return true;
  throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
}

function postedEntry({ content }: Services, posted: Input, url: URL): PostedEntry {
  const authorsName = posted.authors === undefined && posted.author !== undefined ? 'author' : 'authors';
  return {
    id: posted.canonicalId ?? posted.sourceId ?? posted.entryId ?? undefined,
    section: posted.sectionId ?? posted.sectionHandle,
    type: posted.typeId,
    site: posted.siteId,
    title: posted.title,
    slug: posted.slug,
    authors: posted[authorsName],
    authorsName,
    postDate: posted.postDate,
    expiryDate: posted.expiryDate,
    parentId: posted.parentId,
    enabled: posted.enabled,
    enabledForSite: posted.enabledForSite,
    provisional: posted.provisional === true,
    isFresh: posted.isFresh === true,
    duplicate: posted.duplicate === true,
    notes: (posted.revisionNotes ?? posted.notes)?.trim() || null,
    version: posted.version ?? undefined,
    currentSite: currentSite(content, url).handle,
    fields: (layout) => postedFields(posted, nativeNames, layout),
    nameErrors: (errors) => fieldErrors(posted, errors),
  };
}
