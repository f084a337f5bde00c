import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSite, field } from '../../src/index.ts';
import { defaultTemplates } from '../../src/mail/default-templates.ts';
import { permissionNames } from '../../src/users/permissions/permission-names.ts';

// The documents are written by hand; what they list is held to the source.

const docs = join(import.meta.dirname, '../../../../docs');
const read = (name: string): string => readFileSync(join(docs, name), 'utf8');

/** `sendPasswordResetEmail` → `send-password-reset-email`, as paths and documents name it. */
const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const { actions } = createSite({ database: 'sqlite::memory:' });
const paths = Object.entries(actions).flatMap(([namespace, members]) =>
  Object.keys(members).map((name) => `${kebab(namespace)}/${kebab(name)}`),
);

test.each(paths)('docs/accounts.md tells of %s', (path) => {
  const [namespace = '', name = ''] = path.split('/');
  expect(read('accounts.md')).toMatch(new RegExp(`\\b${namespace}/${name}(?![\\w-])`));
});

test('docs/accounts.md names no action that there is not', () => {
  const named = [
    ...read('accounts.md').matchAll(/\b((?:users|addresses|app)\/[a-z]+(?:-[a-z]+)*)(?![\w/.-])/g),
  ];
  expect(named.map(([, path = '']) => path).filter((path) => !paths.includes(path))).toEqual([]);
});

test('docs/users-and-permissions.md names every permission of accounts', () => {
  const page = read('users-and-permissions.md');
  const names = permissionNames
    .filter((name) => /User/.test(name))
    .map((name) => name.replace('<handle>', ''));
  expect(names.filter((name) => !page.includes(name))).toEqual([]);
});

test.each([
  ['mail.md', Object.keys(defaultTemplates), /^\| `([a-z]+_[a-z_]+)` \|/gm],
  ['custom-fields.md', Object.keys(field), /^\| `field\.(\w+)` \|/gm],
])('docs/%s lists %j and no other', (name, expected, row) => {
  const listed = [...read(name).matchAll(row)].map(([, key = '']) => key);
  expect(listed.toSorted()).toEqual(expected.toSorted());
});
