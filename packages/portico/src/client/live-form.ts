import { checkFields, type FormValidation } from './check-fields.ts';
import { prepareErrors, showFieldErrors, wrongFields } from './field-errors.ts';
import { pathOfName } from './field-names.ts';
import { renewTokens } from './renew-tokens.ts';
import { submissionOf } from './submission.ts';

/** How a live form stands, by its fields as errors name them. */
export interface LiveFormState {
  /** A check is under way, or about to be. */
  readonly validating: boolean;
  /** Changed by the visitor. */
  readonly touched: readonly string[];
  /** Right when last checked. */
  readonly valid: readonly string[];
  /** Wrong when last checked. */
  readonly invalid: readonly string[];
}

interface Waiting {
  readonly path: string;
  readonly tell: (isValid: boolean) => void;
}

// Who leaves a field by the tab key is in the next one before a request would be under way.
const DELAY_MS = 250;

/**
 * A form whose fields are checked by the server while it is filled in. One request at a time: a newer one asks about the fields of
 * the one it ends, too.
 */
export class LiveForm {
  readonly #form: HTMLFormElement;
  readonly #touched = new Set<string>();
  readonly #verdicts = new Map<string, boolean>();
  /** What the next check asks about. */
  readonly #due = new Set<string>();
  /** What is being asked about. */
  readonly #asked = new Set<string>();
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request: AbortController | undefined;
  #isOff = false;

  constructor(form: HTMLFormElement, signal: AbortSignal) {
    this.#form = form;
    // What is sent is judged as a whole; a late answer about one field must not undo that.
    form.addEventListener('submit', () => this.#cancel(), { signal });
    form.addEventListener('reset', () => this.#forget(), { signal });
    signal.addEventListener('abort', () => this.#cancel());
  }

  get state(): LiveFormState {
    const judged = (isValid: boolean): string[] =>
      [...this.#verdicts.keys()].filter((path) => this.#verdicts.get(path) === isValid);
    return {
      validating: this.#timer !== undefined || this.#request !== undefined,
      touched: [...this.#touched],
      valid: judged(true),
      invalid: judged(false),
    };
  }

  /** A field was changed: it is checked soon, together with those that are changed meanwhile. */
  change(name: string): void {
    this.#touched.add(pathOfName(name));
    this.#ask(name);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), DELAY_MS);
  }

  /** Checks a field now. Whether nothing is wrong with it; `false` as well where there is no verdict. */
  validate(name: string): Promise<boolean> {
    const path = this.#ask(name);
    return new Promise((tell) => {
      this.#waiting.push({ path, tell });
      void this.#check();
    });
  }

  #ask(name: string): string {
    const path = pathOfName(name);
    prepareErrors(this.#form, path);
    this.#due.add(path);
    return path;
  }

  async #check(): Promise<void> {
    this.#stop();
    const form = this.#form;
    const submission = submissionOf(form, null);
    if (this.#isOff || !submission || form.hasAttribute('data-pending')) return this.#cancel();
    for (const field of this.#due) this.#asked.add(field);
    // An error that stands there may be gone with this change: of two passwords that differed, it was the other one.
    for (const field of wrongFields(form)) this.#asked.add(field);
    this.#due.clear();
    const fields = [...this.#asked];
    const { signal } = (this.#request = new AbortController());
    form.toggleAttribute('data-validating', true);
    const validation = await checkFields(submission, fields, signal);
    if (signal.aborted) return;
    // Only the request: what was changed meanwhile still waits for its own.
    this.#request = undefined;
    form.removeAttribute('data-validating');
    this.#settle(validation);
  }

  #settle(validation: FormValidation): void {
    const { fields, errors, error } = validation;
    const form = this.#form;
    // Whoever does not know the question may take it for a submission: he is not asked again.
    this.#isOff = error?.code === 'UNEXPECTED_RESPONSE' && error.status < 400;
    const detail = { detail: validation, bubbles: true, cancelable: true };
    const isShown = form.dispatchEvent(new CustomEvent('portico:validated', detail));
    this.#asked.clear();
    if (error) {
      renewTokens(error.data);
      for (const field of fields) this.#due.add(field);
      return this.#tell(fields, () => true);
    }
    // What was changed meanwhile is no longer what was judged.
    const judged = fields.filter((field) => !this.#due.has(field));
    if (isShown) showFieldErrors(form, judged, errors);
    const isWrong = (field: string): boolean =>
      Object.keys(errors).some(
        (path) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`),
      );
    for (const field of judged) this.#verdicts.set(field, !isWrong(field));
    this.#tell(judged, isWrong);
  }

  /** Tells who waits for one of these fields. */
  #tell(fields: readonly string[], isWrong: (field: string) => boolean): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ path }) => !fields.includes(path));
    for (const { path, tell } of waiting) if (fields.includes(path)) tell(!isWrong(path));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#timer = this.#request = undefined;
    this.#form.removeAttribute('data-validating');
  }

  #cancel(): void {
    this.#stop();
    const fields = [...this.#due, ...this.#asked];
    this.#due.clear();
    this.#asked.clear();
    this.#tell(fields, () => true);
  }

  #forget(): void {
    this.#cancel();
    this.#touched.clear();
    this.#verdicts.clear();
  }
}
