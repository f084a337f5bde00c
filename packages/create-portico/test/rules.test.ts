import { expect, test } from 'vitest';
import { projectName } from '../src/check-target.mjs';
import { parseArguments } from '../src/parse-arguments.mjs';

test.each([
  ['shop', 'shop'],
  ['apps/my-shop_2.0', 'my-shop_2.0'],
  ['/srv/shop/', 'shop'],
])('%s is a folder for a project', (folder, name) => {
  expect(projectName(folder)).toBe(name);
});

test.each([
  ['My App', 'is no name for a project'],
  ['Shop', 'lowercase letters'],
  ['.shop', 'a letter or digit first'],
  ['x'.repeat(215), 'at most 214'],
  ['node_modules', 'is no name for a project'],
  ['shop`id`', 'is no name for a project'],
  ['hono', 'is the name of a package that the project needs'],
])('%s is none', (folder, reason) => {
  expect(() => projectName(folder)).toThrow(reason);
});

test.each([
  [[], {}],
  [['shop', '--host', 'astro', '--accounts'], { folder: 'shop', host: 'astro', accounts: true }],
  [['--no-accounts', '-y'], { accounts: false, yes: true }],
  [['-h'], { help: true }],
])('%j is understood', (args, understood) => {
  expect(parseArguments(args)).toEqual({ yes: false, help: false, ...understood });
});

test.each([
  [['--host', 'express'], 'There is no host "express". There are: hono, astro.'],
  [['--hots', 'hono'], "Unknown option '--hots'"],
  [['--host'], "Option '--host <value>' argument missing"],
  [['--accounts=yes'], "Option '--accounts' does not take an argument"],
  [['--accounts', '--no-accounts'], 'it can be one of them'],
  [['shop', 'blog'], 'One folder at a time, not 2: shop, blog.'],
])('%j is refused', (args, reason) => {
  expect(() => parseArguments(args)).toThrow(reason);
});
