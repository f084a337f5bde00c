import type { ActionTree } from '../../define/tree.ts';
import { answerActions } from './actions/answer-actions.ts';
import { inputActions, type SignAction } from './actions/input-actions.ts';
import { timeActions } from './actions/time-actions.ts';
import type { Journal } from './journal.ts';

export interface ConformanceActions extends ActionTree {
  readonly sign: SignAction;
}

/**
 * The actions of the suite, which tell `journal` what they do. Mounted under the name `conformance`, in an app whose base
 * `baseOf` gives.
 */
export function conformanceActions(journal: Journal, baseOf: () => string): ConformanceActions {
  return { ...inputActions(journal), ...answerActions(journal, baseOf), ...timeActions(journal) };
}
