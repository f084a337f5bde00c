import type { Definition } from '../define/action.ts';
import type { ObservedInput } from '../define/observed-request.ts';
import type { Submission } from '../define/submission.ts';
import { isSecretField } from '../schema/secrets.ts';
import { shortText } from '../lib/short-text.ts';
import { keepInput } from './kept-input.ts';

// Observers keep many of these, and a body may have tens of thousands of names.
const MOST_NAMES = 100;
const LOOKED_AT = 1000;
const LONGEST_NAME = 200;

/** What was sent, for whoever watches: texts by the rules of kept input, files by name and size, secrets by name only. */
export function observedInput(name: string, definition: Definition, submission: Submission): ObservedInput {
  const entries = submission.kind === 'form' ? submission.entries : [];
  const around =
    submission.kind === 'json' ? [...(submission.query ?? []), ...(submission.params ?? [])] : [];
  const ofUrl = keepInput(name, definition, { kind: 'form', entries: around }).values;
  return {
    fields: [...ofUrl, ...keepInput(name, definition, submission).values],
    files: entries
      .flatMap(([field, value]) =>
        typeof value === 'string'
          ? []
          : [{ field: shownName(field), name: shownName(value.name), size: value.size }],
      )
      .slice(0, MOST_NAMES),
    withheld: sentNames(submission)
      .slice(0, LOOKED_AT)
      .filter((sent) => isSecretField(definition.plan, sent))
      .slice(0, MOST_NAMES)
      .map(shownName),
  };
}

function shownName(name: string): string {
  return shortText(name, LONGEST_NAME);
}

/** A path with `…` in place of what is secret in it: a mailed link may carry its code there. */
export function shownPath(
  path: string,
  params: Readonly<Record<string, string>>,
  definition: Definition | undefined,
): string {
  const secrets = new Set(
    Object.entries(params).flatMap(([name, value]) => (isSecretField(definition?.plan, name) ? [value] : [])),
  );
  if (secrets.size === 0) return path;
  const segments = path.split('/');
  return segments.map((segment) => (secrets.has(decodeURIComponent(segment)) ? '…' : segment)).join('/');
}

/** Names of a form's texts, and the keys of JSON: enough to say that there was a secret. */
function sentNames(submission: Submission): string[] {
  if (submission.kind === 'form') {
    return submission.entries.flatMap(([name, value]) => (typeof value === 'string' ? [name] : []));
  }
  const { value } = submission;
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
