import { defineAction } from 'portico';
import { z } from 'zod';
import { rememberMember } from '../data/members.ts';
import { addProduct } from '../data/products.ts';

const variant = z.object({
  glaze: z.string().trim().min(1, 'Name the glaze.').max(60),
  price: z
    .number('Give a price, such as 24.50.')
    .positive('A price is above 0.')
    .max(10_000)
    .multipleOf(0.01),
  stock: z.int('Give a whole number.').min(0).max(999),
});

/** Puts a pot on the shelf and goes to its new page. */
export const createProduct = defineAction({
  description: 'Puts a pot on the shelf, in the glazes that there are of it.',
  accept: 'form',
  once: true,
  access: 'user',
  input: z.object({
    name: z.string().trim().min(2, 'A name needs at least two letters.').max(80),
    description: z.string().trim().min(10, 'Describe it in ten letters or more.').max(2_000),
    variants: z.array(variant).min(1, 'Add at least one glaze.').max(8),
  }),
  redirect: '/products/{id}',
  messages: { success: 'It stands on the shelf.', failure: 'The pot is not on the shelf yet.' },
  handler: ({ variants, ...product }, ctx) => {
    const { db } = ctx.locals;
    return db.transaction(() =>
      addProduct(db, {
        ...product,
        makerId: rememberMember(db, ctx.user),
        variants: variants.map(({ price, ...rest }) => ({ ...rest, cents: Math.round(price * 100) })),
      }),
    );
  },
});
