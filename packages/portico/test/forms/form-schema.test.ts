import { describe, expect, test } from 'vitest';
import { defineAction } from 'portico';
import { form } from 'portico/html';
import { z } from 'zod';
import { afterPost, onPage } from './site.ts';

const server = {
  entries: {
    save: defineAction({
      accept: 'any',
      input: z.object({
        title: z.string(),
        note: z.string().optional(),
        fields: z.unknown().optional(),
      }),
      decode: { fields: 'unknown' },
      handler: async () => null,
    }),
    tagged: defineAction({
      accept: 'form',
      input: z.object({ tags: z.array(z.string()) }),
      handler: async () => null,
    }),
    strict: defineAction({
      accept: 'form',
      input: z.object({ meta: z.object({ colour: z.string(), size: z.number() }) }),
      handler: async () => null,
    }),
  },
};

const schema = z.object({
  title: z.string().min(3).max(40),
  fields: z.object({
    price: z.number().min(0).max(99),
    born: z.date(),
    glaze: z
      .enum(['salt', 'ash'])
      .meta({ labels: { salt: 'Bare salt' } })
      .optional(),
    uses: z.array(z.enum(['tea', 'soup'])).optional(),
    fresh: z.boolean().optional(),
    rows: z.array(z.object({ step: z.string().max(20), minutes: z.int().optional() })).max(3),
  }),
});

const withSchema = (values?: Record<string, unknown>) => (ctx: Parameters<Parameters<typeof onPage>[1]>[0]) =>
  form(ctx, server.entries.save, { schema, ...(values && { values: values as never }) });

describe('a form with a schema of its own', () => {
  test('takes constraints, options and hidden inputs from it, at any depth', async () => {
    const found = await onPage(server, withSchema());
    expect(found.field('title').attributes).toEqual({
      id: 'entries-save__title',
      name: 'title',
      type: 'text',
      value: '',
      required: true,
      minlength: 3,
      maxlength: 40,
    });
    expect(found.field('fields[price]').attributes).toMatchObject({ type: 'number', min: '0', max: '99' });
    expect(found.field('fields.born').attributes).toMatchObject({ type: 'date', required: true });
    expect(found.field('fields[glaze]').options).toEqual([
      { value: 'salt', label: 'Bare salt', selected: false },
      { value: 'ash', label: 'ash', selected: false },
    ]);
    expect(found.field('fields[fresh]').hidden).toEqual([{ name: 'fields[fresh]', value: 'false' }]);
    expect(found.hasRows).toBe(true);
  });

  test('keeps what the action says of the other fields', async () => {
    const found = await onPage(server, withSchema());
    expect(found.field('note').attributes).not.toHaveProperty('required');
    const nested = await onPage(server, (ctx) =>
      form(ctx, server.entries.strict, { schema: z.object({ meta: z.object({ size: z.number().max(5) }) }) }),
    );
    expect(nested.field('meta.size').attributes).toMatchObject({ type: 'number', max: '5' });
    expect(nested.field('meta.colour').attributes).toMatchObject({ type: 'text', required: true });
  });

  test('names a list that the action knows nothing of so that all of it is sent', async () => {
    const sent = [
      ['fields[uses]', ''],
      ['fields[uses][]', 'tea'],
      ['fields[uses][]', 'soup'],
      ['_list', 'add:fields.rows'],
    ] as const;
    const blank = await onPage(server, withSchema());
    expect(blank.field('fields[uses]').hidden).toEqual([{ name: 'fields[uses]', value: '' }]);
    const found = await afterPost(server, '/?_action=entries.save', sent, withSchema());
    const uses = found.field('fields[uses]');
    expect(uses).toMatchObject({
      name: 'fields[uses][]',
      attributes: { name: 'fields[uses][]', multiple: true },
    });
    expect(uses.options?.map(({ selected }) => selected)).toEqual([true, true]);
    const known = await onPage(server, (ctx) =>
      form(ctx, server.entries.tagged, { schema: z.object({ tags: z.array(z.string()) }) }),
    );
    expect(known.field('tags').name).toBe('tags');
  });

  test('shows given values by its kinds', async () => {
    const found = await onPage(
      server,
      withSchema({
        fields: {
          born: new Date('2026-01-31T09:30:00Z'),
          glaze: 'ash',
          rows: [{ step: 'Throw' }, { step: 'Fire' }],
        },
      }),
    );
    expect(found.field('fields[born]').value).toBe('2026-01-31');
    expect(found.field('fields[glaze]').options?.find(({ selected }) => selected)?.value).toBe('ash');
    const rows = found.list('fields[rows]').rows;
    expect(rows.map((row) => row.field('step').value)).toEqual(['Throw', 'Fire']);
    expect(rows[1]?.field('step').attributes).toMatchObject({ name: 'fields[rows][1].step', maxlength: 20 });
  });

  test('shows what was typed again, with a row more after its button', async () => {
    const fields = {
      title: 'A pot',
      'fields[price]': 'free',
      'fields[rows][4][step]': 'Throw',
      'fields[rows][7][step]': 'Fire',
      _list: 'add:fields.rows',
    };
    const found = await afterPost(server, '/?_action=entries.save', fields, withSchema());
    expect(found.field('fields[price]').value).toBe('free');
    const list = found.list('fields[rows]');
    expect(list.rows.map((row) => row.field('step').value)).toEqual(['Throw', 'Fire', '']);
    expect(list.add.attributes.disabled).toBe(true);
  });

  test('is multipart just where it has files', async () => {
    const plain = await onPage(server, withSchema());
    expect(plain.attributes.enctype).toBeUndefined();
    const files = z.object({ fields: z.object({ cover: z.array(z.file()).optional() }) });
    const found = await onPage(server, (ctx) => form(ctx, server.entries.save, { schema: files }));
    expect(found.attributes.enctype).toBe('multipart/form-data');
    expect(found.field('fields[cover][]').attributes).toEqual({
      id: 'entries-save__fields-cover',
      name: 'fields[cover][]',
      type: 'file',
      multiple: true,
    });
  });

  test('is compiled once', async () => {
    let described = 0;
    const own = schema['~standard'];
    const counted = {
      '~standard': {
        ...own,
        jsonSchema: {
          ...own.jsonSchema,
          input: (options: never) => ((described += 1), own.jsonSchema.input(options)),
        },
      },
    } as unknown as typeof schema;
    await onPage(server, (ctx) => form(ctx, server.entries.save, { schema: counted }));
    await onPage(server, (ctx) => form(ctx, server.entries.save, { schema: counted }));
    expect(described).toBe(1);
  });

  test.each([
    [
      'that describes no object',
      z.array(z.string()),
      /form\(\): its schema is of the kind "array"|The input schema/,
    ],
    ['with a field that no form can send', z.object({ a: z.union([z.string(), z.object({})]) }), /Field "a"/],
  ])('refuses one %s', async (_what, wrong, message) => {
    const error = await onPage(server, (ctx) => {
      try {
        return form(ctx, server.entries.save, { schema: wrong as never });
      } catch (thrown) {
        return thrown;
      }
    });
    expect(String(error)).toMatch(message);
  });

  test('may be recursive', async () => {
    const node: z.ZodType = z.lazy(() =>
      z.object({ name: z.string().max(5), children: z.array(node).optional() }),
    );
    const recursive = z.object({ fields: z.object({ tree: node }) });
    const found = await onPage(server, (ctx) => form(ctx, server.entries.save, { schema: recursive }));
    expect(found.field('fields.tree.children[0].children[0].name').attributes).toMatchObject({
      maxlength: 5,
    });
  });
});
