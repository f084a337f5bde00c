import { serve } from '@hono/node-server';
import { app } from './app.ts';
import { listenOptions, sayWhyNot } from './listen.ts';
import { accounts } from './portico/accounts.ts';

await accounts.start(); // a database that does not answer is told of now

const server = serve({ fetch: app.fetch, ...listenOptions() }, ({ port }) => {
  console.log(`http://localhost:${port}`);
});
server.on('error', (error) => {
  sayWhyNot(error);
  void accounts.close();
});

// Requests and mails under way come to their end.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => void accounts.close()));
}
