import { appOf, createPortico, optionsOf, type Portico } from '../../app.ts';
import type { PorticoOptions } from '../../define/options.ts';
import type { ActionTree } from '../../define/tree.ts';
import { missingPaths } from './missing-paths.ts';

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
  /** In development, the regular expressions of all routes that Astro has. */
  readonly patterns?: readonly string[] | undefined;
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
  const { base } = appOf(portico).settings;
  if (base !== settings.base) {
    throw new Error(
      `portico/astro: the app of ${settings.file} lives under ${shown(base)}, and Astro's base is ${shown(settings.base)}. ` +
        'Pass createPortico({ base: import.meta.env.BASE_URL }).',
    );
  }
  warnOfMissingPaths(portico, settings);
  return { portico, settings };
}

function warnOfMissingPaths(portico: Portico<ActionTree>, { patterns }: AstroSettings): void {
  if (!patterns) return;
  const missing = missingPaths(optionsOf(portico), patterns);
  if (missing.length === 0) return;
  appOf(portico).settings.logger.warn(
    `portico/astro: the app answers ${missing.join(', ')}, but Astro has no route there, so requests do not reach it. In ` +
      `astro.config: portico({ paths: [${missing.map((path) => `'${path}'`).join(', ')}] }).`,
  );
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
