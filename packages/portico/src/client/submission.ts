import { LIST_FIELD, PAGE_PARAM } from '../wire/names.ts';

/** What the browser would send. */
export interface FormSubmission {
  readonly url: URL;
  readonly body: FormData;
}

/**
 * What a form is about to send, by the submission algorithm of the HTML standard; `undefined` where the
 * browser has to do it: another method than POST, another window, another origin, a button that edits a list.
 */
export function submissionOf(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
): FormSubmission | undefined {
  // By attribute: a field named `action` or `method` hides the property.
  const setting = (name: string): string =>
    submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  if (setting('method').toLowerCase() !== 'post' || !/^(?:_self)?$/i.test(setting('target')))
    return undefined;
  if (submitter?.getAttribute('name') === LIST_FIELD) return undefined;
  const url = new URL(setting('action') || location.href, document.baseURI);
  return url.origin === location.origin ? { url, body: new FormData(form, submitter) } : undefined;
}

export function isPageDoor(url: URL): boolean {
  return url.searchParams.has(PAGE_PARAM);
}

/**
 * Whether a form is Portico's for certain. An `action` field without a slash or dot may be another program's,
 * so it is left to the browser.
 */
export function isPortico({ url, body }: FormSubmission): boolean {
  return (
    isPageDoor(url) ||
    url.pathname.includes('/actions/') ||
    [url.searchParams.get('action'), body.get('action')].some(
      (name) => typeof name === 'string' && /[./]/.test(name),
    )
  );
}
