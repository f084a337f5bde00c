import { fieldLabel } from './field-label.ts';
import type { Field, FieldLayout, FieldValue, FieldValues, Posting, Refusal } from './field.ts';
import { fitsField } from './fits-field.ts';
import { createPosting, type NotedTag, type NotedUpload } from './posting.ts';

export interface ApplyOptions {
  /** The values come from server code, which may write every field. */
  readonly trusted?: boolean;
  /** Whether the values must be complete now, sent or not: required fields filled in, enough of what is counted. */
  readonly checkRequired?: boolean;
  /** IANA name: what times without a zone are in. Default: UTC. */
  readonly timeZone?: string;
  /** BCP 47: how dates are written in short where the form names no `locale`. Default: `en`. */
  readonly language?: string;
  /** Epoch milliseconds: what `now` and `today` are. Default: the machine's clock. */
  readonly now?: number;
  /** Where fields that hold fields apply those, with the circumstances of their own value. */
  readonly posting?: Posting;
}

export interface AppliedFields {
  /** All values, with what was sent in place of the former ones. What was refused is as it was. */
  readonly values: FieldValues;
  /** Handles of the fields whose value is another one now. */
  readonly changed: readonly string[];
  /**
   * What was refused, by handle, and deeper within a value by the path there (`blocks.new:1.fields.image`); by `''` where what
   * was sent is no set of fields at all.
   */
  readonly errors: Readonly<Record<string, string[]>>;
  /** The files that stand below 0 in the values. None where `posting` was given, which has noted them. */
  readonly uploads: readonly NotedUpload[];
  /** The new tags that do, likewise. */
  readonly tags: readonly NotedTag[];
  /** A path within the values (`blocks.0.fields.image`, of a reference) as the path where that was posted. */
  readonly postedAt: (path: string) => string;
}

/**
 * Puts what was posted for custom fields over their current values. Only fields that were sent change. Names that are no
 * field of the layout, and fields that are not `frontend: true`, are refused by name; nothing posted ever names a property of
 * anything but the layout itself.
 */
export function applyFields(
  layout: FieldLayout,
  posted: unknown,
  current: FieldValues,
  { trusted = false, checkRequired = false, timeZone = 'UTC', language, now, posting }: ApplyOptions = {},
): AppliedFields {
  const errors = new Map<string, string[]>();
  const uploads: NotedUpload[] = [];
  const tags: NotedTag[] = [];
  const owner = posting ?? createPosting({ trusted, timeZone, language, now, uploads, tags });
  const changes = new Map<string, FieldValue>();
  const places = new Map<string, (path: string) => string>();
  const mayWrite = (field: Field): boolean => trusted || field.options.frontend === true;

  for (const [handle, value] of entriesOf(posted, errors)) {
    const field = fieldOf(layout, handle);
    if (field === undefined) errors.set(handle, [`There is no field “${shown(handle)}”.`]);
    else if (!mayWrite(field)) errors.set(handle, [`${fieldLabel(handle, field)} cannot be changed here.`]);
    else {
      const kept = Object.hasOwn(current, handle) ? valueOf(current, handle) : field.initial;
      const normalized = field.normalize(value, fieldLabel(handle, field), owner.within(handle, kept));
      if ('value' in normalized) {
        changes.set(handle, ownCopy(normalized.value));
        if (normalized.postedAt !== undefined) places.set(handle, normalized.postedAt);
      } else addErrors(errors, handle, errorsOf(normalized));
    }
  }

  const postedAt = (path: string): string => {
    const [handle = ''] = path.split('.', 1);
    const inner = path.slice(handle.length + 1);
    const place = places.get(handle);
    return inner === '' || place === undefined ? path : `${handle}.${place(inner)}`;
  };

  const values = Object.fromEntries([...Object.entries(current), ...changes]);
  if (checkRequired) {
    for (const [path, messages] of Object.entries(missingFields(layout, values, trusted))) {
      if (!isRefused(errors, path.split('.', 1)[0] ?? '')) errors.set(postedAt(path), messages);
    }
  }
  const changed = [...changes.keys()].filter(
    (handle) => !isSame(valueOf(current, handle), valueOf(values, handle)),
  );
  return { values, changed, errors: Object.fromEntries(errors), uploads, tags, postedAt };
}

/**
 * What values lack of being complete, by path: required fields, and enough of what is counted. Without `trusted` nothing is
 * asked of fields that only server code writes: nobody could fill them in.
 */
export function missingFields(
  layout: FieldLayout,
  values: FieldValues,
  trusted = false,
): Record<string, string[]> {
  const missing = new Map<string, string[]>();
  const complete = completeFields(layout, values);
  for (const [handle, field] of Object.entries(layout)) {
    if (trusted || field.options.frontend === true)
      addErrors(missing, handle, whatIsMissing(field, handle, valueOf(complete, handle)));
  }
  return Object.fromEntries(missing);
}

function whatIsMissing(field: Field, handle: string, value: FieldValue): Errors {
  const label = fieldLabel(handle, field);
  if (field.options.required === true && (field.isBlank?.(value) ?? value === null))
    return { '': [`${label} cannot be blank.`] };
  return field.lacks?.(value, label) ?? {};
}

type Errors = Readonly<Record<string, readonly string[]>>;

function errorsOf(refusal: Refusal): Errors {
  return 'error' in refusal ? { '': [refusal.error] } : refusal.errors;
}

function addErrors(errors: Map<string, string[]>, handle: string, found: Errors): void {
  for (const [path, messages] of Object.entries(found))
    errors.set(path === '' ? handle : `${handle}.${path}`, [...messages]);
}

function isRefused(errors: ReadonlyMap<string, unknown>, handle: string): boolean {
  return [...errors.keys()].some((path) => path === handle || path.startsWith(`${handle}.`));
}

/** The values of an owner of whom nothing was set yet. */
export function initialFields(layout: FieldLayout): FieldValues {
  return Object.fromEntries(
    Object.entries(layout).map(([handle, field]) => [handle, ownCopy(field.initial)]),
  );
}

/**
 * The values of an owner with every field of the layout, as they are read: one that was declared since has what a new owner has,
 * and so has one whose stored value is of another kind than the field. What is no field of the layout stays.
 */
export function completeFields(layout: FieldLayout, values: FieldValues): FieldValues {
  return { ...values, ...declaredFields(layout, values) };
}

/** The same, with the fields of the layout alone. */
export function declaredFields(layout: FieldLayout, values: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(layout).map(([handle, field]) => {
      const value = Object.hasOwn(values, handle) ? values[handle] : undefined;
      return [handle, value !== undefined && fitsField(field, value) ? value : ownCopy(field.initial)];
    }),
  );
}

function entriesOf(
  posted: unknown,
  errors: Map<string, string[]>,
): ReadonlyArray<readonly [string, unknown]> {
  // `fields=` is what a form sends that has no fields.
  if (posted === undefined || posted === null || posted === '') return [];
  if (
    typeof posted !== 'object' ||
    Array.isArray(posted) ||
    posted instanceof Blob ||
    posted instanceof Date
  ) {
    errors.set('', ['Fields are sent by their handles: fields[bio], or { "fields": { "bio": … } }.']);
    return [];
  }
  return Object.entries(posted).filter(([, value]) => value !== undefined);
}

function fieldOf(layout: FieldLayout, handle: string): Field | undefined {
  return Object.hasOwn(layout, handle) ? layout[handle] : undefined;
}

function valueOf(values: FieldValues, handle: string): FieldValue {
  return (Object.hasOwn(values, handle) ? values[handle] : undefined) ?? null;
}

// What a field of the app's own making returns may still be what was posted, prototype and all.
function ownCopy(value: FieldValue): FieldValue {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}

function isSame(before: FieldValue, after: FieldValue): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}

function shown(handle: string): string {
  return handle.length > 60 ? `${handle.slice(0, 60)}…` : handle;
}
