import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// What 200 actions cost the type checker beyond 200 functions that do the same by hand: parse by the same schema, and be called.

const ACTIONS = 200;
const INSTANTIATIONS_AN_ACTION = 200;
const SECONDS = 0.15;

const root = join(import.meta.dirname, '../../../..');

const schema = (i: number): string =>
  `z.object({ title${i}: z.string().min(1), count: z.number().int(), when: z.date().optional(), tags: z.array(z.string()), done: z.boolean() })`;
const argument = (i: number): string => `{ title${i}: 'a', count: 1, tags: [], done: true }`;
const body = (i: number): string => `({ id: ${i}, title: input.title${i}, at: input.when })`;
const each = (line: (i: number) => string): string =>
  Array.from({ length: ACTIONS }, (_, i) => line(i)).join('\n');

// In both programs, so that what Portico's own types cost once is on neither side.
const HEAD = `
import { createPortico, defineAction } from 'portico';
import { createClient } from 'portico/client';
import { z } from 'zod';
const first = createPortico({ actions: { one: defineAction({ input: z.object({ a: z.string() }), handler: async ({ a }) => ({ b: a }) }) } });
const firstClient = createClient<typeof first>();
export const firstCall = async () => { const { data, error } = await firstClient.one({ a: '' }); return error ? '' : data.b; };
`;
const TREE = `export const server = { ${Array.from({ length: ACTIONS }, (_, i) => `action${i}`).join(', ')} };`;

const FUNCTIONS = [
  HEAD,
  each(
    (i) => `const schema${i} = ${schema(i)};
export const action${i} = async (raw: z.input<typeof schema${i}>) => { const input = schema${i}.parse(raw); return ${body(i)}; };`,
  ),
  TREE,
].join('\n');
const CALLED_FUNCTIONS = [
  FUNCTIONS,
  each((i) => `export const call${i} = async () => (await server.action${i}(${argument(i)})).title;`),
].join('\n');

const ACTION_TREE = [
  HEAD,
  each(
    (i) =>
      `export const action${i} = defineAction({ input: ${schema(i)}, handler: async (input) => ${body(i)} });`,
  ),
  TREE,
  'export const portico = createPortico({ actions: server });',
  'export const client = createClient<typeof portico>();',
].join('\n');
const CALLED_ACTIONS = [
  ACTION_TREE,
  each(
    (i) =>
      `export const call${i} = async () => { const { data, error } = await client.action${i}(${argument(i)}); return error ? '' : data.title; };`,
  ),
].join('\n');

const PROGRAMS = {
  functions: FUNCTIONS,
  calledFunctions: CALLED_FUNCTIONS,
  actions: ACTION_TREE,
  calledActions: CALLED_ACTIONS,
};

interface Cost {
  readonly instantiations: number;
  /** Of the processor, for all of the compiler's work. */
  readonly seconds: number;
}

const tsc = join(root, 'node_modules/typescript/bin/tsc');
let folder = '';
beforeAll(() => {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'portico-budget-'));
  // As an app sees the package: by its declarations.
  const types = join(folder, 'types');
  const build = join(root, 'packages/portico/tsconfig.build.json');
  execFileSync(process.execPath, [tsc, '-p', build, '--emitDeclarationOnly', '--outDir', types]);
  const paths = { portico: [join(types, 'index.d.ts')], 'portico/client': [join(types, 'client.d.ts')] };
  for (const [name, source] of Object.entries(PROGRAMS)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'app.ts'), source);
    const config = {
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: { paths },
      include: ['app.ts'],
    };
    writeFileSync(join(folder, name, 'tsconfig.json'), JSON.stringify(config));
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Seconds of the processor and not of the clock, which goes on while other tests have their turn; without collecting garbage,
// which the compiler does beside.
function costOf(name: keyof typeof PROGRAMS): Cost {
  const command = [
    process.execPath,
    tsc,
    '-p',
    join(folder, name),
    '--extendedDiagnostics',
    '--singleThreaded',
  ];
  const { stdout, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@"', ...command], {
    encoding: 'utf8',
    env: { ...process.env, GOGC: 'off' },
  });
  expect(stdout).not.toContain('error TS');
  const [user = Number.NaN, system = Number.NaN] =
    stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  const instantiations = /^Instantiations:\s+(\d+)/m.exec(stdout)?.[1] ?? Number.NaN;
  return { instantiations: Number(instantiations), seconds: user + system };
}

describe(`the types of ${ACTIONS} actions with five fields each, mounted, with their client`, () => {
  test(
    `cost at most ${INSTANTIATIONS_AN_ACTION} instantiations an action, each of them called`,
    { timeout: 60_000 },
    () => {
      const more = costOf('calledActions').instantiations - costOf('calledFunctions').instantiations;
      expect(more / ACTIONS).toBeLessThanOrEqual(INSTANTIATIONS_AN_ACTION);
    },
  );

  // The one place where seconds are asserted, since they are promised: the least of several runs side by side.
  test(`cost at most ${SECONDS} s of one thread`, { timeout: 180_000 }, () => {
    let functions = Infinity;
    let actions = Infinity;
    for (let run = 0; run < 20 && !(run >= 3 && actions - functions <= SECONDS); run++) {
      functions = Math.min(functions, costOf('functions').seconds);
      actions = Math.min(actions, costOf('actions').seconds);
    }
    expect(actions - functions).toBeLessThanOrEqual(SECONDS);
  });
});
