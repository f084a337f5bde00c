// `npm test`: every check in order, stopping at the first that fails. `node scripts/test.mjs types lint` runs some.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

const steps = {
  types: [
    'tsc -p packages/portico/tsconfig.build.json --noEmit', // isolatedDeclarations hold only there
    ...[
      'packages/portico',
      'packages/site',
      'packages/create-portico',
      'examples/community',
      'bench',
      'e2e',
    ].map((project) => `tsc -p ${project}`),
    // Astro writes what `portico:actions` and `Astro.locals` are.
    'node --conditions=portico-source node_modules/astro/bin/astro.mjs sync --silent --root examples/astro',
    'tsc -p examples/astro --noEmit',
  ],
  lint: [
    'node scripts/check-lock.mjs',
    'oxfmt --check',
    'oxlint --type-aware --deny-warnings',
    'node scripts/check-layers.mjs',
    'node scripts/check-docs-links.mjs',
    'node scripts/check-docs-code.mjs',
  ],
  http: ['vitest run --project unit --project portico --project site --project community --project starter'],
  browser: ['vitest run --project browser'],
};

if (!process.version.startsWith('v24.')) {
  console.error(
    `The checks run on Node 24, but this is ${process.version}. Start them through npm (\`npm test\`), which puts the Node of the \`node\` package first on PATH, or run \`npm run setup\` first.`,
  );
  process.exit(1);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`Unknown step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}.`);
  process.exit(1);
}

const reports = mkdtempSync(join(tmpdir(), 'portico-test-'));
const total = { passed: 0, failed: 0 };
let failedStep;

for (const name of wanted.length > 0 ? wanted : Object.keys(steps)) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const ok = steps[name].every(run);
  console.log(`== ${name}: ${ok ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (!ok) {
    failedStep = name;
    break;
  }
}
rmSync(reports, { recursive: true, force: true });

if (failedStep)
  console.error(`\nStopped at the step "${failedStep}". To run it alone: npm run test:${failedStep}`);
const ranTests = wanted.length === 0 || wanted.some((name) => steps[name][0].startsWith('vitest'));
if (ranTests) {
  // A step that fails without a failing test (types, lint, a crash) counts as one, so that red never reads "0 failed".
  const failed = failedStep ? Math.max(total.failed, 1) : 0;
  console.log(`\n${total.passed} passed, ${failed} failed`);
}
process.exitCode = failedStep ? 1 : 0;

function run(command) {
  console.log(`$ ${command}`);
  const report = command.startsWith('vitest') ? join(reports, `${Date.now()}.json`) : undefined;
  const { status } = spawnSync(
    report ? `${command} --reporter=default --reporter=json --outputFile.json="${report}"` : command,
    {
      cwd: root,
      shell: true,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` },
    },
  );
  if (report) count(report);
  return status === 0;
}

function count(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += numPassedTests;
    total.failed += numFailedTests;
  } catch {
    // No report: the runner itself fell over, and its exit code says so.
  }
}
