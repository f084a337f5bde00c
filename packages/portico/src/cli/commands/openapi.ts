import type { Command } from '../command.ts';

export const openapi: Command = {
  name: 'openapi',
  summary: 'Writes the OpenAPI 3.1 document of the app.',
  options: {
    out: { type: 'string', value: 'FILE', help: 'where to; default: standard output' },
    title: { type: 'string', value: 'TITLE', help: 'of your API; default: the name in package.json' },
    'api-version': {
      type: 'string',
      value: 'VERSION',
      help: 'of your API; default: the version in package.json',
    },
  },
  run: async (values, io) => (await import('./run-openapi.ts')).runOpenApi(values, io),
};
