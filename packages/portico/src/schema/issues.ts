import { dottedPath } from '../lib/field-path.ts';
import type { StandardIssue } from './standard.ts';

export interface FieldErrorList {
  /** Messages by full dotted path (`items.0.qty`). No prototype: a field may be called `toString` or `__proto__`. */
  readonly fields: Record<string, string[]>;
  /** What concerns the whole input. */
  readonly formErrors: string[];
}

/** Sorts a schema's issues by the field they are about, in the order in which the schema gave them. */
export function fieldErrors(issues: readonly StandardIssue[]): FieldErrorList {
  const fields = Object.create(null) as Record<string, string[]>;
  const formErrors: string[] = [];
  for (const issue of issues) {
    if (issue.path === undefined || issue.path.length === 0) {
      formErrors.push(issue.message);
      continue;
    }
    const name = dottedPath(issue.path);
    (fields[name] ??= []).push(issue.message);
  }
  return { fields, formErrors };
}
