import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPortico } from 'portico';
import { afterEach, expect, test, vi } from 'vitest';
import { createSite } from '../../src/index.ts';

// What a build does that reads the names of actions (portico/vite): it runs the file that makes the site, on a machine that
// has neither its secrets nor its database.

const dataDir = mkdtempSync(join(tmpdir(), 'portico-names-'));
rmSync(dataDir, { recursive: true });

afterEach(() => vi.unstubAllEnvs());

function asInABuild(readsNames: boolean): void {
  for (const name of ['SITE_URL', 'SMTP_URL', 'PORTICO_SECRETS', 'DATABASE_URL']) vi.stubEnv(name, undefined);
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('PORTICO_READ_NAMES', readsNames ? '1' : undefined);
}

test('the names of a site are read without its settings, and nothing is opened', async () => {
  asInABuild(true);
  const timers = vi.spyOn(globalThis, 'setInterval');
  const site = createSite({ dataDir });
  const portico = createPortico({ plugins: [site] });
  expect(portico.actions.users.login.path).toBe('/_actions/users.login');
  await expect(site.start()).rejects.toThrow('a build runs this file to read the names of its actions');
  await expect(site.services.database.users.find(1)).rejects.toThrow('Use the site in handlers');
  await site.close();
  expect(timers).not.toHaveBeenCalled();
  expect(existsSync(dataDir)).toBe(false);
});

test('a site that is to run needs them', () => {
  asInABuild(false);
  expect(() => createSite({ dataDir })).toThrow('SITE_URL');
  expect(() => createSite({ dataDir, siteUrl: 'https://example.com' })).toThrow('SMTP_URL');
  expect(() => createPortico({ actions: {} })).toThrow('PORTICO_SECRETS');
});
