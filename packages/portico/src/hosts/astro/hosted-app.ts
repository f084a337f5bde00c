import { appOf, createPortico, type Portico } from '../../app.ts';
import type { PorticoOptions } from '../../define/options.ts';
import type { ActionTree } from '../../define/tree.ts';
import { aroundAstro } from './around-astro.ts';

/** What the integration knows when Astro starts, as JSON: it is written into a module of the server's bundle. */
export interface AstroSettings {
  /** Options for the app that is made of `server` alone. */
  readonly options: PorticoOptions;
  /** Routes that hold no page, as Astro spells them: they stand where actions are. */
  readonly routes: readonly string[];
  /** Of the project's file, relative to the root, for errors. */
  readonly file: string;
  /** Astro's `base`, without a slash at its end. */
  readonly base: string;
  readonly trailingSlash: 'always' | 'never' | 'ignore';
  /** Astro's `security.checkOrigin` as the project has it: for endpoints that are no actions. */
  readonly checkOrigin: boolean;
  /** Astro has been told which public hosts there are (`security.allowedDomains`), so its URLs stand above the Host header. */
  readonly knowsHost: boolean;
}

/** What the project's file exports. */
export interface AstroProject {
  readonly portico?: Portico<ActionTree>;
  readonly server?: ActionTree;
}

/** The app and what its host has to know of Astro. */
export interface HostedApp {
  readonly portico: Portico<ActionTree>;
  readonly settings: AstroSettings;
}

/**
 * The app of a project: the `portico` its file exports, or one made of its `server`. Throws where the file has neither, and
 * where the app's base is not Astro's.
 */
export function hostApp(project: AstroProject, settings: AstroSettings): HostedApp {
  const portico = project.portico ?? appOfTree(project.server, settings);
  const app = appOf(portico);
  if (app.settings.base !== settings.base) {
    throw new Error(
      `portico/astro: the app of ${settings.file} lives under ${shown(app.settings.base)}, and Astro's base is ${shown(settings.base)}. ` +
        'Pass createPortico({ base: import.meta.env.BASE_URL }).',
    );
  }
  // Astro's middleware runs inside of the app's own and around the action. A hand-made app was not told of it.
  Object.assign(app.settings, { use: [...app.settings.use, aroundAstro] });
  return { portico, settings };
}

function appOfTree(server: ActionTree | undefined, settings: AstroSettings): Portico<ActionTree> {
  if (server) return createPortico({ base: settings.base, ...settings.options, actions: server });
  throw new Error(
    `portico/astro: ${settings.file} exports neither \`server\`, the actions, nor \`portico\`, what createPortico returned.`,
  );
}

function shown(base: string): string {
  return base === '' ? 'the root' : base;
}
