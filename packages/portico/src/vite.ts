export { porticoVite as portico, porticoVite as default } from './vite/plugin.ts';
export type { PorticoViteOptions } from './vite/options.ts';
export { actionsModuleTypes, type ModuleTypes } from './vite/module-types.ts';
