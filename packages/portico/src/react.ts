export { formAction, withState } from './client/react.ts';
export type { FormAction, StateAction } from './client/react.ts';
