import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

// An augmentation holds for a whole program, so this one is compiled as a program of its own.

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

test(
  'an app types its user, locals and context by augmenting the interfaces of portico',
  { timeout: 60_000 },
  () => {
    const cache = join(root, 'node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'portico-types-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'app.ts'), AUGMENTED);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.base.json'), include: ['app.ts'] }),
    );

    expect(compile(folder)).toBe('');
  },
);

function compile(folder: string): string {
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
