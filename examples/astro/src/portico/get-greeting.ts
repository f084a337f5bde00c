import { defineAction } from 'portico';
import { z } from 'zod';

export const getGreeting = defineAction({
  input: z.object({ name: z.string() }),
  handler: async (input) => `Hello, ${input.name}!`,
});
