// Installs the dependencies when the lock file has changed since the last install.
// Runs before `npm start` and `npm test`, so: plain JavaScript, no dependencies, and any Node from 20 on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.setup-stamp');
const lock = join(root, '.setup-lock'); // not in node_modules: `npm ci` deletes that
const scriptNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!isCurrent()) {
  await takeLock();
  try {
    // Another run may have installed while this one waited for the lock.
    if (!isCurrent()) install();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isCurrent() {
  return existsSync(scriptNode) && read(stamp) === wanted();
}

function wanted() {
  const { workspaces, allowScripts, overrides, dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return createHash('sha256')
    .update(JSON.stringify({ workspaces, allowScripts, overrides, dependencies, devDependencies }))
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function install() {
  console.log('Installing dependencies (npm ci) …');
  // Without --include, NODE_ENV=production or an `omit` setting would leave the test tools out.
  npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error');
  // With `ignore-scripts=true` the `node` package has no binary yet; it is the one script this project needs.
  if (!existsSync(scriptNode)) npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error');
  if (!existsSync(scriptNode)) {
    fail('The packages are installed, but the `node` package brought no binary for this platform.');
  }
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, wanted());
}

function npm(...args) {
  const { npm_execpath: cli, npm_node_execpath: node = process.execPath } = process.env;
  // `npm ci` deletes node_modules, so it must not run on the Node inside it.
  const viaCli = cli?.endsWith('.js') && !node.startsWith(modules + sep);
  const { status, error } = viaCli
    ? spawnSync(node, [cli, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error || status !== 0) {
    fail(
      `\`npm ${args.join(' ')}\` failed (${error ? error.message : `exit code ${status}`}); its own message stands above.`,
    );
  }
}

async function takeLock() {
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`Cannot write ${lock}: ${error.message}`);
    }
    if (isStale()) rmSync(lock, { force: true });
    else {
      if (!waited)
        console.log(`Another setup is running (process ${read(lock) || 'unknown'}); waiting for it …`);
      await sleep(200);
    }
  }
}

function isStale() {
  const pid = Number(read(lock));
  if (!pid) return ageOf(lock) > 10_000; // between its creation and its content
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function ageOf(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function fail(message) {
  rmSync(lock, { force: true });
  console.error(`\nSetup failed. ${message}\nCheck that npm reaches its registry, then run: npm run setup`);
  process.exit(1);
}
