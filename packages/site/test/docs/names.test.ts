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

/** Where actions are told of that are not of accounts, by namespace. */
const documents: Readonly<Record<string, string>> = {
  assets: 'uploads.md',
  'contact-form': 'contact-form.md',
  entries: 'entries.md',
};

test.each(paths)('the documents tell of %s', (path) => {
  const [namespace = '', name = ''] = path.split('/');
  expect(read(documents[namespace] ?? 'accounts.md')).toMatch(
    new RegExp(`\\b${namespace}/${name}(?![\\w-])`),
  );
});

test.each(['accounts.md', ...Object.values(documents)])(
  'docs/%s names no action that there is not',
  (name) => {
    const named = [
      ...read(name).matchAll(
        /(?<![\w./-])((?:users|addresses|app|entries|assets|contact-form)\/[a-z]+(?:-[a-z]+)*)(?![\w/.-])/g,
      ),
    ];
    expect(named.length).toBeGreaterThan(0);
    expect(named.map(([, path = '']) => path).filter((path) => !paths.includes(path))).toEqual([]);
  },
);

test('docs/users-and-permissions.md names every permission, but what is in accessCp', () => {
  const page = read('users-and-permissions.md');
  const names = permissionNames
    .filter((name) => !/^(?:accessCp.+|performUpdates|accessPlugin-.*)$/.test(name))
    .map((name) => name.replace(/[:-]<handle>$/, ''));
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});

test.each([
  ['mail.md', Object.keys(defaultTemplates), /^\| `([a-z]+_[a-z_]+)` \|/gm],
  ['custom-fields.md', Object.keys(field), /^\| `field\.(\w+)` \|/gm],
])('docs/%s lists %j and no other', (name, expected, row) => {
  const listed = [...read(name).matchAll(row)].map(([, key = '']) => key);
  expect(listed.toSorted()).toEqual(expected.toSorted());
});
