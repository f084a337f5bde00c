export { createActions, type Actions, type ActionVerb, type ActionVerbs } from './client/create-actions.ts';
export { createClient } from './client/create-client.ts';
export type {
  Caller,
  TypedCaller,
  CallOptions,
  Client,
  ClientErrorCode,
  ClientErrorOf,
  ClientOptions,
  ClientResult,
} from './client/types.ts';
export { enhance } from './client/enhance.ts';
export type { EnhanceOptions, FormSuccess } from './client/enhance-options.ts';
export type { FormValidation } from './client/check-fields.ts';
export { live } from './client/live.ts';
export type { LiveForms } from './client/live.ts';
export type { LiveFormState } from './client/live-form.ts';
export type { PorticoProgress } from './client/send-form.ts';
export { ActionError, isActionError, isInputError } from './wire/error.ts';
export type { ActionInputError, FieldErrors, InputIssue } from './wire/error.ts';
export type { ActionErrorCode } from './wire/codes.ts';
export type { ErrorOf, SafeResult } from './wire/result.ts';
export type { ActionErrors, ActionInput, ActionOutput } from './define/action.ts';
