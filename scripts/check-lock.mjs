// npm leaves out, without a word, an optional package that the registry did not serve when the lock was written;
// `npm ci` then fails in every fresh clone. This finds it while the lock can still be mended.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const missing = [];
const addressed = [];

for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!resolves(path, name)) missing.push(`${name} (wanted by ${path || 'the root'})`);
  }
  if (/^https?:/.test(entry.resolved ?? '')) addressed.push(path);
}

if (missing.length > 0) {
  console.error(`package-lock.json lacks optional packages:\n  ${missing.join('\n  ')}`);
  console.error(
    'Pin the package that wants them to a version whose bindings the registry serves, and install again.',
  );
}
if (addressed.length > 0) {
  console.error(
    `package-lock.json names download addresses for ${addressed.length} packages, first ${addressed[0]}.`,
  );
  console.error('Write the lock with: npm install --package-lock-only --omit-lockfile-registry-resolved');
}
process.exitCode = missing.length + addressed.length > 0 ? 1 : 0;

// As Node resolves it: beside the package, then in each node_modules above.
function resolves(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (packages[`${at && `${at}/`}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}
