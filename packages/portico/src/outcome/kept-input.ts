import type { Definition } from '../define/action.ts';
import type { Entry, Submission } from '../define/submission.ts';
import { isSecretField } from '../schema/secrets.ts';

/** What a visitor typed, for showing the form again: text by field name, without secrets and files. */
export interface KeptInput {
  readonly action: string;
  readonly formId: string | undefined;
  readonly values: ReadonlyArray<readonly [name: string, value: string]>;
  /** How many rows a list has, by its dotted path, where the values do not say: a row that was just added has none. */
  readonly rows?: ReadonlyMap<string, number>;
}

// More than this is no form a person typed, and it may have to fit in a session.
const MAX_CHARACTERS = 64 * 1024;

/** Keeps what may be shown again. JSON that was submitted is laid out as the fields a form would have sent. */
export function keepInput(name: string, definition: Definition, submission: Submission): KeptInput {
  const values: Array<readonly [string, string]> = [];
  let size = 0;
  const entries = submission.kind === 'form' ? submission.entries : flatten('', submission.value, [], 0);
  for (const [field, value] of entries) {
    if (typeof value !== 'string' || isSecretField(definition.plan, field)) continue;
    size += field.length + value.length;
    if (size > MAX_CHARACTERS) break;
    values.push([field, value]);
  }
  return { action: name, formId: submission.formId, values };
}

function flatten(prefix: string, value: unknown, into: Entry[], depth: number): Entry[] {
  if (depth > 32 || value === undefined || value === null) return into;
  if (typeof value === 'object') {
    if (value instanceof Date) into.push([prefix, value.toISOString()]);
    else if (!(value instanceof Blob)) {
      for (const [key, child] of Object.entries(value))
        flatten(prefix === '' ? key : `${prefix}.${key}`, child, into, depth + 1);
    }
    return into;
  }
  into.push([prefix, String(value)]);
  return into;
}
