import { appOf, optionsOf } from '../app.ts';
import type { PorticoOptions, SessionOptions } from '../define/options.ts';
import type { MountedAction } from '../define/tree.ts';
import type { App } from '../request/app-state.ts';

/** Where the app is looked at. */
export interface Surroundings {
  /** `NODE_ENV`. */
  readonly mode: string | undefined;
  /** `PORTICO_SECRETS`, as it stands. */
  readonly secrets: string | undefined;
  /** Of Node, without a `v`; `undefined` elsewhere. */
  readonly nodeVersion: string | undefined;
}

/** A mounted app as the checks read it: its state, and what was written to get there. */
export interface AppView {
  readonly app: App;
  readonly options: PorticoOptions;
  /** The app's own, then those of plugins; `false` where sessions are off. */
  readonly session: SessionOptions | false;
  readonly actions: readonly MountedAction[];
  /** Whether strangers are to come: everything but development and tests. */
  readonly isProduction: boolean;
  readonly surroundings: Surroundings;
}

/** What is known of an app that `createPortico` returned. Throws a `TypeError` for anything else. */
export function viewOf(portico: object, surroundings: Surroundings = processSurroundings()): AppView {
  const app = appOf(portico);
  const options = optionsOf(portico);
  const isMeantForStrangers = surroundings.mode !== 'development' && surroundings.mode !== 'test';
  return {
    app,
    options,
    session: sessionOf(options),
    actions: [...app.registry.all.values()],
    // `dev: true` does not make a server on the net a desk.
    isProduction: !app.settings.dev || (options.dev === true && isMeantForStrangers),
    surroundings,
  };
}

/** The surroundings of this process. */
function processSurroundings(): Surroundings {
  return {
    mode: process.env['NODE_ENV'],
    secrets: process.env['PORTICO_SECRETS'],
    nodeVersion: process.versions.node,
  };
}

/** What a plugin would have it be, where the app does not say otherwise. */
export function pluginDefault<Key extends 'limits' | 'once'>(
  options: PorticoOptions,
  key: Key,
): PorticoOptions[Key] | undefined {
  return options.plugins?.find((plugin) => plugin.defaults?.[key] !== undefined)?.defaults?.[key];
}

function sessionOf({ session, plugins = [] }: PorticoOptions): SessionOptions | false {
  if (session === false) return false;
  const defaults = plugins.map((plugin) => plugin.defaults?.session || {});
  return Object.assign({}, ...defaults.toReversed(), session);
}
