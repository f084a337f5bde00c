import { startServer } from './start.ts';

const port = Number(process.env['PORT'] || 3000);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`PORT is "${process.env['PORT']}"; it must be a number from 0 to 65535: PORT=3001 npm start`);
  process.exit(1);
}

const adminEmail = process.env['ADMIN_EMAIL'] || 'admin@localhost.test';

try {
  const { url, adminLink, explorerUrl, close } = await startServer({
    port,
    ...(process.env['HOST'] && { host: process.env['HOST'] }),
    dataFolder: process.env['DATA_DIR'] || '.data',
    ...(process.env['SITE_URL'] && { siteUrl: process.env['SITE_URL'] }),
    adminEmail,
    ...(process.env['CONTACT_EMAIL'] && { contactEmail: process.env['CONTACT_EMAIL'] }),
  });
  // A second signal ends the process at once: the default action is back after the first.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close());
  const lines = [
    `Saltglaze is open at ${url}`,
    ...(adminLink === undefined
      ? []
      : [
          `Nobody looks after it yet. Choose the password of its administrator, ${adminEmail}, once, within a day:`,
          adminLink,
        ]),
    ...(explorerUrl === undefined ? [] : [`Every action, to be tried out: ${explorerUrl}`]),
  ];
  console.log(lines.join('\n'));
} catch (error) {
  console.error(startFailure(error));
  process.exitCode = 1;
}

function startFailure(error: unknown): string {
  // Of no use but to whoever mends it.
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError) throw error;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`;
  }
  const cause = error.cause instanceof Error ? `\nCause: ${error.cause.message}` : '';
  return `Saltglaze cannot start: ${error.message}${cause}`;
}
