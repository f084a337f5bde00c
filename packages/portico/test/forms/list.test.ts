import { describe, expect, test } from 'vitest';
import { defineAction, type PorticoContext } from 'portico';
import { attributes, form, hiddenInputs, html, renderInput } from 'portico/html';
import { z } from 'zod';
import { tokenize } from './markup.ts';
import { afterPost, onPage, openSite } from './site.ts';

const orders: unknown[] = [];
const server = {
  order: defineAction({
    accept: 'form',
    input: z.object({
      title: z.string().min(1),
      items: z
        .array(z.object({ name: z.string().min(1), qty: z.number().default(1), gift: z.boolean() }))
        .max(4),
      tags: z.array(z.string()).default(['a', 'b']),
      steps: z.array(z.object({ text: z.string(), parts: z.array(z.object({ id: z.string() })) })).optional(),
      need: z.array(z.string()).min(2).optional(),
    }),
    handler: async (input) => void orders.push(input),
  }),
};

const items = [
  { name: 'one', qty: 1, gift: false },
  { name: 'two', qty: 2, gift: true },
  { name: 'three', qty: 3, gift: false },
];

function namesIn(ctx: PorticoContext): string[] {
  const { list } = form(ctx, server.order, { values: { items } });
  return list('items').rows.map(
    (row) => `${row.field('name').value}/${row.field('qty').value}/${row.field('gift').value}`,
  );
}

describe('rows', () => {
  test.each<[string, 'items' | 'tags' | 'need', Parameters<typeof form<typeof server.order>>[2], number]>([
    ['nothing', 'items', {}, 0],
    ['values', 'items', { values: { items } }, 3],
    ['the default', 'tags', {}, 2],
    ['an empty value before the default', 'tags', { values: { tags: [] } }, 0],
    ['the fewest the schema allows', 'need', {}, 2],
  ])('from %s: %s', async (_, name, options, expected) => {
    expect((await onPage(server, (ctx) => form(ctx, server.order, options).list(name).rows)).length).toBe(
      expected,
    );
  });

  test('name their fields and buttons', async () => {
    const { rows, add } = await onPage(server, (ctx) =>
      form(ctx, server.order, { values: { items } }).list('items'),
    );
    expect(rows.map((row) => row.field('name').name)).toEqual([
      'items[0].name',
      'items[1].name',
      'items[2].name',
    ]);
    expect(rows.map((row) => [row.index, row.name])).toEqual([
      [0, 'items[0]'],
      [1, 'items[1]'],
      [2, 'items[2]'],
    ]);
    const button = (value: string, extra = {}) => ({
      name: '_list',
      value,
      attributes: { type: 'submit', name: '_list', value, formnovalidate: true, ...extra },
      props: { type: 'submit', name: '_list', value, formNoValidate: true, ...extra },
    });
    expect(add).toEqual(button('add:items'));
    expect(rows[0]?.up).toEqual(button('up:items:0', { disabled: true }));
    expect(rows[0]?.down).toEqual(button('down:items:0'));
    expect(rows[2]?.down).toEqual(button('down:items:2', { disabled: true }));
    expect(rows[1]?.remove).toEqual(button('remove:items:1'));
  });

  test('buttons keep within the bounds of the schema', async () => {
    const [full, least] = await onPage(server, (ctx) => {
      const { list } = form(ctx, server.order, { values: { items: [...items, ...items.slice(0, 1)] } });
      return [list('items'), list('need')];
    });
    expect(full?.add.attributes.disabled).toBe(true);
    expect(least?.rows[0]?.remove.attributes.disabled).toBe(true);
  });

  test('of texts are fields themselves', async () => {
    const fields = await onPage(server, (ctx) =>
      form(ctx, server.order)
        .list('tags')
        .rows.map((row) => row.field()),
    );
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['tags[0]', 'a'],
      ['tags[1]', 'b'],
    ]);
    expect(fields[0]?.attributes.required).toBeUndefined();
  });

  test('of a list inside of a row', async () => {
    const values = {
      steps: [
        { text: 'x', parts: [] },
        { text: 'y', parts: [{ id: 'p' }, { id: 'q' }] },
      ],
    };
    const inner = await onPage(server, (ctx) => form(ctx, server.order, { values }).list('steps[1].parts'));
    expect(inner.rows.map((row) => row.field('id').value)).toEqual(['p', 'q']);
    expect(inner.add.value).toBe('add:steps.1.parts');
  });
});

describe('buttons, without JavaScript', () => {
  const typed: Array<[string, string]> = [
    ['title', 'typed'],
    ['items[0].name', 'one'],
    ['items[0].qty', '1'],
    ['items[1].name', 'TWO'],
    ['items[1].qty', 'x'],
    ['items[1].gift', 'true'],
  ];
  test.each<[string, string[]]>([
    ['add:items', ['one/1/', 'TWO/x/true', '/1/']],
    ['remove:items:0', ['TWO/x/true']],
    ['up:items:1', ['TWO/x/true', 'one/1/']],
    ['down:items:0', ['TWO/x/true', 'one/1/']],
    ['nonsense', ['one/1/', 'TWO/x/true']],
  ])('%s', async (intent, expected) => {
    const read = (ctx: PorticoContext) => {
      const { field, message, errors } = form(ctx, server.order);
      return {
        rows: namesIn(ctx),
        title: field('title').value,
        said: [message, errors, field('items[1].qty').errors],
      };
    };
    for (const path of ['/?_action=order', '/']) {
      const fields: Array<[string, string]> = [...typed, ['_list', intent]];
      const found = await afterPost(
        server,
        path,
        path === '/' ? [['action', 'order'], ...fields] : fields,
        read,
      );
      expect(found).toEqual({ rows: expected, title: 'typed', said: [undefined, [], []] });
    }
    expect(orders).toEqual([]);
  });

  test('a page that prints them can be clicked through to the end', async () => {
    const site = openSite(server, (ctx) => {
      const order = form(ctx, server.order, { id: 'o' });
      const list = order.list('items');
      const rows = list.rows.map(
        (row) => html`
        ${renderInput(row.field('name'))}${renderInput(row.field('qty'))}${renderInput(row.field('gift'))}
        <button ${attributes(row.remove.attributes)}>Remove</button><button ${attributes(row.up.attributes)}>Up</button>`,
      );
      return html`<form ${attributes(order.attributes)}>${hiddenInputs(order)}${renderInput(order.field('title'))}${rows}<button ${attributes(list.add.attributes)}>Add</button></form>`;
    });
    /** What a browser would send: each field, and the button that was pressed. */
    const sent = (
      body: string,
      changes: Record<string, string>,
      pressed?: string,
    ): Array<[string, string]> => {
      const pairs: Array<[string, string]> = [];
      for (const { name: tag, attributes: found } of tokenize(body).tags) {
        const name = found.get('name') ?? '';
        const value = found.get('value') ?? '';
        const isSent =
          tag === 'button'
            ? value === pressed
            : tag === 'input' &&
              (found.get('type') !== 'checkbox' || found.has('checked') || name in changes);
        if (isSent && name !== '') pairs.push([name, changes[name] ?? value]);
      }
      return pairs;
    };
    const firstButton = (body: string) =>
      tokenize(body).tags.find((tag) => tag.name === 'button')?.attributes;
    const press = (body: string, value: string, changes: Record<string, string> = {}) =>
      site.post('/?_action=order', sent(body, changes, value));

    let page = await site.get('/');
    expect(firstButton(page.body)?.has('name')).toBe(false);
    page = await press(page.body, 'add:items', { title: 'T "q" <&>' });
    page = await press(page.body, 'add:items', { 'items[0].name': 'first' });
    page = await press(page.body, 'up:items:1', { 'items[1].name': 'second', 'items[1].gift': 'true' });
    page = await press(page.body, 'add:items');
    page = await press(page.body, 'remove:items:2');
    expect(page.status).toBe(200);
    const done = await site.post('/?_action=order', sent(page.body, {}));
    expect(done.status).toBe(303);
    expect(orders.splice(0)).toMatchObject([
      {
        title: 'T "q" <&>',
        items: [
          { name: 'second', qty: 1, gift: true },
          { name: 'first', qty: 1, gift: false },
        ],
      },
    ]);
  });
});

describe('after a failure', () => {
  test('the rows are those that were submitted, whatever the page’s own are', async () => {
    expect(
      await afterPost(
        server,
        '/?_action=order',
        [
          ['items.0.name', 'x'],
          ['items[0][gift]', 'on'],
        ],
        namesIn,
      ),
    ).toEqual(['x/1/true']);
    expect(await afterPost(server, '/?_action=order', [['title', '']], namesIn)).toEqual([]);
  });

  test.each<[string, string[], unknown]>([
    ['errors stand with their rows', ['x', '', 'x'], [0, [0, 1, 0]]],
    ['those of the list with the list', ['x', 'x', 'x', 'x', 'x'], [1, [0, 0, 0, 0, 0]]],
  ])('%s', async (_, names, expected) => {
    const rows = names.map((name, row): [string, string] => [`items[${row}].name`, name]);
    const found = await afterPost(server, '/?_action=order', [['title', 't'], ...rows], (ctx) => {
      const items = form(ctx, server.order).list('items');
      return [items.errors.length, items.rows.map((row) => row.field('name').errors.length)];
    });
    expect(found).toEqual(expected);
  });

  test('numbers with gaps make no more rows than there are', async () => {
    const found = await afterPost(
      server,
      '/?_action=order',
      [
        ['items[9999].name', 'z'],
        ['items[7].name', 'y'],
        ['items[x].name', '?'],
      ],
      namesIn,
    );
    expect(found).toEqual(['y/1/', 'z/1/']);
  });
});
