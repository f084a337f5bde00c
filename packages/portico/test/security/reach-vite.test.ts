import { describe, expect, test, vi } from 'vitest';
import { bundle } from '../vite/bundle.ts';
import { ACTIONS, project } from '../vite/project.ts';

// A build takes a second, and longer where others build at the same time.
vi.setConfig({ testTimeout: 30_000 });

describe('a build that would show browsers the file of actions fails, by whatever way it came', () => {
  test.each([
    ['import.meta.glob', `console.log(import.meta.glob('./act*.ts', { eager: true }));`],
    [
      'import.meta.glob of the text',
      `console.log(import.meta.glob('./act*.ts', { eager: true, query: '?raw' }));`,
    ],
    ['the text', `import text from './actions.ts?raw'; console.log(text);`],
    ['a re-export', `export * from './again.ts';`],
    ['a side effect', `import './actions.ts';`],
    ['new URL', `console.log(new URL('./actions.ts', import.meta.url));`],
    ['a worker', `console.log(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));`],
  ])('%s', async (_name, code) => {
    const app = project({
      'src/main.ts': code,
      'src/again.ts': `export { server as harmless } from './actions.ts';`,
      'src/worker.ts': `import { server } from './actions.ts'; console.log(server);`,
      'src/actions.ts': ACTIONS,
    });
    await expect(bundle(app)).rejects.toThrow('src/actions.ts');
  });
});
