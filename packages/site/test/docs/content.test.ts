import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { entryTypeShape, sectionShape, siteShape } from '../../src/content/shapes.ts';
import { COLUMN_NAMES } from '../../src/entries/query/entry-columns.ts';
import { createSite, field } from '../../src/index.ts';

// What the documents of content list is held to the source.

const docs = join(import.meta.dirname, '../../../../docs');
const read = (name: string): string => readFileSync(join(docs, name), 'utf8');

const { actions, entries } = createSite({ database: 'sqlite::memory:' });
const guests = sectionShape.shape.guests.unwrap();
const saveEntry = actions.entries.saveEntry.definition.input as unknown as z.ZodObject;

test.each<[string, string, readonly string[]]>([
  ['content.md', 'option of sections', Object.keys(sectionShape.shape)],
  ['content.md', 'option of guests', Object.keys(guests.shape)],
  ['content.md', 'option of entry types', Object.keys(entryTypeShape.shape)],
  ['content.md', 'option of sites', Object.keys(siteShape.shape)],
  ['entries.md', 'parameter of entries/save-entry', Object.keys(saveEntry.shape)],
  ['queries.md', 'column', COLUMN_NAMES],
  ['queries.md', 'method', Object.keys(entries())],
])('docs/%s names every %s', (name, _what, expected) => {
  const page = read(name);
  expect(expected.filter((one) => !new RegExp(`\`${one}\\b|\\.${one}\\(`).test(page))).toEqual([]);
});

test('docs/queries.md says of every kind of field what can be asked of it', () => {
  const table = /^\| \[fields\][\s\S]*?\n\n/m.exec(read('queries.md'))?.[0] ?? '';
  const listed = [...table.matchAll(/^\| (\w+(?:, \w+)*) \|/gm)].flatMap(([, kinds = '']) =>
    kinds.split(', '),
  );
  expect(listed.toSorted()).toEqual(Object.keys(field).toSorted());
});
