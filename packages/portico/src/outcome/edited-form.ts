import type { Outcome } from '../define/outcome.ts';
import type { Exchange } from '../context/exchange.ts';
import { keepInput } from './kept-input.ts';
import { applyListEdit } from './list-edit.ts';

/**
 * Puts a form before the page as a list button changed it: what was typed, with a row more, less or elsewhere, and no
 * errors. A button that is none of ours changes nothing. Passwords and files are not kept, here as after a failure.
 */
export function showEditedForm(exchange: Exchange, outcome: Outcome): void {
  const { action } = outcome;
  const submission = outcome.submission ?? exchange.submitted;
  if (!action || submission?.kind !== 'form') return;
  const { entries, listIntent = '' } = submission;
  const edit = applyListEdit(entries, listIntent);
  const kept = keepInput(
    outcome.name,
    action.definition,
    edit ? { ...submission, entries: edit.entries } : submission,
  );
  exchange.kept = edit ? { ...kept, rows: edit.rows } : kept;
}
