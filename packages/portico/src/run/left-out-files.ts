import type { Submission } from '../define/submission.ts';
import { parseFieldName } from '../lib/field-path.ts';
import { fieldAt } from '../schema/constraints.ts';
import type { Plan } from '../schema/plan.ts';

/** Whether a path is that of a file, or of files only, that were not sent: who merely asks leaves his uploads at home. */
export function isLeftOutFile(plan: Plan, submission: Submission, path: readonly string[]): boolean {
  return takesFiles(fieldAt(plan, path.join('.'))) && !isSent(submission, path);
}

function takesFiles(plan: Plan | undefined): boolean {
  if (plan?.kind === 'file') return true;
  if (plan?.kind !== 'array' && plan?.kind !== 'set' && plan?.kind !== 'tuple') return false;
  const elements = plan.items ? [...plan.prefix, plan.items] : plan.prefix;
  return elements.length > 0 && elements.every(takesFiles);
}

function isSent(submission: Submission, path: readonly string[]): boolean {
  if (submission.kind === 'form') {
    return submission.entries.some(([name]) => {
      const segments = (parseFieldName(name) ?? [name]).filter((segment) => segment !== '');
      // `photos` sends what is wrong with `photos.1`, and `photos[1]` what is wrong with `photos`.
      return segments.every((segment, at) => at >= path.length || segment === path[at]);
    });
  }
  let value: unknown = submission.value;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return value !== undefined;
}
