import { startServer } from './start.ts';

const port = Number(process.env['PORT'] || 3000);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`PORT is "${process.env['PORT']}"; it must be a number from 0 to 65535: PORT=3001 npm start`);
  process.exit(1);
}

try {
  const server = await startServer({
    port,
    ...(process.env['HOST'] && { host: process.env['HOST'] }),
    dataFolder: process.env['DATA_DIR'] || '.data',
    ...(process.env['SITE_URL'] && { siteUrl: process.env['SITE_URL'] }),
  });
  // A second signal ends the process at once: the default action is back after the first.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());
  console.log(`Saltglaze is open at ${server.url}`);
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
  console.error(
    `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
  );
  process.exitCode = 1;
}
