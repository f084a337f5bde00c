import type { Command } from '../command.ts';

export const doctor: Command = {
  name: 'doctor',
  summary:
    'Says what is weak or wrong in the app and, with --url, in what stands before it. Exit code 1: errors.',
  options: {
    url: {
      type: 'string',
      value: 'URL',
      help: 'where the app runs for its visitors: asks it what it sees; needs the PORTICO_SECRETS it runs with',
    },
    json: { type: 'boolean', help: 'as JSON' },
  },
  run: async (values, io) => (await import('./run-doctor.ts')).runDoctor(values, io),
};
