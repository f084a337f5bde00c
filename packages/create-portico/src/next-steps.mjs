import { relative } from 'node:path';
import { oldestNode } from './package-json.mjs';

/**
 * What to do with a project that was just made.
 *
 * @param {string} target
 * @param {Pick<import('./choices.mjs').Choices, 'host' | 'accounts'>} choices
 * @param {number} files
 */
export function nextSteps(target, choices, files) {
  const folder = relative(process.cwd(), target);
  const run = packageManager();
  const node = oldestNode(choices);
  const lines = [
    `${files} files in ${target}. Next:`,
    '',
    ...(folder === '' ? [] : [`  cd ${folder.includes(' ') ? `"${folder}"` : folder}`]),
    `  ${run} install`,
    `  ${run} run dev      # http://localhost:3000, with the explorer at /_portico`,
    `  ${run} test`,
    ...(choices.accounts ? ['', 'Mails wait at http://localhost:3000/_portico/mail in development.'] : []),
    ...(isOlder(process.versions.node, node)
      ? ['', `It needs Node ${node} or later; this is ${process.versions.node}.`]
      : []),
  ];
  return lines.join('\n');
}

/** The package manager that started us: `pnpm create portico` goes on with pnpm. */
function packageManager() {
  const [name = ''] = (process.env.npm_config_user_agent ?? '').split('/');
  return ['pnpm', 'yarn', 'bun'].includes(name) ? name : 'npm';
}

/**
 * @param {string} version
 * @param {string} than
 */
function isOlder(version, than) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = than.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
