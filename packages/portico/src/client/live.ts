import type { Control } from './form-controls.ts';
import { LiveForm, type LiveFormState } from './live-form.ts';

/** What `enhance()` offers beside its undoing, where its forms are live. */
export interface LiveForms {
  /**
   * Checks one field of a form now, shows what is wrong with it, and says whether nothing is. `false` as well where there is no
   * verdict: no answer, or the form was sent meanwhile. Never rejects.
   */
  validate(form: HTMLFormElement, field: string): Promise<boolean>;
  /** How a form stands, by such checks. */
  state(form: HTMLFormElement): LiveFormState;
}

const forms = new WeakMap<HTMLFormElement, LiveForm>();

/**
 * Checks fields with the server while a form is filled in: `enhance(document, { live })`. A field is checked once it was changed
 * and left, and while it is changed with an error beside it. `data-live="false"` on a form leaves it out. Not part of `enhance()`,
 * so that nobody loads it who does not use it.
 */
export function live(
  root: EventTarget,
  isEnhanced: (form: HTMLFormElement) => boolean,
  ended: AbortSignal,
): LiveForms {
  // One object a form, however often it is enhanced.
  const liveForm = (form: HTMLFormElement): LiveForm => {
    let known = forms.get(form);
    if (!known) {
      forms.set(form, (known = new LiveForm(form, ended)));
      ended.addEventListener('abort', () => forms.delete(form));
    }
    return known;
  };
  const onEdit = ({ type, target }: Event): void => {
    const control = target as Control;
    const { form, name } = control;
    if (!form || !name || control.type === 'file' || form.dataset['live'] === 'false') return;
    // Nobody is told that he is wrong before he is done; that he is right now, at once.
    if (type === 'input' && control.getAttribute('aria-invalid') !== 'true') return;
    if (isEnhanced(form)) liveForm(form).change(name);
  };
  root.addEventListener('change', onEdit, { signal: ended });
  root.addEventListener('input', onEdit, { signal: ended });
  return {
    validate: (form, field) => liveForm(form).validate(field),
    state: (form) => liveForm(form).state,
  };
}
