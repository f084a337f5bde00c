import type { Definition } from '../define/action.ts';
import type { Entry, JsonSubmission, Submission } from '../define/submission.ts';
import { decodeForm } from '../schema/decode-form.ts';
import { ActionError } from '../wire/error.ts';

/** Makes of what was sent the value that the schema judges, by the action's plan. Throws 400 or 413. */
export function decodeInput(definition: Definition, submission: Submission): unknown {
  if (submission.kind === 'form') return decodeEntries(definition, submission.entries);
  if (submission.kind === 'json') return decodeJson(definition, submission);
  const { value } = submission;
  if (!(value instanceof FormData)) return value;
  if (definition.accept === 'json') {
    throw new ActionError({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: "This action takes JSON; give it accept: 'form' or 'any'.",
    });
  }
  return decodeEntries(definition, [...value]);
}

function decodeEntries(definition: Definition, entries: readonly Entry[]): unknown {
  if (definition.plan.kind === 'formdata') return formData(entries);
  const decoded = decodeForm(definition.plan, entries);
  if (decoded.ok) return decoded.value;
  throw new ActionError({
    code: decoded.status === 413 ? 'CONTENT_TOO_LARGE' : 'BAD_REQUEST',
    message: decoded.message,
  });
}

function decodeJson(definition: Definition, submission: JsonSubmission): unknown {
  const value = definition.restore ? definition.restore(submission.value) : submission.value;
  const query = submission.query ?? [];
  const params = submission.params ?? [];
  if (query.length === 0 && params.length === 0) return value;
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
    return value;
  return { ...named(definition, query), ...value, ...named(definition, params) };
}

// Decoding fills in what a form leaves out (`false` for an unticked box); from a URL only what it names counts.
function named(definition: Definition, entries: readonly Entry[]): Record<string, unknown> {
  if (entries.length === 0 || definition.plan.kind === 'formdata') return Object.fromEntries(entries);
  const decoded = decodeEntries(definition, entries) as Record<string, unknown>;
  const names = new Set(entries.map(([name]) => name.split(/[.[]/, 1)[0]));
  return Object.fromEntries(Object.entries(decoded).filter(([name]) => names.has(name)));
}

function formData(entries: readonly Entry[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, value.name);
  }
  return data;
}
