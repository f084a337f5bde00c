import type { Submission } from '../define/submission.ts';
import { isPromise } from '../lib/promise.ts';
import type { Steps } from '../lib/steps.ts';
import { fieldErrors } from '../schema/issues.ts';
import { validate, type Validation } from '../schema/validate.ts';
import { ActionInputError, isInputError, type InputIssue } from '../wire/error.ts';
import { decodeInput } from './decode-input.ts';
import { fieldSelection, type FieldSelection, type ValidateOnly } from './field-selection.ts';
import type { Invocation } from './invocation.ts';
import { isLeftOutFile } from './left-out-files.ts';
import { countByInput } from './limits.ts';
import { runMiddleware } from './middleware.ts';

/**
 * Decode → validate → middleware, with nothing inside of it: what would be refused of the fields that were asked about. The
 * schema judges the whole input, since a refinement may compare fields; of what it finds the asked fields count. Gives the
 * response where middleware answered itself; throws what a run of the action would be refused with.
 */
export function* checkOnly(
  invocation: Invocation,
  asked: ValidateOnly,
  submission: Submission,
): Steps<Response | undefined> {
  const { action, context } = invocation;
  const { input: schema, plan, use, limits } = action.definition;
  const selects = fieldSelection(plan, asked);
  let input: unknown = decodeInput(action.definition, submission);
  let isWhole = true;
  if (schema) {
    const judged = validate(schema, input);
    const validation: Validation = isPromise(judged) ? yield judged : judged;
    isWhole = validation.ok;
    if (validation.ok) input = validation.value;
    const issues = (validation.ok ? [] : validation.issues).filter((issue) => {
      const path = pathOf(issue);
      return selects(path) && !isLeftOutFile(plan, submission, path);
    });
    if (issues.length > 0) throw new ActionInputError({ issues, ...fieldErrors(issues) });
  }
  if (use.length === 0) return undefined;
  // What middleware has to say of a whole input may be worth guessing for.
  if (isWhole && limits.length > 0) yield countByInput(invocation, limits, input);
  try {
    const answer: unknown = yield runMiddleware(use, context, () => Promise.resolve());
    return answer instanceof Response ? answer : undefined;
  } catch (thrown) {
    if (!isInputError(thrown)) throw thrown;
    const error = selected(thrown, selects);
    if (error) throw error;
    return undefined;
  }
}

/** What of an input error concerns the asked fields; `undefined` where nothing does. */
function selected(error: ActionInputError, selects: FieldSelection): ActionInputError | undefined {
  const { message, status } = error;
  const fields = Object.entries(error.fields).filter(([path]) => selects(path.split('.')));
  const formErrors = selects([]) ? error.formErrors : [];
  if (fields.length === 0 && formErrors.length === 0) return undefined;
  const issues = error.issues.filter((issue) => selects(pathOf(issue)));
  return new ActionInputError({ issues, fields: Object.fromEntries(fields), formErrors, message, status });
}

function pathOf({ path = [] }: InputIssue): string[] {
  return path.map((part) => String(typeof part === 'object' ? part.key : part));
}
