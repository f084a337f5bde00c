import { describe, expect, test, vi } from 'vitest';
import { bundle } from './bundle.ts';
import { ACTIONS, project } from './project.ts';

// A build takes a second, and longer where others build at the same time.
vi.setConfig({ testTimeout: 30_000 });

const PRICES = {
  'src/main.ts': `import './pages/cart.ts'; import { actions } from 'portico:actions'; console.log(actions);`,
  'src/pages/cart.ts': `import { price } from '../lib/prices.ts'; console.log(price);`,
  'src/actions.ts': ACTIONS,
};

describe('a build that would show browsers server code fails, with the way it came', () => {
  test('of the file of actions', async () => {
    const app = project({
      ...PRICES,
      'src/lib/prices.ts': `import { server } from '../actions.ts'; export const price = server;`,
    });
    await expect(bundle(app)).rejects.toThrow(
      '  src/main.ts\n  → src/pages/cart.ts\n  → src/lib/prices.ts\n  → src/actions.ts\n',
    );
  });

  test('by an import() too, and of each leak at once', async () => {
    const app = project({
      ...PRICES,
      'src/lib/prices.ts': `import { createPortico } from 'portico';
        export const price = async () => [createPortico, await import('../server/db.ts')];`,
      'src/server/db.ts': `import pg from 'pg'; export const db = pg;`,
    });
    const failure = await bundle(app, {}, { server: ['src/server', 'pg'] }).catch(String);
    expect(failure).toContain('  → src/lib/prices.ts\n  → portico\n');
    expect(failure).toContain('  → src/lib/prices.ts\n  → src/server/db.ts\n');
    // What only another leak imports would be told in vain.
    expect(failure).not.toContain('→ pg');
    expect(failure).toContain("from 'portico:actions'");
  });

  test.each(['portico/html', 'portico/node', '@portico/site'])('of %s', async (entry) => {
    const app = project({ ...PRICES, 'src/lib/prices.ts': `import '${entry}'; export const price = 1;` });
    await expect(bundle(app)).rejects.toThrow(`→ src/lib/prices.ts\n  → ${entry}\n`);
  });
});

test('types may come from anywhere, and the client from its entry', async () => {
  const app = project({
    ...PRICES,
    'src/lib/prices.ts': `
      import type { server } from '../actions.ts';
      import type { PorticoContext } from 'portico';
      import { createClient } from 'portico/client';
      export const price = createClient<typeof server>() as unknown as PorticoContext;`,
  });
  const modules = (await bundle(app)).flatMap(({ moduleIds }) => moduleIds);
  expect(modules.some((id) => id.endsWith('src/lib/prices.ts'))).toBe(true);
  expect(modules.some((id) => id.endsWith('src/actions.ts'))).toBe(false);
});
