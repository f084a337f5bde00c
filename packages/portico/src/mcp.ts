export { mcp } from './mcp/plugin.ts';
export type { McpOptions } from './mcp/options.ts';
