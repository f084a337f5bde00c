import { serve } from '@hono/node-server';
import { app } from './app.ts';
import { listenOptions, sayWhyNot } from './listen.ts';

const server = serve({ fetch: app.fetch, ...listenOptions() }, ({ port }) => {
  console.log(`http://localhost:${port}`);
});
server.on('error', sayWhyNot);

// Requests under way come to their end.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
