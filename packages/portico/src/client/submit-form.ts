import { clearErrors, showErrors } from './form-errors.ts';
import type { EnhanceOptions, FormSuccess } from './enhance-options.ts';
import { member } from './form-controls.ts';
import { formResultOf, type FormResult } from './form-result.ts';
import { noAnswer } from './no-answer.ts';
import { renewOnce } from './once-field.ts';
import { renewTokens } from './renew-tokens.ts';
import { sendForm } from './send-form.ts';
import { isPageDoor, type FormSubmission } from './submission.ts';

/** Forms that are being sent by the browser itself, however often they are enhanced. */
export const leftToBrowser: WeakSet<HTMLFormElement> = new WeakSet();

// A page that is left keeps its form busy for as long, so that nothing is sent twice; it is freed for
// visitors who come back and for redirects that turn out to be downloads.
const LEAVING_MS = 5000;

/** Sends a form, which is busy meanwhile, and shows what came of it. */
export async function submitForm(
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
    const result = await resultOf(form, submission, stays ? 'redirect' : 'always');
    leaves = settle(form, submitter, result, options);
    // What comes back to the page by the back button is a repeat, as is what the browser sends to see the page.
    if (!leaves) renewOnce(form, result.once);
  } finally {
    if (leaves) {
      setTimeout(free, LEAVING_MS);
      // Timers stand still in a page that the browser keeps for the back button.
      addEventListener('pageshow', ({ persisted }) => persisted && free(), { once: true });
    } else free();
  }
}

interface SentResult extends FormResult {
  readonly once: string | null;
}

async function resultOf(
  form: HTMLFormElement,
  { url, body }: FormSubmission,
  navigates: 'always' | 'redirect',
): Promise<SentResult> {
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
    return { ...(await formResultOf(answer, isPageDoor(url))), once: answer.once };
  } catch (cause) {
    return { data: undefined, error: noAnswer(url, cause), once: null };
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
function settle(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  result: FormResult,
  options: EnhanceOptions,
): boolean {
  const { data, error, redirect, message } = result;
  renewTokens(error ? error.data : data);
  if (error) {
    if (!fire(form, 'error', { error })) return false;
    if (options.showPageFor?.(error, form)) {
      leftToBrowser.add(form);
      member(form, 'requestSubmit').call(form, submitter);
      leftToBrowser.delete(form);
      return true;
    }
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
