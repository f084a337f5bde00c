import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { contradictions } from './check-settings.ts';
import { settingsSchema, type Settings, type SiteOptions } from './config.ts';

/** The environment variables that settings come from. */
export interface Environment {
  readonly NODE_ENV?: string | undefined;
  readonly PORT?: string | undefined;
  readonly SITE_URL?: string | undefined;
  readonly DATA_DIR?: string | undefined;
  readonly DATABASE_URL?: string | undefined;
  readonly SMTP_URL?: string | undefined;
  /** `1` while a build reads the names of actions (portico/vite): nothing is asked for that only the site's machine has. */
  readonly PORTICO_READ_NAMES?: string | undefined;
}

/** Whether settings are those of a site that has to run: in production nothing may be missing. */
export function isProduction({ NODE_ENV, PORTICO_READ_NAMES }: Environment): boolean {
  return NODE_ENV === 'production' && PORTICO_READ_NAMES !== '1';
}

/**
 * The options with their defaults; what they leave open comes from the environment. Throws an error that lists every
 * setting that is wrong, and what is missing in production.
 */
export function resolveSettings(options: SiteOptions, environment: Environment): Settings {
  const parsed = settingsSchema.safeParse(options);
  if (!parsed.success) throw new Error(`createSite: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const faults = contradictions(data);
  if (faults.length > 0) throw new Error(`createSite: ${faults.join('\n')}`);
  const base = normalBase(data.base);
  const dataDir = resolve(data.dataDir ?? (environment.DATA_DIR || '.data'));
  return {
    ...data,
    base,
    dataDir,
    siteUrl: withBase(siteUrlOf(data.siteUrl ?? environment.SITE_URL, environment), base),
    database: databaseUrl((data.database ?? environment.DATABASE_URL) || undefined, dataDir),
  };
}

function siteUrlOf(given: string | undefined, environment: Environment): string {
  if (!given) {
    if (!isProduction(environment)) return `http://localhost:${environment.PORT || 3000}`;
    throw new Error(
      'createSite: there is no siteUrl. Links in mails are made of it and of nothing that a request says: set SITE_URL=https://example.com.',
    );
  }
  const url = URL.parse(given);
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  throw new Error(
    `createSite: siteUrl is ${JSON.stringify(given)}; write the whole address: https://example.com.`,
  );
}

function normalBase(base: string): string {
  const path = base.replace(/^\/+|\/+$/g, '');
  return path === '' ? '' : `/${path}`;
}

/** A path that somebody wrote out stays: behind a proxy it may be another one than the app sees. */
function withBase(siteUrl: string, base: string): string {
  return new URL(siteUrl).pathname === '/' ? siteUrl + base : siteUrl;
}

/** A SQLite file without a folder of its own lies in the data folder, wherever the program was started. */
function databaseUrl(given: string | undefined, dataDir: string): string {
  if (given === undefined) return `sqlite:${join(dataDir, 'site.db')}`;
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(given)?.[1];
  return file === undefined || isAbsolute(file) ? given : `sqlite:${resolve(file)}`;
}
