import { getEntry } from 'astro:content';
import { createPortico, defineAction } from 'portico';
import { astroSessions } from 'portico/astro/sessions';
import { greeting } from 'virtual:menu';
import { z } from 'zod';

export const server = {
  kitchen: {
    orderDish: defineAction({
      accept: 'form',
      input: z.object({ dish: z.string().min(1, 'Say what you want.') }),
      messages: { success: greeting },
      handler: async ({ dish }, { session }) => {
        const found = await getEntry('dishes', dish);
        const sum = (session.get('sum') ?? 0) + (found?.data.price ?? 0);
        session.set('sum', sum);
        return { sum };
      },
    }),
  },
};

export const portico = createPortico({
  actions: server,
  base: import.meta.env.BASE_URL,
  routes: { 'POST /order': 'kitchen.orderDish' },
  session: { store: astroSessions() },
});
