import type { ContentType } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import { applyFields } from '../../fields/apply-fields.ts';
import type { Services } from '../../services.ts';
import type { User } from '../../users/user.ts';
import type { Entry, EntryState } from '../entry.ts';
import { namedInFormats } from '../named-in-formats.ts';
import { onSite } from '../on-site.ts';
import { placingFault } from '../placement.ts';
import { referenceFaults } from '../references.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import { completeState } from './complete-state.ts';
import { joined, namedFields, type EntryErrors } from './errors.ts';
import { isLive, nativeFaults } from './native-faults.ts';
import type { EntryWrite } from './write-entry.ts';

/** An entry as it is to be stored, but for slugs and URIs, which only who has locked the section can choose. */
export interface JudgedEntry {
  readonly type: ContentType;
  readonly state: EntryState;
  readonly author: User | undefined;
  readonly parent: Entry | undefined;
  /** All that is wrong with it, by the names under which it was posted. */
  readonly errors: EntryErrors;
}

type JudgeServices = Pick<Services, 'settings' | 'content' | 'now'>;
type JudgeStores = Pick<Stores, 'entries' | 'users' | 'assets'>;

/**
 * Completes what is to be saved of an entry and says what is wrong with it; writes nothing. What was posted can so be refused
 * before files are written for it, and is judged again when the entry is locked. Throws an input error where the type or the
 * site is none of the section's.
 */
export async function judgeEntry(
  services: JudgeServices,
  stores: JudgeStores,
  write: EntryWrite,
): Promise<JudgedEntry> {
  const {
    section,
    former,
    origin,
    draft,
    found = {},
    nameErrors = namedFields,
    authorsName = 'authors',
  } = write;
  const type = services.content.type(section, write.state.type);
  if (type === undefined) throw inputErrors({ typeId: 'This section has no such entry type.' });
  if (!section.sites.has(origin) || onSite(write.state, origin) === undefined)
    throw inputErrors({ siteId: 'This section is not on that site.' });
  const [authorId] = write.state.authorIds;
  const needsAuthor = authorId !== undefined && namedInFormats(section, type).author;
  const author = needsAuthor ? await stores.users.find(authorId) : undefined;
  const { settings } = services;
  const wanted = { section, type, former, state: write.state, origin, draft, author };
  const { state, errors } = completeState(settings, services.now(), wanted);
  const placing = await judgePlace(stores, write, state);
  const isUnsigned = write.editor.kind !== 'user';
  return {
    type,
    state,
    author,
    parent: placing.parent,
    errors: joined(
      found,
      nativeFaults({ section, type, former, state, origin, draft, authorsName, isUnsigned, found }),
      errors,
      placing.errors,
      nameErrors(
        joined(incomplete(write, type, state), await badReferences(services, stores, write, type, state)),
      ),
    ),
  };
}

function incomplete(write: EntryWrite, type: ContentType, state: EntryState): EntryErrors {
  const { origin, draft, checkComplete = true, editor } = write;
  if (!checkComplete || !isLive(state, origin, draft)) return {};
  const values = onSite(state, origin)?.fields ?? {};
  return applyFields(type.fields, undefined, values, {
    checkRequired: true,
    trusted: editor.kind === 'server',
  }).errors;
}

function badReferences(
  services: JudgeServices,
  stores: JudgeStores,
  { origin, former, editor, made }: EntryWrite,
  type: ContentType,
  state: EntryState,
): Promise<EntryErrors> {
  return referenceFaults(services, stores, {
    type,
    values: onSite(state, origin)?.fields ?? {},
    former: Object.values(former?.sites ?? {}).map(({ fields }) => fields),
    editor,
    made,
  });
}

async function judgePlace(
  { entries }: Pick<Stores, 'entries'>,
  { section, former }: EntryWrite,
  { parentId }: EntryState,
): Promise<{ readonly parent: Entry | undefined; readonly errors: EntryErrors }> {
  if (section.type !== 'structure') return { parent: undefined, errors: {} };
  const parent = parentId === null ? undefined : await entries.find(parentId);
  const isMoved = former === undefined || former.parentId !== parentId;
  if (!isMoved) return { parent, errors: {} };
  const missing = parentId !== null && parent === undefined;
  const descendants = former === undefined ? [] : await entries.descendants(former.id);
  const fault = missing
    ? 'There is no such parent entry in this section.'
    : placingFault({
        section: section.handle,
        maxLevels: section.maxLevels,
        entry: former,
        descendants,
        parent,
      });
  return { parent, errors: fault === undefined ? {} : { parentId: [fault] } };
}
