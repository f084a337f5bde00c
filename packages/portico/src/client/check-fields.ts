import { isInputError } from '../wire/error-base.ts';
import type { ActionError, FieldErrors } from '../wire/error.ts';
import { PRECOGNITION_HEADER, VALIDATE_ONLY_HEADER } from '../wire/names.ts';
import { answerOf, notOurs } from './answer.ts';
import { formResultOf } from './form-result.ts';
import { noAnswer } from './no-answer.ts';
import { SCRIPT_HEADERS } from './send-form.ts';
import { isPageDoor, type FormSubmission } from './submission.ts';

/** What came of a check of some fields. */
export interface FormValidation {
  /** The fields that were asked about, as errors name them: `items.0.qty`. */
  readonly fields: readonly string[];
  /** What is wrong with them; empty where nothing is, and where nobody knows. */
  readonly errors: FieldErrors;
  /** Why there is no verdict: no answer, no permission, too many checks. */
  readonly error: ActionError | undefined;
}

/**
 * Asks what of these fields would be refused, by the headers of Laravel's Precognition. All fields are sent but files: a rule may
 * compare two of them. `UNEXPECTED_RESPONSE` where something answers that does not know the question.
 */
export async function checkFields(
  { url, body }: FormSubmission,
  fields: readonly string[],
  signal: AbortSignal,
): Promise<FormValidation> {
  for (const [name, value] of [...body]) if (typeof value !== 'string') body.delete(name);
  try {
    const headers = {
      ...SCRIPT_HEADERS,
      [PRECOGNITION_HEADER]: 'true',
      [VALIDATE_ONLY_HEADER]: fields.map(headerText).join(),
    };
    const response = await fetch(url, { method: 'POST', body, headers, signal });
    const answer = await answerOf(response, url.href);
    if (response.headers.get(PRECOGNITION_HEADER) !== 'true') notOurs(answer);
    const { error } = await formResultOf(answer, isPageDoor(url));
    return isInputError(error)
      ? { fields, errors: error.fields, error: undefined }
      : { fields, errors: {}, error };
  } catch (cause) {
    return { fields, errors: {}, error: noAnswer(url, cause) };
  }
}

/** A header holds ASCII, and the commas in it are between names. */
function headerText(name: string): string {
  return name.replace(/[^!-~]+|[%,]/gu, encodeURIComponent);
}
