import type { ActionError } from '../wire/error.ts';
import type { FormValidation } from './check-fields.ts';
import type { live } from './live.ts';
import type { PorticoProgress } from './send-form.ts';

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
  /**
   * Whether the page itself is to show this failure, as it does without a script: `({ code }) => code === 'CONFLICT'`
   * where the page then shows both versions. The browser sends the form once more, by itself. Default: never.
   */
  readonly showPageFor?: (error: ActionError, form: HTMLFormElement) => boolean;
  /**
   * Checks fields with the server while the forms are filled in: pass the `live` of `portico/client`. `data-live="false"` on a
   * form leaves it out.
   */
  readonly live?: typeof live | undefined;
}

declare global {
  interface HTMLElementEventMap {
    'portico:progress': CustomEvent<PorticoProgress>;
    'portico:success': CustomEvent<FormSuccess>;
    'portico:error': CustomEvent<{ readonly error: ActionError }>;
    'portico:validated': CustomEvent<FormValidation>;
  }
}
