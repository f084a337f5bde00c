export { createClient } from './client/create-client.ts';
export type {
  Caller,
  CallOptions,
  Client,
  ClientErrorCode,
  ClientErrorOf,
  ClientOptions,
  ClientResult,
} from './client/types.ts';
export { enhance } from './client/enhance.ts';
export type { EnhanceOptions, FormSuccess } from './client/enhance.ts';
export type { PorticoProgress } from './client/send-form.ts';
export { ActionError, isActionError, isInputError } from './wire/error.ts';
export type { ActionInputError, FieldErrors, InputIssue } from './wire/error.ts';
export type { ActionErrorCode } from './wire/codes.ts';
export type { ErrorOf, SafeResult } from './wire/result.ts';
export type { ActionErrors, ActionInput, ActionOutput } from './define/action.ts';
