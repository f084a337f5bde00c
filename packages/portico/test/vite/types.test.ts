import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, resolveConfig } from 'vite';
import { expect, test } from 'vitest';
import { ACTIONS, project, type TestProject } from './project.ts';

const repository = join(import.meta.dirname, '../../../..');

const TSCONFIG = JSON.stringify({
  extends: join(repository, 'tsconfig.base.json'),
  compilerOptions: { noUnusedLocals: false, types: ['node', 'vite/client'] },
  include: ['src', 'vite.config.ts'],
});

const VITE_CONFIG = `
import { portico } from 'portico/vite';
import { defineConfig } from 'vite';
export default defineConfig({ plugins: [portico({ server: ['src/server'] })] });
`;

const USES = `
import { actions, enhance, isInputError } from 'portico:actions';
import { createPortico, type ActionOutput, type PorticoContext } from 'portico';

const { data, error } = await actions.newsletter({ email: 'ada@example.com' });
if (error) {
  if (isInputError(error)) error.fields['email']?.join();
} else {
  const subscribed: string = data.subscribed;
}
await actions.newsletter(new FormData());
const found: string = await actions.products.search.orThrow({ q: 'shoe' });
const odd: string = actions.products['a.b/c d'].path;
enhance();
// @ts-expect-error no such action
actions.nothing;
// @ts-expect-error another input
actions.newsletter({ mail: '' });

export async function page(ctx: PorticoContext): Promise<ActionOutput<typeof actions.newsletter> | undefined> {
  const called = await ctx.callAction(actions.products.search, { q: 'shoe' });
  const text: string | undefined = called.data;
  ctx.form(actions.newsletter).field('email').errors;
  return ctx.getActionResult(actions.newsletter)?.data;
}
`;

const APP = `
import { ActionError, createPortico } from 'portico';
import { defineAction } from 'portico:actions';
import { server as own } from '../tree.ts';
const plugin = { actions: { extra: { read: defineAction({ method: 'GET', handler: () => 1 }) } } };
export const server = own;
export const portico = createPortico({ actions: server, plugins: [plugin] });
`;

test('what the plugin writes types the module by the file of actions', { timeout: 60_000 }, async () => {
  const app = project({
    'tsconfig.json': TSCONFIG,
    'vite.config.ts': VITE_CONFIG,
    'src/actions.ts': ACTIONS,
    'src/uses.ts': USES,
  });
  await resolveConfig(app.config(), 'serve');
  expect(typesOf(app)).toContain("typeof import('./actions.js')['server']");
  expect(compile(app)).toBe('');
});

test('an app that the file exports brings the types of its plugins', { timeout: 60_000 }, async () => {
  const app = project({
    'tsconfig.json': TSCONFIG,
    'src/tree.ts': ACTIONS,
    'src/actions/index.ts': APP,
    'src/uses.ts': `${USES}
      const one: number = await actions.extra.read.orThrow();`,
  });
  await resolveConfig(app.config(), 'serve');
  expect(typesOf(app)).toContain("typeof import('./actions/index.js')['portico']");
  expect(compile(app)).toBe('');
});

test('the file is written only where it changes, and not at all with types: false', async () => {
  const app = project({ 'src/actions.ts': ACTIONS });
  const path = join(app.root, 'src/portico-env.d.ts');
  await resolveConfig(app.config({ types: false }), 'serve');
  expect(existsSync(path)).toBe(false);
  await resolveConfig(app.config(), 'serve');
  const before = statSync(path, { bigint: true }).mtimeNs;
  await resolveConfig(app.config(), 'serve');
  expect(statSync(path, { bigint: true }).mtimeNs).toBe(before);
  writeFileSync(path, '// by hand');
  await resolveConfig(app.config(), 'serve');
  expect(typesOf(app)).toContain("declare module 'portico:actions'");
});

test.each([
  ['no tsconfig.json', {}, false],
  ['one that includes src', { 'tsconfig.json': '{ "include": ["src"] }' }, false],
  ['one without include', { 'tsconfig.json': '{}' }, false],
  [
    'one with comments and patterns',
    { 'tsconfig.json': '{ /* all */ "include": ["src/**/*.ts",], // code\n }' },
    false,
  ],
  ['one that includes another folder', { 'tsconfig.json': '{ "include": ["app"] }' }, true],
  [
    'one that refers to one that includes it',
    {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': '{ "include": ["src"] }',
    },
    false,
  ],
  [
    'one that refers to one that does not',
    {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': '{ "include": ["app"] }',
    },
    true,
  ],
])('with %s the warning is right', async (_what, files, warns) => {
  const app = project({ 'src/actions.ts': ACTIONS, ...files });
  const warnings: string[] = [];
  const customLogger = { ...createLogger('silent'), warnOnce: (text: string) => void warnings.push(text) };
  await resolveConfig({ ...app.config(), customLogger }, 'serve');
  expect(warnings.filter((text) => text.includes('"include": ["src", "src/portico-env.d.ts"]')).length).toBe(
    warns ? 1 : 0,
  );
});

function typesOf({ root }: TestProject): string {
  return readFileSync(join(root, 'src/portico-env.d.ts'), 'utf8');
}

function compile({ root }: TestProject): string {
  try {
    return execFileSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', root], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
