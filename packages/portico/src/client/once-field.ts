import { ONCE_FIELD } from '../wire/names.ts';
import { member } from './form-controls.ts';

/** Gives a form that stays on its page the one-time id of what it sends next, if the answer brought one. */
export function renewOnce(form: HTMLFormElement, id: string | null | undefined): void {
  if (!id) return;
  for (const field of member(form, 'elements')) {
    if ((field as HTMLInputElement).name === ONCE_FIELD) (field as HTMLInputElement).value = id;
  }
}
