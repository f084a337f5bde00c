import { applyFields, initialFields } from './apply-fields.ts';
import type { FieldLayout, FieldValues, Posting, ValuesOf } from './field.ts';
import { nativeValues } from './matrix-native.ts';
import type { NestedItem } from './nested-posting.ts';
import { isBlankPost, ownValue, shownPost } from './posted-record.ts';

/** An entry type as the content declares it, as far as a field needs it: `entryType('quote', { … })`. */
export interface MatrixType<Handle extends string = string, Layout extends FieldLayout = FieldLayout> {
  readonly handle: Handle;
  readonly fields: Layout;
  readonly options: {
    readonly id?: number;
    readonly name?: string;
    readonly hasTitleField?: boolean;
    readonly titleFormat?: string;
    readonly titleLabel?: string;
  };
}

/** An entry that lives within a field. Its id counts within the field; its uid is its own everywhere. */
export type MatrixEntry<Type extends MatrixType = MatrixType> =
  Type extends MatrixType<infer Handle, infer Layout>
    ? {
        readonly id: number;
        readonly uid: string;
        readonly type: Handle;
        readonly title: string | null;
        readonly slug: string | null;
        readonly enabled: boolean;
        readonly fields: ValuesOf<Layout>;
      }
    : never;

/** The same, of any type. */
export type AnyMatrixEntry = {
  readonly id: number;
  readonly uid: string;
  readonly type: string;
  readonly title: string | null;
  readonly slug: string | null;
  readonly enabled: boolean;
  readonly fields: FieldValues;
};

// `collapsed` and `fresh` say how a form stood when it was sent.
const NAMES = new Set([
  'id',
  'uid',
  'type',
  'typeId',
  'title',
  'slug',
  'enabled',
  'fields',
  'collapsed',
  'fresh',
]);

export interface EntryCircumstances {
  readonly types: readonly MatrixType[];
  readonly posting: Posting;
  readonly newId: () => number;
  readonly newUid: (given: unknown) => string;
  readonly refuse: (path: string, messages: readonly string[]) => void;
}

export interface AppliedEntry {
  readonly entry: AnyMatrixEntry;
  /** Where paths within it were posted. */
  readonly postedAt: (path: string) => string;
}

const asIs = (path: string): string => path;

/** The entry as it is after what was posted. What was not sent stays, or is as a new entry has it. */
export function appliedEntry(
  { former, uid, path, posted }: NestedItem<AnyMatrixEntry>,
  { types, posting, newId, newUid, refuse }: EntryCircumstances,
): AppliedEntry | undefined {
  if (posted === undefined) return former && { entry: former, postedAt: asIs };
  for (const name of Object.keys(posted)) {
    if (!NAMES.has(name)) refuse(`${path}.${shownPost(name)}`, [`There is no “${shownPost(name)}” here.`]);
  }
  const type = typeOf(types, posted, former);
  if (typeof type === 'string') {
    refuse(`${path}.type`, [type]);
    return undefined;
  }
  const current = former?.type === type.handle ? former.fields : initialFields(type.fields);
  const applied = applyFields(type.fields, ownValue(posted, 'fields'), current, {
    trusted: posting.trusted,
    posting: posting.within(`${path}.fields`, null),
  });
  for (const [inner, messages] of Object.entries(applied.errors))
    refuse(inner === '' ? `${path}.fields` : `${path}.fields.${inner}`, messages);
  const base = former ?? {
    id: newId(),
    uid: newUid(uid ?? ownValue(posted, 'uid')),
    title: null,
    slug: null,
    enabled: true,
  };
  const { values: native, errors } = nativeValues(posted, base, { type, posting });
  for (const [name, message] of errors) refuse(`${path}.${name}`, [message]);
  return {
    entry: { id: base.id, uid: base.uid, type: type.handle, ...native, fields: applied.values },
    postedAt: (inner) =>
      inner.startsWith('fields.') ? `fields.${applied.postedAt(inner.slice('fields.'.length))}` : inner,
  };
}

function typeOf(
  types: readonly MatrixType[],
  posted: Readonly<Record<string, unknown>>,
  former: AnyMatrixEntry | undefined,
): MatrixType | string {
  const named = [ownValue(posted, 'type'), ownValue(posted, 'typeId')].find((value) => !isBlankPost(value));
  const [only, other] = types;
  const name = named ?? former?.type ?? (other === undefined ? only?.handle : undefined);
  const known = types.map(({ handle }) => handle).join(', ');
  if (name === undefined) return `Say which entry type this is: ${known}.`;
  const key = typeof name === 'string' || typeof name === 'number' ? String(name).trim() : '';
  const found =
    types.find(({ handle }) => handle === key) ??
    types.find(({ options: { id } }) => id !== undefined && String(id) === key);
  return found ?? `There is no entry type “${shownPost(name)}” here. There are ${known}.`;
}
