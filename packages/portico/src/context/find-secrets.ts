import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The secrets of an app that was given none: `PORTICO_SECRETS`; in development one that is made once and kept in the data
 * folder, so that sessions outlive a restart; in tests a fresh one. Throws in production, but not in a build that only reads
 * the names of actions (portico/vite): there it is a fresh one, too, and nothing is written.
 */
export function findSecrets(dev: boolean, ephemeral: boolean): readonly string[] {
  const configured = (process.env['PORTICO_SECRETS'] ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
  if (configured.length > 0) return configured;
  if (ephemeral || process.env['PORTICO_READ_NAMES'] === '1') return [newSecret()];
  if (!dev) {
    throw new Error(
      'Portico needs a secret to sign and encrypt with. Set PORTICO_SECRETS (make one with: openssl rand -base64 32), ' +
        'pass createPortico({ secrets: [...] }), or set NODE_ENV=development to have one made and kept in the data folder.',
    );
  }
  return [keptSecret(process.env['DATA_DIR'] ?? '.data')];
}

function keptSecret(folder: string): string {
  const file = join(folder, 'portico-secret');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    mkdirSync(folder, { recursive: true });
    try {
      const secret = newSecret();
      writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
      return secret;
    } catch {
      // Another process made it first.
      return readFileSync(file, 'utf8').trim();
    }
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
