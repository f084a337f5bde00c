import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { settingsSchema } from '../../src/config.ts';

// docs/site-settings.md is written by hand; its tables are held to the schema.

const page = readFileSync(join(import.meta.dirname, '../../../../docs/site-settings.md'), 'utf8');

interface Setting {
  readonly name: string;
  /** As a document spells it; `null`: there is none, so the document says in words what happens; `below`: settings of its own. */
  readonly fallback: string | null;
}

const top = shapeOf(settingsSchema);
const groups = Object.entries(top).flatMap(([name, schema]): Array<[string, z.core.$ZodShape]> =>
  kindOf(schema) === 'prefault' ? [[name, shapeOf(inner(schema))]] : [],
);

test.each<[string, z.core.$ZodShape]>([['createSite', top], ...groups])(
  'has every setting of %s with its default, and no other',
  (heading, shape) => {
    const documented = rowsUnder(heading);
    const settings = Object.entries(shape).map(([name, schema]) => settingOf(name, schema));
    expect(documented.map(({ name }) => name).toSorted()).toEqual(
      settings.map(({ name }) => name).toSorted(),
    );
    for (const { name, fallback } of settings) {
      const cell = documented.find((row) => row.name === name)?.fallback;
      expect({ [name]: cell }).toEqual({ [name]: fallback });
    }
  },
);

test('knows the groups of settings', () => {
  expect(groups.map(([name]) => name)).toEqual([
    'assets',
    'contactForm',
    'users',
    'addresses',
    'password',
    'limits',
    'photos',
    'mail',
  ]);
});

/** The rows of the tables below a heading: `| `name` | `default` (in words) | … |`. */
function rowsUnder(heading: string): readonly Setting[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`There is no heading "${heading}".`);
  return [...section.matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, name = '', cell = '']) => ({
    name,
    fallback: literalOf(cell, name),
  }));
}

/** A default that is a value stands first in its cell, as TypeScript writes it. */
function literalOf(cell: string, name: string): string | null {
  if (cell === `[below](#${name.toLowerCase()})`) return 'below';
  return /^`('[^`]*'|\d+|true|false|null|\{[^`]*\}|\[[^`]*\])`(?: \(.*\))?$/.exec(cell)?.[1] ?? null;
}

function settingOf(name: string, schema: z.core.$ZodType): Setting {
  switch (kindOf(schema)) {
    case 'prefault':
      return { name, fallback: 'below' };
    case 'default':
      return { name, fallback: spelled((schema as z.ZodDefault)._zod.def.defaultValue) };
    case 'optional':
      return { name, fallback: null };
    default:
      throw new Error(`The setting ${name} is neither optional nor has it a default.`);
  }
}

function spelled(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${spelled(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function kindOf(schema: z.core.$ZodType): string {
  return schema._zod.def.type;
}

function inner(schema: z.core.$ZodType): z.core.$ZodType {
  return (schema as z.ZodPrefault)._zod.def.innerType;
}

function shapeOf(schema: z.core.$ZodType): z.core.$ZodShape {
  return (schema as z.ZodObject)._zod.def.shape;
}
