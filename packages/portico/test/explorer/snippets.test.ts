import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTestClient } from 'portico/testing';
import { serve } from '../support/serve.ts';
import { openApp, order } from './fixture.ts';

const run = promisify(execFile);
const HOSTILE = `it's "quoted" $HOME \`id\` \\ ! * @file <in & ; ü\nsecond line`;

async function snippets(form: FormData): Promise<Record<'curl' | 'fetch' | 'test', string>> {
  const { agent } = await serve(openApp());
  return (await (await agent().post('/_portico/snippets', form)).json()) as Record<
    'curl' | 'fetch' | 'test',
    string
  >;
}

/** Runs a line in bash, as somebody pastes it, in a folder with a file. */
async function inBash(line: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-curl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'my "best" scan;1.pdf'), '%PDF');
  const { stdout } = await run('bash', ['-c', line], { cwd: folder, timeout: 20_000 });
  return stdout;
}

const BREAD = {
  title: '@Bread',
  story: HOSTILE,
  qty: '3',
  size: 'small',
  'items[0].name': HOSTILE,
  'shape.kind': 'circle',
  'shape.radius': '2',
};

describe('a curl line runs in bash as it is', () => {
  test.each(['rpc', 'path-json'])('with a form, through %s', async (door) => {
    const { curl } = await snippets(order({ action: 'shop.everything', door }, BREAD));
    const { items, ...rest } = JSON.parse(await inBash(curl)) as Record<string, unknown>;
    expect(items).toEqual([{ name: HOSTILE, notes: [] }]);
    expect(rest).toMatchObject({ title: '@Bread', story: HOSTILE, qty: 3 });
  });

  test('with a file, by its name', async () => {
    const scan = new File(['…'], 'my "best" scan;1.pdf');
    const { curl } = await snippets(
      order({ action: 'shop.everything', door: 'path-json' }, { ...BREAD, scan }),
    );
    expect(curl).toContain('scan=@');
    expect(JSON.parse(await inBash(curl))).toMatchObject({
      story: HOSTILE,
      scan: expect.stringContaining('best'),
    });
  });

  test('with JSON', async () => {
    const { curl } = await snippets(order({ action: 'shop.raw' }, {}, { '': { text: HOSTILE } }));
    expect(JSON.parse(await inBash(curl))).toEqual({ input: { text: HOSTILE } });
  });

  test('with a query', async () => {
    const { curl } = await snippets(order({ action: 'shop.search' }, { q: `${HOSTILE}[1-9]{a,b}` }));
    expect(JSON.parse(await inBash(curl))).toEqual({ q: `${HOSTILE}[1-9]{a,b}`, page: 1 });
  });

  test('without any input', async () => {
    const { curl } = await snippets(order({ action: 'remove' }));
    expect(await inBash(`${curl} -o /dev/null -w '%{http_code}'`)).toBe('204');
  });

  test('and says that it is a guest’s, whoever was signed in', async () => {
    const { curl } = await snippets(order({ action: 'me', user: '1\nrm -rf /' }));
    expect(curl).toMatch(/^# As a guest\. For user 1 rm -rf \/ add/);
    expect(JSON.parse(await inBash(curl))).toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

type Made = (...given: unknown[]) => Promise<unknown>;
// What a developer pastes into a module of his own.
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
  ...code: string[]
) => Made;

test.each(['rpc', 'path-json'])('fetch does the same, through %s', async (door) => {
  const said: unknown[] = [];
  const { fetch: code } = await snippets(order({ action: 'shop.everything', door }, BREAD));
  await new AsyncFunction('console', code)({ log: (...told: unknown[]) => void said.push(...told) });
  expect(said).toEqual([200, expect.stringContaining('@Bread')]);
});

test.each(['rpc', 'page', 'path', 'path-json', 'server'])('a test is written, through %s', async (door) => {
  const { test: code } = await snippets(
    order({ action: 'newsletter', door }, { email: 'ada@example.org', terms: 'true' }),
  );
  const body = code.replace(/^import .*$/gm, '');
  const done: Array<[string, () => Promise<void>]> = [];
  const collect = (name: string, work: () => Promise<void>): void => void done.push([name, work]);
  await new AsyncFunction('portico', 'createTestClient', 'expect', 'test', body)(
    openApp(),
    createTestClient,
    expect,
    collect,
  );
  expect(done.map(([name]) => name)).toEqual(['newsletter']);
  for (const [, work] of done) await work();
});
