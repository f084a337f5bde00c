import { Client } from 'pg';
import { createPortico, type Plugin, type Portico } from 'portico';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSite, type MailTransport } from '../../src/index.ts';
import type { Site } from '../../src/site.ts';
import { temporaryFolder } from '../files/folder.ts';
import { databaseKinds, freshDatabaseUrl } from '../support/databases.ts';
import { fragileDatabase, OUTAGES } from './outages.ts';

const GUARD_MS = 5000;
// What `src/db/migrate.ts` locks while it works.
const MIGRATION_LOCK = 7_067_842_630;

interface Started {
  readonly site: Site;
  readonly portico: Portico<unknown>;
  readonly lines: string[];
}

async function siteAt(database: string): Promise<Started> {
  const lines: string[] = [];
  const log = (message: string): void => void lines.push(message);
  const logger = { error: log, warn: log };
  const transport: MailTransport = { send: async () => undefined };
  const options = { siteUrl: 'http://localhost', database, dataDir: await temporaryFolder() };
  const site = createSite({ ...options, mail: { transport } }, { logger }) as Site;
  const portico = createPortico({ plugins: [site as Plugin], logger, dev: false, secrets: ['x'.repeat(40)] });
  return { site, portico, lines };
}

async function health({ portico }: Started): Promise<number> {
  const request = new Request('http://localhost/actions/app/health-check');
  const late = new Promise<never>((_done, fail) => {
    setTimeout(() => fail(new Error('The request hangs.')), GUARD_MS).unref();
  });
  return (await Promise.race([portico.fetch(request), late])).status;
}

// A file that is not there yet is made, and one that is locked can be read.
const CASES = databaseKinds.flatMap((kind) =>
  OUTAGES[kind].filter((name) => !/^another|gone$/.test(name)).map((name) => [kind, name] as const),
);

describe('a site that starts without its database', () => {
  test.each(CASES)('%s, %s: answers 503, and by itself as soon as it is there', async (kind, name) => {
    const { url, outage, drop } = await fragileDatabase(kind);
    // There must be something to take away.
    const before = await siteAt(url);
    await before.site.start();
    await before.site.close();
    const away = outage(name);
    await away.begin();
    const started = await siteAt(url);
    onTestFinished(async () => {
      await started.site.close();
      await drop();
    });
    await expect(started.site.start()).rejects.toThrow('does not answer');
    expect(await Promise.all([health(started), health(started)])).toEqual([503, 503]);
    await away.end();
    await vi.waitFor(async () => expect(await health(started)).toBe(200));
  });
});

describe.runIf(databaseKinds.includes('postgres'))('a site on PostgreSQL', () => {
  test(
    'answers 503 while another process migrates, and waits for it behind the scenes',
    { timeout: 20_000 },
    async () => {
      const { url, drop } = await freshDatabaseUrl('postgres', { untouched: true });
      const other = new Client({ connectionString: url });
      await other.connect();
      const started = await siteAt(url);
      onTestFinished(async () => {
        await started.site.close();
        await drop();
      });
      await other.query(`select pg_advisory_lock(${MIGRATION_LOCK})`);
      expect(await Promise.all([health(started), health(started)])).toEqual([503, 503]);
      await other.end();
      // It makes all its tables now, which takes a busy machine a while.
      await vi.waitFor(async () => expect(await health(started)).toBe(200), { timeout: 15_000 });
    },
  );

  test('closes while the network swallows everything', async () => {
    const { url, outage, drop } = await fragileDatabase('postgres');
    onTestFinished(drop);
    const started = await siteAt(url);
    expect(await health(started)).toBe(200);
    const away = outage('the network swallows everything');
    await away.begin();
    const asked = health(started);
    await started.site.close();
    expect(await asked).toBe(503);
  });
});
