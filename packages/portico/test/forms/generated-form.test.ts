import { describe, expect, test } from 'vitest';
import { defineAction, type ActionTree } from 'portico';
import { z } from 'zod';
import { renderGeneratedForm, type GeneratedFormOptions } from '../../src/forms/generated-form.ts';
import { tokenize } from './markup.ts';
import { afterPost, onPage, openSite } from './site.ts';

interface Node {
  id: string;
  next?: Node | undefined;
  parts: Node[];
}
const node: z.ZodType<Node> = z.object({
  id: z.string(),
  get next() {
    return node.optional();
  },
  get parts() {
    return z.array(node);
  },
});

const server = {
  order: defineAction({
    accept: 'form',
    input: z.object({
      firstName: z.string().min(2),
      note: z.string().meta({ title: 'A <note>', description: 'Where to "leave" it' }).optional(),
      when: z.date().optional(),
      password: z.string(),
      items: z.array(z.object({ qty: z.number(), tags: z.array(z.string()) })).max(2),
      prices: z.record(z.string(), z.number()).optional(),
      size: z.enum(['s', 'l']).default('l'),
    }),
    handler: () => 1,
  }),
  json: defineAction({
    input: z.object({ at: z.tuple([z.number(), z.string()]), any: z.unknown() }),
    handler: () => 1,
  }),
  read: defineAction({ method: 'GET', input: z.object({ q: z.string() }), handler: () => 1 }),
  raw: defineAction({ handler: () => 1 }),
  tree: defineAction({ input: z.object({ root: node }), handler: () => 1 }),
} satisfies ActionTree;

function rendered(action: keyof typeof server, options: GeneratedFormOptions = {}): Promise<string> {
  return onPage(server, (ctx) => String(renderGeneratedForm(ctx, server[action], options)));
}

/** The controls of a markup, by name. */
function controls(markup: string): Map<string, ReadonlyMap<string, string>> {
  const found = tokenize(markup.replaceAll(/<(\/?)h\d/g, '<$1p')).tags.filter(({ attributes }) =>
    attributes.has('name'),
  );
  return new Map(found.map(({ attributes }) => [attributes.get('name') ?? '', attributes]));
}

test('every field has a label of its own, an id, and a place for errors that it can refer to', async () => {
  const markup = await rendered('order', { values: { items: [{ qty: 1, tags: ['a'] }] } });
  const { tags } = tokenize(markup);
  const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  const labelled = new Set(tags.flatMap(({ attributes }) => attributes.get('for') ?? []));
  const fields = tags.filter(({ name }) => ['input', 'select', 'textarea'].includes(name));
  expect(fields.length).toBeGreaterThan(6);
  for (const { attributes } of fields) {
    const id = attributes.get('id') ?? '';
    expect([id, labelled.has(id), ids.includes(`${id}-errors`)]).toEqual([id, true, true]);
    for (const about of attributes.get('aria-describedby')?.split(' ') ?? []) expect(ids).toContain(about);
  }
});

test('labels are titles or keys as words; descriptions stand beside, as text', async () => {
  const markup = await rendered('order');
  expect(markup).toContain('>First name');
  expect(markup).toContain('A &lt;note&gt;');
  expect(markup).toContain('Where to &quot;leave&quot; it');
});

test('values, defaults and what was told of the form', async () => {
  const markup = await rendered('order', {
    id: 'second',
    values: { firstName: 'Ada', password: 'geheim', when: new Date('2026-01-31'), prices: { a: 1 } },
    submitLabel: 'Order & pay',
    formAttributes: { class: 'wide', novalidate: true },
  });
  const names = controls(markup);
  expect(names.get('firstName')?.get('value')).toBe('Ada');
  expect(names.get('when')?.get('value')).toBe('2026-01-31');
  expect(names.get('password')).toEqual(
    new Map([
      ['id', 'second__password'],
      ['name', 'password'],
      ['type', 'password'],
      ['required', ''],
      ['autocomplete', 'off'],
    ]),
  );
  expect(names.get('_form')?.get('value')).toBe('second');
  expect(markup).toContain('{\n  &quot;a&quot;: 1\n}');
  expect(markup).toContain('<option value="l" selected>');
  expect(markup).toMatch(
    /^<form method="post" action="\?_action=order" id="second" class="wide" novalidate>/,
  );
  expect(markup).toContain('>Order &amp; pay</button>');
});

test('a failure keeps what was typed, but for secrets, and says what is wrong beside the fields', async () => {
  const sent = { firstName: 'A', password: 'geheim', 'items[0].qty': 'many', 'prices[a]': '1' };
  const markup = await afterPost(server, '/?_action=order', sent, (ctx) =>
    String(renderGeneratedForm(ctx, server.order)),
  );
  expect(controls(markup).get('firstName')?.get('value')).toBe('A');
  expect(controls(markup).get('items[0].qty')?.get('aria-invalid')).toBe('true');
  expect(markup).toMatch(/<ul id="order__firstName-errors" class="errors"><li>/);
  expect(markup).toMatch(/role="alert">\s*<p>/);
  expect(markup).not.toContain('geheim');
});

test('the buttons of a list work on the page without a script', async () => {
  const site = openSite(server, (ctx) => renderGeneratedForm(ctx, server.order));
  const { body } = await site.post('/?_action=order', {
    firstName: 'Ada',
    'items[0].qty': '3',
    _list: 'add:items',
  });
  expect([...controls(body).keys()]).toContain('items[1].qty');
  expect(controls(body).get('items[0].qty')?.get('value')).toBe('3');
  expect(body).toContain('value="add:items" formnovalidate disabled');
});

describe('what no form can be posted to', () => {
  test('JSON: the form leads to the rpc path', async () => {
    const markup = await rendered('json', { values: { at: [1, 'x'], any: { deep: true } } });
    expect(markup).toMatch(/^<form method="post" action="\/_actions\/json"/);
    expect(controls(markup).get('at[0]')?.get('value')).toBe('1');
    expect(controls(markup).get('any')?.get('data-json')).toBe('any');
    expect(markup).toContain('&quot;deep&quot;: true');
  });

  test('GET: the form reads', async () => {
    expect(await rendered('read')).toMatch(/^<form method="get" action="\/_actions\/read"/);
  });

  test('no schema: one text of JSON', async () => {
    expect(await rendered('raw', { values: { a: 1 } })).toMatch(
      /<textarea id="json-input"[^>]* data-json=""[^>]*>\n\{\n {2}&quot;a/,
    );
  });

  test('a schema that holds itself ends in JSON', async () => {
    const markup = await rendered('tree', { values: { root: { id: 'a', parts: [{ id: 'b', parts: [] }] } } });
    const names = controls(markup);
    expect(names.get('root.parts[0].id')?.get('value')).toBe('b');
    expect(names.get('root.next')?.get('data-json')).toBe('root.next');
  });
});
