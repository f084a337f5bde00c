import type { ActionsExports } from './actions-file.ts';
import type { Names } from './verbs.ts';

/** `portico:actions` in a browser: functions by name, and nothing of the server. */
export function clientModule({ verbs, base }: Names): string {
  const options = base === '' ? '' : `, ${JSON.stringify({ baseUrl: base })}`;
  return `import { createActions } from 'portico/client';
export { ActionError, enhance, isActionError, isInputError } from 'portico/client';
export const actions = /* @__PURE__ */ createActions(${JSON.stringify(verbs)}${options});
`;
}

const CORE = `export { enhance } from 'portico/client';
export { ActionError, defineAction, getActionContext, isActionError, isInputError } from 'portico';
`;

/**
 * `portico:actions` on a server: the definitions. What comes from `portico` stands first, and `actions` is bound live, so
 * that the file of actions may itself import from here.
 */
export function serverModule(file: string, exports: ActionsExports): string {
  const source = JSON.stringify(file);
  if (!exports.portico) return `${CORE}export { server as actions } from ${source};\n`;
  // Where the file of actions was loaded first and imports this module, there is no app yet when this line runs.
  return `${CORE}import { portico } from ${source};
export { portico };
const tree = () => portico.actions;
let actions;
try {
  actions = tree();
} catch {
  actions = new Proxy({}, {
    get: (_target, key) => tree()[key],
    has: (_target, key) => key in tree(),
    ownKeys: () => Reflect.ownKeys(tree()),
    getOwnPropertyDescriptor: (_target, key) => {
      const found = Reflect.getOwnPropertyDescriptor(tree(), key);
      return found && { ...found, configurable: true };
    },
  });
}
export { actions };
`;
}

/** What the dev and the preview server mount: the app of the file, else one made of its actions. */
export function mountModule(file: string, exports: ActionsExports): string {
  const source = JSON.stringify(file);
  const host = `export { porticoExpress } from 'portico/express';\n`;
  if (exports.portico) return `${host}export { portico } from ${source};\n`;
  return `${host}import { createPortico } from 'portico';
import { server } from ${source};
export const portico = createPortico({ actions: server });
`;
}
