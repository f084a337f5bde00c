import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { settingsSchema, type Settings, type SiteOptions } from './config.ts';

/** The environment variables that settings come from. */
export interface Environment {
  readonly NODE_ENV?: string | undefined;
  readonly PORT?: string | undefined;
  readonly SITE_URL?: string | undefined;
  readonly DATA_DIR?: string | undefined;
  readonly DATABASE_URL?: string | undefined;
  readonly SMTP_URL?: string | undefined;
}

/**
 * The options with their defaults; what they leave open comes from the environment. Throws an error that lists every
 * setting that is wrong, and what is missing in production.
 */
export function resolveSettings(options: SiteOptions, environment: Environment): Settings {
  const parsed = settingsSchema.safeParse(options);
  if (!parsed.success) throw new Error(`createSite: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const dataDir = resolve(data.dataDir ?? (environment.DATA_DIR || '.data'));
  return {
    ...data,
    dataDir,
    siteUrl: siteUrlOf(data.siteUrl ?? environment.SITE_URL, environment),
    database: databaseUrl((data.database ?? environment.DATABASE_URL) || undefined, dataDir),
  };
}

function siteUrlOf(given: string | undefined, environment: Environment): string {
  if (!given) {
    if (environment.NODE_ENV !== 'production') return `http://localhost:${environment.PORT || 3000}`;
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

/** A SQLite file without a folder of its own lies in the data folder, wherever the program was started. */
function databaseUrl(given: string | undefined, dataDir: string): string {
  if (given === undefined) return `sqlite:${join(dataDir, 'site.db')}`;
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(given)?.[1];
  return file === undefined || isAbsolute(file) ? given : `sqlite:${resolve(file)}`;
}
