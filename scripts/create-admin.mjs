// Makes an administrator for the community site, on the database that `npm start` uses:
//   npm run create-admin -- --email you@example.org
// Asks for a password on a terminal; without one, prints a link that sets it, once.
import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../packages/site/src/cli/portico-site.ts', import.meta.url));
const given = process.argv.slice(2);
const isNamed = given.some((argument) => /^--email(?:=|$)/.test(argument));
const email = process.env.ADMIN_EMAIL || 'admin@localhost.test';
const options = ['--admin', ...(isNamed ? [] : ['--email', email]), ...given];

const { status } = spawnSync(
  process.execPath,
  ['--conditions=portico-source', program, 'users', 'create', ...options],
  { stdio: 'inherit' },
);
if (status === 1 && !isNamed) {
  console.error(`Is there an account of ${email} already? If its link is lost,
- and nobody has used it yet: start the site again, it prints another one while it has no administrator
- else set its password: node --conditions=portico-source ${relative('.', program)} users set-password --user ${email}
A second administrator needs another address: npm run create-admin -- --email you@example.org`);
}
process.exitCode = status ?? 1;
