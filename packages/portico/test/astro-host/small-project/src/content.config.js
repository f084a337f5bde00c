import { defineCollection } from 'astro:content';
import { z } from 'zod';

const dishes = defineCollection({
  loader: () => [
    { id: 'soup', price: 4 },
    { id: 'pie', price: 7 },
  ],
  schema: z.object({ price: z.number() }),
});

export const collections = { dishes };
