import type { Finding } from '../finding.ts';
import type { AppView } from '../app-view.ts';

const OLDEST_NODE = 22;

export function shownErrors({ options, isProduction }: AppView): Finding | undefined {
  if (!isProduction || options.dev !== true) return undefined;
  return {
    id: 'dev-in-production',
    severity: 'error',
    title: '`dev: true` is written into the options, and NODE_ENV says neither development nor test.',
    risk: 'Visitors read messages and stacks of unexpected errors, and the explorer answers whoever sits on the machine.',
    fix: 'Leave `dev` out: NODE_ENV=development turns it on at your desk.',
  };
}

export function oldNode({ surroundings: { nodeVersion } }: AppView): Finding | undefined {
  if (nodeVersion === undefined || Number.parseInt(nodeVersion, 10) >= OLDEST_NODE) return undefined;
  return {
    id: 'old-node',
    severity: 'error',
    title: `Node ${nodeVersion} is older than Portico takes.`,
    risk: 'Parts of it do not run, and this Node gets no security fixes.',
    fix: `Install Node ${OLDEST_NODE} or a later one.`,
  };
}
