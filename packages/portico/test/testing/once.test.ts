import { createPortico, defineAction } from 'portico';
import { createTestClient } from 'portico/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ran: string[] = [];
const order = defineAction({
  accept: 'form',
  once: 'required',
  input: z.object({ item: z.string() }),
  handler: ({ item }) => ran.push(item),
});

test('the forms of a visitor have the id that an action with `once` asks for, each a new one', async () => {
  const visitor = createTestClient(createPortico({ actions: { order } }), { follow: false });
  const answers = [
    await visitor.form(order, { item: 'tea' }),
    await visitor.form(order, { item: 'tea' }),
    await visitor.controller(order, { item: 'milk' }),
    await visitor.controller('order', { item: 'bread' }, { page: '/' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  expect(ran).toEqual(['tea', 'tea', 'milk', 'bread']);
});
