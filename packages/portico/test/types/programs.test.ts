import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

// Each of these is compiled as a program of its own: an augmentation holds for all of a program, and so do compiler options.

const root = join(import.meta.dirname, '../../../..');

const AUGMENTED = `
import { createPortico, defineAction } from 'portico';

declare module 'portico' {
  interface PorticoUser {
    id: number;
    email: string;
  }
  interface PorticoLocals {
    theme: 'dark' | 'light';
  }
  interface PorticoContext {
    can(permission: string): boolean;
  }
}

defineAction({
  access: (ctx) => ctx.can('write') && ctx.user?.id === 5,
  use: [(ctx, next) => (ctx.locals.theme === 'dark' ? next() : ctx.fail('FORBIDDEN'))],
  handler: (_input, ctx) => {
    const email: string | undefined = ctx.user?.email;
    const theme: 'dark' | 'light' = ctx.locals.theme;
    const can: boolean = ctx.can('write');
    // @ts-expect-error a guest has no user
    void ctx.user.email;
    // @ts-expect-error no such theme
    ctx.locals.theme = 'pink';
    // @ts-expect-error no such method
    ctx.cannot('write');
    return { email, theme, can };
  },
});
const portico = createPortico({
  actions: {},
  user: (ctx) => (ctx.session.has('id') ? { id: 1, email: 'ada@example.com' } : null),
});
const page = (request: Request): string => portico.context(request).user?.email ?? portico.context(request).locals.theme;
void page;
// @ts-expect-error a user without an email
createPortico({ actions: {}, user: () => ({ id: 1 }) });
`;

const EXPORTED = `
import { createPortico, defineAction } from 'portico';
import { createClient } from 'portico/client';
import { createTestClient } from 'portico/testing';
import { z } from 'zod';

export const save = defineAction({
  accept: 'form',
  access: 'user',
  input: z.object({ title: z.string(), when: z.date() }),
  errors: { TAKEN: { status: 409, data: z.object({ since: z.date() }) } },
  handler: (input, ctx) => (input.title === '' ? ctx.fail('TAKEN', { since: input.when }) : { id: 1, at: input.when }),
});
export const server = { posts: { save } };
export const portico = createPortico({ actions: server, user: () => null });
export const client = createClient<typeof portico>();
export const tester = createTestClient(portico);
`;

test(
  'an app types its user, locals and context by augmenting the interfaces of portico',
  { timeout: 60_000 },
  () => {
    expect(compile(AUGMENTED)).toBe('');
  },
);

test('what an app exports can be built with declarations', { timeout: 60_000 }, () => {
  expect(
    compile(EXPORTED, { declaration: true, emitDeclarationOnly: true, noEmit: false, outDir: 'out' }),
  ).toBe('');
});

function compile(source: string, compilerOptions: Record<string, unknown> = {}): string {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'portico-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'app.ts'), source);
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['app.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
