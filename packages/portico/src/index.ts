export { createPortico, type Portico, type WrapOptions } from './app.ts';
export type { CallOptions } from './request/app-state.ts';
export type { CorsOptions } from './http/cors.ts';
export type { RequestInfo } from './http/web-incoming.ts';
export * from './define/context.ts';
export { defineAction } from './define/define-action.ts';
export type {
  Access,
  Accept,
  Action,
  ActionErrors,
  ActionInput,
  ActionObject,
  ActionOptions,
  ActionOutput,
  BodyOptions,
  DefinedAction,
  ErrorMap,
  CacheOptions,
  ErrorDefinition,
  LimitOptions,
} from './define/action.ts';
export type {
  Endpoint,
  Logger,
  MountedApp,
  People,
  Plugin,
  PorticoOptions,
  SessionOptions,
} from './define/options.ts';
export type { ObservedError, ObservedInput, ObservedRequest } from './define/observed-request.ts';
export { ActionTreeError, type ActionTree } from './define/tree.ts';
export { getActionContext, type ActionMiddlewareContext } from './outcome/action-context.ts';
export type { SerializedActionResult } from './outcome/serialize-result.ts';
export type { OnceOptions } from './define/options.ts';
export { returnPath } from './context/return-path.ts';
export { createMemorySessionStore } from './http/session/memory-session-store.ts';
export type { SessionRecord, SessionStore } from './http/session/session-store.ts';
export { createMemoryOnceStore } from './http/once/memory-once-store.ts';
export type { OnceClaim, OnceState, OnceStore } from './http/once/once-store.ts';
export { networkOf } from './lib/network.ts';
export type { RateLimitStore, RateVerdict } from './http/rate-limit.ts';
export type { StandardSchema } from './schema/standard.ts';
export { SchemaPlanError } from './schema/plan-error.ts';
export type { ActionErrorCode } from './wire/codes.ts';
export { ActionError, ActionInputError, isActionError, isInputError } from './wire/error.ts';
export type { ErrorOf, SafeResult } from './wire/result.ts';
export type { Incoming } from './http/incoming.ts';
export type { Pages } from './present/render-page.ts';
export type { Handled } from './request/app-state.ts';
export type { Form, FormInput, FormOptions } from './forms/form-types.ts';
