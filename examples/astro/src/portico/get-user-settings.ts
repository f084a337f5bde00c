import { ActionError, defineAction } from 'portico';

export const getUserSettings = defineAction({
  handler: async (_input, context) => {
    // Set by src/middleware/user.ts
    if (!context.locals.user) {
      throw new ActionError({ code: 'UNAUTHORIZED' });
    }
    return { name: context.locals.user.name, letters: 'weekly' };
  },
});
