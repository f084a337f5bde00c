import { relative } from 'node:path';
import type { Plugin } from 'vite';
import { clientModule, mountModule, serverModule } from './module-code.ts';
import { MOUNT_ID, type Project } from './project.ts';

const NAME = 'portico:actions';
const ID = `\0${NAME}`;

/** Makes the module `portico:actions` for each environment, and anew when the actions change. */
export function actionsModule(project: () => Project): Plugin {
  /** What browsers have of it; `''` where it could not be made. */
  let sent = '';

  async function clientCode(): Promise<string> {
    return clientModule(await project().names());
  }

  return {
    name: NAME,
    enforce: 'pre',
    buildStart() {
      if (this.environment.mode === 'build') project().forget();
    },
    resolveId(source) {
      if (source === NAME) return ID;
      return source === MOUNT_ID ? MOUNT_ID : undefined;
    },
    async load(id) {
      if (id === MOUNT_ID) return mountModule(project().file(), await project().exports());
      if (id !== ID) return undefined;
      if (this.environment.config.consumer === 'server') {
        return serverModule(project().file(), await project().exports());
      }
      sent = '';
      sent = await clientCode();
      if (this.environment.mode === 'build') for (const file of project().files()) this.addWatchFile(file);
      return sent;
    },
    async hotUpdate({ file, modules }) {
      const { consumer } = this.environment.config;
      const module = this.environment.moduleGraph.getModuleById(ID);
      if (consumer === 'server') {
        // What the file exports may be another thing now.
        const isThere = module && project().isActionsFile(file);
        return isThere ? [...new Set([...modules, module])] : undefined;
      }
      if (!project().concerns(file)) return undefined;
      project().forget();
      if (!module) return undefined;
      const code = await clientCode().catch((error: unknown) => {
        this.environment.logger.error((error as Error).message, { timestamp: true });
        return undefined;
      });
      // Handlers changed, and browsers know none.
      if (code === sent) return undefined;
      if (code !== undefined) {
        this.environment.logger.info(`portico: the actions changed (${relative(project().root, file)})`, {
          timestamp: true,
        });
      }
      return [...modules, module];
    },
  };
}
