export { portico, portico as default } from './hosts/astro/integration.ts';
export type { PorticoAstroOptions } from './hosts/astro/integration.ts';
