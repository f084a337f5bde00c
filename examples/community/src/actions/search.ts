import { defineAction } from 'portico';
import { z } from 'zod';
import { search as find } from '../data/search.ts';

/** Reads only, so it answers GET: a page calls it, a script calls it while somebody types, a browser may keep the answer. */
export const search = defineAction({
  description: 'Finds posts, help pages and pots by their words.',
  method: 'GET',
  cache: { maxAge: 30, scope: 'public' },
  input: z.object({ q: z.string().trim().max(100).default('') }),
  handler: async ({ q }, ctx) => {
    const { db, accounts } = ctx.locals;
    return { q, hits: q === '' ? [] : await find(db, accounts, q) };
  },
});
