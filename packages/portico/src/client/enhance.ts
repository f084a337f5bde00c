import type { EnhanceOptions } from './enhance-options.ts';
import type { LiveForms } from './live.ts';
import { isPortico, submissionOf, type FormSubmission } from './submission.ts';
import { leftToBrowser, submitForm } from './submit-form.ts';

type EnhanceTarget = HTMLElement | Document | DocumentFragment | string;

/**
 * Sends forms by script, as they would be sent without one: to the same address with the same fields, the
 * button's included. Marks them busy (`aria-busy`, `data-pending`), puts errors beside their fields, follows
 * redirects.
 *
 * `target` is one form, or a root whose forms are enhanced, those added later too; as text, a selector of
 * such. In a root, `data-enhance="false"` on a form leaves it to the browser, as it must be where the answer
 * is a download.
 *
 * Fires `portico:progress`, `portico:success` and `portico:error` on the form; they bubble, and
 * `preventDefault()` stops what would follow. After a success without a redirect the page is loaded again to
 * show the new state, unless there is an `onSuccess` or the form has `data-reset`, which empties it. Returns
 * a function that undoes all this; with `live`, which fires `portico:validated` after each check of a field, it has `validate`
 * and `state`.
 */
export function enhance(
  target: EnhanceTarget,
  options: EnhanceOptions & { readonly live: NonNullable<EnhanceOptions['live']> },
): (() => void) & LiveForms;
export function enhance(target?: EnhanceTarget, options?: EnhanceOptions): () => void;
export function enhance(
  target: EnhanceTarget = document,
  options: EnhanceOptions = {},
): (() => void) & Partial<LiveForms> {
  const root: EventTarget = typeof target === 'string' ? document : target;
  const ended = new AbortController();
  const { signal } = ended;

  const submissionOfOurs = (
    form: HTMLFormElement,
    submitter: HTMLElement | null,
  ): FormSubmission | undefined => {
    if (typeof target === 'string' && !form.closest(target)) return undefined;
    const submission = submissionOf(form, submitter);
    if (!submission || form === target) return submission;
    if (form.getAttribute('data-enhance') === 'false') return undefined;
    return (options.filter ? options.filter(form) : isPortico(submission)) ? submission : undefined;
  };
  const onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || leftToBrowser.has(form)) return;
    const { submitter } = event as SubmitEvent;
    const submission = submissionOfOurs(form, submitter);
    if (!submission) return;
    event.preventDefault();
    if (!form.hasAttribute('data-pending')) void submitForm(form, submitter, submission, options);
  };
  root.addEventListener('submit', onSubmit, { signal });
  const forms = options.live?.(root, (form) => submissionOfOurs(form, null) !== undefined, signal);
  return Object.assign(() => ended.abort(), forms);
}
