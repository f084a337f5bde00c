import { pluginDefault, type AppView } from '../app-view.ts';
import type { Finding, Severity } from '../finding.ts';
import { isInMemory } from '../memory-stores.ts';

const ONE_PROCESS = 'With one process, and nothing lost by a restart, leave it as it is.';

export function memoryLimits(view: AppView): Finding | undefined {
  const actions = view.actions.filter(({ action }) => action.definition.limits.length > 0);
  const store = view.options.limits ?? pluginDefault(view.options, 'limits');
  if (actions.length === 0 || (store !== undefined && !isInMemory(store))) return undefined;
  return {
    id: 'limits-in-memory',
    severity: inProduction(view),
    title: 'Rate limits count in the memory of the process.',
    risk: 'Of several processes each counts alone, so that a limit of 5 is one of 5 for each; a restart forgets all.',
    fix: `createPortico({ limits: store }), a store that all processes share: Redis, or that of @portico/site. ${ONE_PROCESS}`,
    actions: actions.map(({ name }) => name),
  };
}

export function memoryOnce(view: AppView): Finding | undefined {
  const actions = view.actions.filter(({ action }) => action.definition.once !== false);
  const store = view.options.once?.store ?? pluginDefault(view.options, 'once')?.store;
  if (actions.length === 0 || (store !== undefined && !isInMemory(store))) return undefined;
  return {
    id: 'once-in-memory',
    severity: inProduction(view),
    title: 'Outcomes of `once` actions are kept in the memory of the process.',
    risk: 'A repeat that reaches another process, or comes after a restart, runs the action again.',
    fix: `createPortico({ once: { store } }), a store that all processes share. ${ONE_PROCESS}`,
    actions: actions.map(({ name }) => name),
  };
}

export function memorySessions(view: AppView): Finding | undefined {
  const { session } = view;
  if (session === false || session.store === undefined || !isInMemory(session.store)) return undefined;
  return {
    id: 'sessions-in-memory',
    severity: inProduction(view),
    title: 'Sessions live in the memory of the process.',
    risk: 'A restart signs everybody out, and another process knows nobody.',
    fix: 'Leave session.store out (then sessions live in an encrypted cookie), or pass one that all processes share.',
  };
}

function inProduction({ isProduction }: AppView): Severity {
  return isProduction ? 'warning' : 'note';
}
