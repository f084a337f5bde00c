import { defineAction, type PorticoContext } from 'portico';
import {
  attributes,
  csrfInput,
  form,
  html,
  hiddenInput,
  input,
  type FieldPath,
  type ItemOf,
  type ListName,
} from 'portico/html';
import { html as honoHtml } from 'hono/html';
import type { JSX } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';

declare const ctx: PorticoContext;

const order = defineAction({
  accept: 'form',
  input: z.object({
    email: z.email(),
    when: z.date().optional(),
    address: z.object({ city: z.string(), geo: z.object({ lat: z.number() }) }),
    items: z.array(z.object({ qty: z.number(), note: z.string().optional() })),
    tags: z.array(z.string()).optional(),
  }),
  handler: async () => null,
});
const plain = defineAction({ accept: 'form', handler: async () => null });

type Input = { a: string; b: { c: number; d: Date }; e: { f: string }[]; g?: Set<string> };

test('field names are offered, and a name of no field is none', () => {
  expectTypeOf<'a' | 'b' | 'b.c' | 'b.d' | 'e' | `e[${number}].f` | 'g' | `g[${number}]`>().toExtend<
    FieldPath<Input>
  >();
  expectTypeOf<'e' | `e[${number}].lines`>().toExtend<ListName<Input>>();
  expectTypeOf<ItemOf<Input, 'e'>>().toEqualTypeOf<{ f: string }>();
  expectTypeOf<ItemOf<Input, 'g'>>().toEqualTypeOf<string>();
  expectTypeOf<ItemOf<Input, 'unknown'>>().toEqualTypeOf<unknown>();
  expectTypeOf<FieldPath<FormData>>().toEqualTypeOf<string>();
  expectTypeOf<FieldPath<unknown>>().toEqualTypeOf<string>();
});

test('the form of an action is typed by its input', () => {
  const found = form(ctx, order, {
    id: 'o',
    values: { address: { geo: { lat: 1 } }, items: [{ qty: 1 }, {}], when: null },
    redirect: '/',
  });
  found.field('address.geo.lat');
  found.field(`items[${1}].qty`);
  found.field(`address.${'city' as string}`);
  // @ts-expect-error: there is no field of this name
  found.field('emial');
  // @ts-expect-error: there is no list of this name
  found.list('itms');
  for (const row of found.list('items').rows) row.field('qty');
  for (const row of found.list('tags').rows) row.field();
  expectTypeOf(found.field('email').attributes.minlength).toEqualTypeOf<number | undefined>();
  expectTypeOf(found.field('email').props.minLength).toEqualTypeOf<number | undefined>();
  form(ctx, plain, { values: { anything: 1 } }).field('anything');
  form(ctx, order, {
    values: {
      // @ts-expect-error -- a number stands where the schema has a text
      email: 5,
    },
  });
  form(ctx, order, {
    values: {
      address: {
        // @ts-expect-error -- the schema has no such field
        town: 'x',
      },
    },
  });
  // @ts-expect-error -- an id is a text
  form(ctx, order, { id: 5 });
});

test('a schema of the form itself types its fields too', () => {
  const save = defineAction({
    accept: 'form',
    input: z.object({ title: z.string(), fields: z.unknown().optional() }),
    handler: async () => null,
  });
  const schema = z.object({
    fields: z.object({ price: z.number(), rows: z.array(z.object({ step: z.string() })) }),
  });
  const found = form(ctx, save, { schema, values: { title: 'A pot', fields: { price: 5 } } });
  found.field('title');
  found.field('fields.price');
  found.field('fields[price]');
  for (const row of found.list('fields.rows').rows) row.field('step');
  // @ts-expect-error -- neither schema has such a field
  found.field('fiels.price');
  // @ts-expect-error -- a text stands where the form's schema has a number
  form(ctx, save, { schema, values: { fields: { price: 'free' } } });
  expectTypeOf(ctx.form(save, { schema }).field('fields.price').name).toEqualTypeOf<string>();
  // @ts-expect-error -- a schema is a Standard Schema
  form(ctx, save, { schema: { price: 'number' } });
});

test('what is made is markup for us, Hono and typed templates', () => {
  expectTypeOf(csrfInput(ctx)).toExtend<string>();
  expectTypeOf(csrfInput(ctx)).toExtend<HtmlEscapedString>();
  expectTypeOf(form(ctx, order).field('email').attributes).toExtend<JSX.IntrinsicElements['input']>();
  expectTypeOf(form(ctx, order).attributes).toExtend<JSX.IntrinsicElements['form']>();
  void honoHtml`${csrfInput(ctx, { async: true })}`;
  const found = form(ctx, order);
  expectTypeOf(
    html`<form ${attributes(found.attributes)}>${found.list('items').rows.map((row) => html`<button ${attributes(row.up.attributes)}>`)}`,
  ).toExtend<string>();
  attributes(found.field('email').attributes);
  attributes({ class: ['a', false], aria: { label: 'x' }, data: { a: { b: 1 } } });
  input('text', 'a', new Date(), { required: true });
  // @ts-expect-error -- an object has no text
  hiddenInput('a', {});
});
