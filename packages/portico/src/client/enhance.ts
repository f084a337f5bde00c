import { isActionError, ErrorBase } from '../wire/error-base.ts';
import type { ActionError } from '../wire/error.ts';
import { CSRF_FIELD } from '../wire/names.ts';
import { member } from './form-controls.ts';
import { clearErrors, showErrors } from './form-errors.ts';
import { formResultOf, type FormResult } from './form-result.ts';
import { sendForm, type PorticoProgress } from './send-form.ts';
import { isPageDoor, isPortico, submissionOf, type FormSubmission } from './submission.ts';

/** What a form's success brought. */
export interface FormSuccess {
  readonly data: unknown;
  /** The message of a controller-style answer. */
  readonly message: string | undefined;
  /** Where the action sends its visitor. */
  readonly redirect: string | undefined;
}

export interface EnhanceOptions {
  /** Which forms below a root are enhanced. Default: those that name an action of Portico for certain. */
  readonly filter?: (form: HTMLFormElement) => boolean;
  /** Called after a success. The form stays on its page then, unless the action redirects. */
  readonly onSuccess?: (success: FormSuccess, form: HTMLFormElement) => void;
  /** Called after a failure, once its messages are shown. */
  readonly onError?: (error: ActionError, form: HTMLFormElement) => void;
  /** Follows a redirect in place of `location.assign`: for a router, a dialog. */
  readonly onRedirect?: (to: string, form: HTMLFormElement) => void;
  /**
   * Shown where no answer came, or none of Portico. Default: `The form could not be sent. Please try again.`
   */
  readonly failureText?: string;
}

declare global {
  interface HTMLElementEventMap {
    'portico:progress': CustomEvent<PorticoProgress>;
    'portico:success': CustomEvent<FormSuccess>;
    'portico:error': CustomEvent<{ readonly error: ActionError }>;
  }
}

// A page that is left keeps its form busy for as long, so that nothing is sent twice; it is freed for
// visitors who come back and for redirects that turn out to be downloads.
const LEAVING_MS = 5000;

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
 * a function that undoes all this.
 */
export function enhance(
  target: HTMLElement | Document | DocumentFragment | string = document,
  options: EnhanceOptions = {},
): () => void {
  const root: EventTarget = typeof target === 'string' ? document : target;
  const onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || (typeof target === 'string' && !form.closest(target))) return;
    const { submitter } = event as SubmitEvent;
    const submission = submissionOf(form, submitter);
    if (!submission) return;
    if (form !== target) {
      if (form.getAttribute('data-enhance') === 'false') return;
      if (!(options.filter ? options.filter(form) : isPortico(submission))) return;
    }
    event.preventDefault();
    if (!form.hasAttribute('data-pending')) void submit(form, submitter, submission, options);
  };
  root.addEventListener('submit', onSubmit);
  return () => root.removeEventListener('submit', onSubmit);
}

async function submit(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  submission: FormSubmission,
  options: EnhanceOptions,
): Promise<void> {
  setPending(form, submitter, true);
  const free = (): void => setPending(form, submitter, false);
  let leaves = false;
  try {
    const stays = options.onSuccess !== undefined || form.hasAttribute('data-reset');
    leaves = settle(form, await resultOf(form, submission, stays ? 'redirect' : 'always'), options);
  } finally {
    if (leaves) {
      setTimeout(free, LEAVING_MS);
      // Timers stand still in a page that the browser keeps for the back button.
      addEventListener('pageshow', ({ persisted }) => persisted && free(), { once: true });
    } else free();
  }
}

async function resultOf(
  form: HTMLFormElement,
  { url, body }: FormSubmission,
  navigates: 'always' | 'redirect',
): Promise<FormResult> {
  const bar = form.querySelector<HTMLProgressElement>('progress[data-portico-progress]');
  try {
    const answer = await sendForm(
      url.href,
      body,
      (progress) => {
        if (!fire(form, 'progress', progress) || !bar) return;
        bar.max = progress.total;
        bar.value = progress.loaded;
      },
      navigates,
    );
    return await formResultOf(answer, isPageDoor(url));
  } catch (cause) {
    const error = isActionError(cause)
      ? cause
      : new ErrorBase(
          {
            code: 'NETWORK_ERROR',
            message: `${url.href} gave no answer: ${(cause as Error | undefined)?.message}`,
            cause,
          },
          0,
        );
    return { data: undefined, error };
  }
}

/** Loads a page, also where only its fragment is new and the browser would merely scroll. */
function goTo(redirect: string): void {
  const target = new URL(redirect, location.href);
  const isSamePage = target.href.split('#', 1)[0] === location.href.split('#', 1)[0];
  location.assign(target);
  if (isSamePage && target.hash !== '') location.reload();
}

/** Instead of messages that are written for developers. */
function textFor(code: string, failureText: string | undefined): string | undefined {
  if (code === 'CSRF_FAILED') return 'The form could not be checked. Please send it once more.';
  if (code !== 'NETWORK_ERROR' && code !== 'UNEXPECTED_RESPONSE') return undefined;
  return failureText ?? 'The form could not be sent. Please try again.';
}

/** Shows what came of a submission. Whether the page is left. */
function settle(form: HTMLFormElement, result: FormResult, options: EnhanceOptions): boolean {
  const { data, error, redirect, message } = result;
  renewTokens(error ? error.data : data);
  if (error) {
    if (!fire(form, 'error', { error })) return false;
    clearErrors(form);
    showErrors(form, error, textFor(error.code, options.failureText) ?? error.message);
    options.onError?.(error, form);
    return false;
  }
  const success: FormSuccess = { data, message, redirect };
  if (!fire(form, 'success', success)) return false;
  clearErrors(form);
  options.onSuccess?.(success, form);
  const resets = form.hasAttribute('data-reset');
  if (resets) member(form, 'reset').call(form);
  if (redirect === undefined) {
    if (resets || options.onSuccess) return false;
    // Without the fragment, which would only scroll.
    location.assign(location.pathname + location.search);
    return true;
  }
  // A visitor's text may be part of it: no `javascript:`.
  if (!/^https?:$/.test(new URL(redirect, location.href).protocol)) return false;
  if (options.onRedirect) options.onRedirect(redirect, form);
  else goTo(redirect);
  return !options.onRedirect;
}

/**
 * Whoever logs in or out gets a new token; the one printed into the page's forms is worth nothing from then
 * on.
 */
function renewTokens(data: unknown): void {
  const { csrfTokenValue, csrfTokenName = CSRF_FIELD } = (data ?? {}) as Record<string, unknown>;
  if (typeof csrfTokenValue !== 'string') return;
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type="hidden"]'))
    if (input.name === csrfTokenName) input.value = csrfTokenValue;
}

// Nothing is disabled: a disabled button loses the focus.
function setPending(form: HTMLFormElement, submitter: HTMLElement | null, pending: boolean): void {
  form.toggleAttribute('data-pending', pending);
  mark(form, 'aria-busy', pending);
  if (submitter) mark(submitter, 'aria-disabled', pending);
}

function mark(element: HTMLElement, state: string, on: boolean): void {
  if (on) element.setAttribute(state, 'true');
  else element.removeAttribute(state);
}

function fire(form: HTMLFormElement, name: string, detail: unknown): boolean {
  return form.dispatchEvent(new CustomEvent(`portico:${name}`, { detail, bubbles: true, cancelable: true }));
}
