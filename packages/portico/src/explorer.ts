export { explorer, type ExplorerOptions } from './explorer/create-explorer.ts';
export type { ActionDescription, DoorDescription, FieldDescription } from './doctor/describe/description.ts';
