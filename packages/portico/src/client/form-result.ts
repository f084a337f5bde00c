import { ActionInputError, ErrorBase, type FieldErrors } from '../wire/error-base.ts';
import { isOk, notOurs, readAnswer, type Answer } from './answer.ts';
import { isWireError, resultOf, type Result } from './result.ts';

export interface FormResult extends Result {
  /** Of a controller-style success. */
  message?: string | undefined;
}

interface ControllerBody {
  message?: string;
  redirect?: string;
  code?: string;
  errors?: FieldErrors;
  formErrors?: string[];
  requestId?: string;
}

/**
 * What an answer to a form says. The page door speaks the rpc wire; the controller doors their own JSON, in
 * which redirect and message stand among the data. Throws `UNEXPECTED_RESPONSE` for an answer that is
 * neither.
 */
export async function formResultOf(answer: Answer, isPageDoor: boolean): Promise<FormResult> {
  const body = await readAnswer(answer);
  if (isPageDoor || typeof body !== 'object' || body === null || isWireError(body))
    return resultOf(answer, body);
  const controller = body as ControllerBody;
  const { message, redirect, errors, formErrors = [], requestId } = controller;
  if (isOk(answer)) {
    const result = { data: body, error: undefined, message };
    return typeof redirect === 'string' ? { ...result, redirect } : result;
  }
  if (!errors) notOurs(answer);
  const { status } = answer;
  if (formErrors.length > 0 || Object.keys(errors).length > 0) {
    const error = new ActionInputError({
      issues: [],
      fields: errors,
      formErrors,
      message,
      status,
      requestId,
    });
    return { data: undefined, error };
  }
  const code = controller.code ?? 'INTERNAL_SERVER_ERROR';
  return { data: undefined, error: new ErrorBase({ code, message, data: body, requestId }, status) };
}
