import { describe, expect, test } from 'vitest';
import { findApp } from '../../src/cli/find-app.ts';
import { project } from './project.ts';

const APP = "throw new Error('run'); export const portico = 1;";
const TREE = 'export const server = {};';

describe('the file of an app, none of which is run', () => {
  test.each<[string, Record<string, string>, string | undefined, { file: string; name: string }]>([
    [
      'the first of those that export one',
      { 'app.ts': APP, 'src/app.mts': APP },
      undefined,
      { file: 'src/app.mts', name: 'portico' },
    ],
    [
      'TypeScript before JavaScript',
      { 'src/app.js': APP, 'src/app.ts': APP },
      undefined,
      { file: 'src/app.ts', name: 'portico' },
    ],
    [
      'an app before a tree of actions',
      { 'src/actions.ts': TREE, 'src/server.ts': APP },
      undefined,
      { file: 'src/server.ts', name: 'portico' },
    ],
    [
      'a tree where there is no app',
      { 'src/actions/index.ts': TREE, 'src/app.ts': 'start();' },
      undefined,
      { file: 'src/actions/index.ts', name: 'server' },
    ],
    [
      'one that passes on another',
      { 'src/app.ts': "export * from './made.ts';" },
      undefined,
      { file: 'src/app.ts', name: 'portico' },
    ],
    ['one by its name', { 'src/app.ts': APP, 'a.ts': TREE }, 'a.ts', { file: 'a.ts', name: 'server' }],
  ])('%s', (_name, files, given, expected) => {
    expect(findApp(project(files).folder, given)).toMatchObject(expected);
  });

  test.each<[string, Record<string, string>, string | undefined, RegExp]>([
    ['there is none', {}, undefined, /^There is no app in .*\n.*export const portico = createPortico/s],
    ['the one named is not there', {}, 'x.ts', /^--app x\.ts: there is no such file/],
    [
      'none exports an app',
      { 'src/app.ts': 'export const app = 1;', 'src/server.js': 'listen();' },
      undefined,
      /^src\/app\.ts and src\/server\.js exports no `portico`\.\nExport it from a file that starts no server/,
    ],
    [
      'the one named exports none',
      { 'a.ts': 'listen();' },
      'a.ts',
      /^a\.ts exports no `portico`, so it was not run\./,
    ],
  ])('says what to do where %s', (_name, files, given, expected) => {
    expect(() => findApp(project(files).folder, given)).toThrow(expected);
  });
});
