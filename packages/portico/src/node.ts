export { toNodeListener, type NodeOptions, type PageHandler } from './hosts/node.ts';
