import type { Command } from '../command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'Brings the database up to date. Safe to run again, and by several processes at once.',
  options: {},
  async run(_values, io, site) {
    await (await site()).migrate();
    io.print('The database is up to date.');
  },
};
