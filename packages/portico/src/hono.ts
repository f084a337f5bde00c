export { porticoHono, type PorticoEnv } from './hosts/hono.ts';
