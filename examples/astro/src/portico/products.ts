import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { findProducts, persistToDatabase, productOf } from '../data/products.ts';

export const createProduct = defineAction({
  accept: 'form',
  input: z.object({
    name: z.string().trim().min(1, 'A product needs a name.'),
    price: z.number('A price is a number.').positive('Nothing is for free.'),
  }),
  handler: async (input) => {
    const product = await persistToDatabase(input);
    return { id: product.id };
  },
});

export const addToCart = defineAction({
  accept: 'form',
  input: z.object({ productId: z.string() }),
  handler: async ({ productId }, { session }) => {
    const product = productOf(productId);
    if (!product) throw new ActionError({ code: 'NOT_FOUND', message: 'This product is gone.' });
    session.set('cart', [...(session.get<string[]>('cart') ?? []), product.id]);
    return { productName: product.name };
  },
});

export const findProduct = defineAction({
  input: z.object({ query: z.string() }),
  handler: async ({ query }) => findProducts(query),
});
