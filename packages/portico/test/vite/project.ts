import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultClientConditions, defaultServerConditions, type InlineConfig } from 'vite';
import { onTestFinished } from 'vitest';
import { portico, type PorticoViteOptions } from '../../src/vite.ts';

const root = join(import.meta.dirname, '../../../..');

export interface TestProject {
  readonly root: string;
  /** Vite's configuration of it: this workspace's packages from source, nothing on the terminal. */
  config(options?: PorticoViteOptions): InlineConfig;
  write(files: Readonly<Record<string, string>>): void;
}

/** A project in a folder of its own, gone after the test. Not in node_modules, which Vite does not watch. */
export function project(files: Readonly<Record<string, string>>): TestProject {
  mkdirSync(join(root, '.data'), { recursive: true });
  const folder = mkdtempSync(join(root, '.data/vite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write: TestProject['write'] = (given) => {
    for (const [path, text] of Object.entries(given)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  write({ 'package.json': '{ "type": "module" }', ...files });
  return {
    root: folder,
    write,
    config: (options = {}) => ({
      configFile: false,
      root: folder,
      logLevel: 'silent',
      // What Vite prepares in the background may come when the folder of the project is gone.
      cacheDir: join(root, 'node_modules/.cache/portico-vite'),
      resolve: { conditions: [...defaultClientConditions, 'portico-source'] },
      ssr: { resolve: { conditions: [...defaultServerConditions, 'portico-source'] } },
      plugins: [portico(options)],
    }),
  };
}

export const ACTIONS = readFileSync(join(import.meta.dirname, 'given-actions.ts'), 'utf8');
