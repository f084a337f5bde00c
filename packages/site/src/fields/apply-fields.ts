import { fieldLabel } from './field-label.ts';
import type { Field, FieldLayout, FieldValue, FieldValues, Posting, Refusal } from './field.ts';
import { createPosting, type NotedUpload } from './posting.ts';

export interface ApplyOptions {
  /** The values come from server code, which may write every field. */
  readonly trusted?: boolean;
  /** Whether the values must be complete now, sent or not: required fields filled in, enough of what is counted. */
  readonly checkRequired?: boolean;
  /** IANA name: what times without a zone are in. Default: UTC. */
  readonly timeZone?: string;
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
  { trusted = false, checkRequired = false, timeZone = 'UTC', posting }: ApplyOptions = {},
): AppliedFields {
  const errors = new Map<string, string[]>();
  const uploads: NotedUpload[] = [];
  const owner = posting ?? createPosting({ trusted, timeZone, uploads });
  const changes = new Map<string, FieldValue>();
  const mayWrite = (field: Field): boolean => trusted || field.options.frontend === true;

  for (const [handle, value] of entriesOf(posted, errors)) {
    const field = fieldOf(layout, handle);
    if (field === undefined) errors.set(handle, [`There is no field “${shown(handle)}”.`]);
    else if (!mayWrite(field)) errors.set(handle, [`${fieldLabel(handle, field)} cannot be changed here.`]);
    else {
      const kept = Object.hasOwn(current, handle) ? valueOf(current, handle) : field.initial;
      const normalized = field.normalize(value, fieldLabel(handle, field), owner.within(handle, kept));
      if ('value' in normalized) changes.set(handle, ownCopy(normalized.value));
      else addErrors(errors, handle, errorsOf(normalized));
    }
  }

  const values = Object.fromEntries([...Object.entries(current), ...changes]);
  if (checkRequired) {
    const complete = completeFields(layout, values);
    for (const [handle, field] of Object.entries(layout)) {
      // Nobody can fill in here what only server code writes.
      if (!mayWrite(field) || isRefused(errors, handle)) continue;
      addErrors(errors, handle, whatIsMissing(field, handle, valueOf(complete, handle)));
    }
  }
  const changed = [...changes.keys()].filter(
    (handle) => !isSame(valueOf(current, handle), valueOf(values, handle)),
  );
  return { values, changed, errors: Object.fromEntries(errors), uploads };
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

/** The values of an owner with every field of the layout: one that was declared since has what a new owner has. */
export function completeFields(layout: FieldLayout, values: FieldValues): FieldValues {
  return { ...initialFields(layout), ...values };
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
