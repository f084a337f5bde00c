import { expect, test } from 'vitest';
import { exportedNames } from '../../src/cli/exported-names.ts';

test.each<[string, string[]]>([
  ['export const portico = createPortico({})', ['portico']],
  ['export const portico: Portico<unknown> = app;\nexport default portico;', ['portico']],
  ['export async function load() {}\nexport class App {}\nexport function* all() {}', ['load', 'App', 'all']],
  ['const a = 1;\nexport { a, b as portico, type Options };', ['a', 'portico']],
  ["export { portico } from './app.ts';", ['portico']],
  ["export * from './app.ts';", ['*']],
  ["export * as actions from './app.ts';", []],
  ['export const { portico, close: stop } = start();', ['portico', 'stop']],
  ['exports.portico = createPortico({});', ['portico']],
  ['module.exports = { portico, server: tree };', ['portico', 'tree']],
  ['export type portico = string;\nexport interface server {}', []],
  ['// export const portico = 1\n/* export const server = 2 */', []],
  ["const url = 'https://a.example'; export const server = {};", ['server']],
  ['const exported = 1;\nimport { portico } from "./app.ts";\nportico.listen();', []],
])('%s', (text, names) => {
  expect([...exportedNames(text)]).toEqual(names);
});
