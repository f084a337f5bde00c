import type { SignedPlace } from './signed.ts';

/** Body parameters that travel signed, so that a visitor can send them but not write them. */
export const SIGNED_PARAMS: readonly ['redirect', 'successMessage', 'failMessage'] = [
  'redirect',
  'successMessage',
  'failMessage',
];

/** The parameter in which a form says under which name it wants the model back: `entryVariable`. */
export function modelVariableParam(model: string): string {
  return `${model}Variable`;
}

/** Bound to the parameter's name: a message cannot be sent as a redirect. */
export function paramPlace(name: string): SignedPlace {
  return { purpose: 'param', name };
}
