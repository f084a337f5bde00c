import type { Command } from '../command.ts';

export const actions: Command = {
  name: 'actions',
  summary: 'Lists the actions with their doors and rules.',
  options: { json: { type: 'boolean', help: 'as JSON, with the fields of each input' } },
  run: async (values, io) => (await import('./run-actions.ts')).runActions(values, io),
};
