import type { Contexts } from '../present/render-page.ts';
import type { ContextServices, RequestContext } from '../context/request-context.ts';
import type { Settings } from '../context/settings.ts';
import type { ActionObject } from '../define/action.ts';
import type { PorticoLocals } from '../define/context.ts';
import type { MountedAction } from '../define/tree.ts';
import type { Endpoints } from '../match/endpoints.ts';
import type { Answer } from '../http/reply.ts';
import type { Registry } from '../match/registry.ts';
import type { Route } from '../match/routes.ts';

/** What an answer leaves to do once it has gone out. */
export interface Handled {
  readonly answer: Answer;
  /** Waits for `ctx.after` and removes uploads; `undefined` where there is nothing to do. */
  readonly close: (() => Promise<void>) | undefined;
}

export interface CallOptions {
  readonly locals?: PorticoLocals;
  /** Data of a session for this call, for tests and jobs. */
  readonly session?: Readonly<Record<string, unknown>>;
  /** Who is signed in to that session. */
  readonly userId?: string;
  /**
   * The request on whose behalf the call is made: its cookies, its address. Limits count only where there is one. With
   * the request of a page and no other option, this is the page's `ctx.call`; else nothing of it reaches a visitor.
   */
  readonly request?: Request;
}

/** The state of a mounted app that the steps of a request share. */
export interface App {
  readonly settings: Settings;
  readonly registry: Registry;
  readonly routes: readonly Route[];
  /** Those of plugins, which give way to an action that the request names. */
  readonly pluginRoutes: readonly Route[];
  readonly endpoints: Endpoints;
  readonly mounted: ReadonlyMap<ActionObject, MountedAction>;
  readonly contexts: Contexts;
  readonly services: ContextServices;
  /** Makes the context of a request: the common one and what plugins add. */
  readonly Context: typeof RequestContext;
}
