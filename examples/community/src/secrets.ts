import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What signs and encrypts: `PORTICO_SECRETS`, comma-separated and the newest first; else a secret that is made once and
 * kept in the data folder, so that a fresh clone starts with production's rules and sessions survive a restart.
 */
export function loadSecrets(folder: string, environment = process.env['PORTICO_SECRETS']): string[] {
  const given =
    environment
      ?.split(',')
      .map((secret) => secret.trim())
      .filter(Boolean) ?? [];
  return given.length > 0 ? given : [keptSecret(folder)];
}

function keptSecret(folder: string): string {
  const path = join(folder, 'secret');
  const known = read(path);
  if (known) return known;
  mkdirSync(folder, { recursive: true });
  // Written aside and then linked: of two processes that start at once, one wins, and neither reads half a secret.
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
