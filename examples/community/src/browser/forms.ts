import { enhance, live } from 'portico/client';

/**
 * Forms without leaving the page. Those with `data-live` are checked field by field while they are filled in. One of an entry
 * that was saved by somebody else meanwhile is shown by its page, as without a script: the page knows what is there now, and
 * which version that is.
 */
export function enhanceForms(): void {
  enhance(document, {
    live: (root, isEnhanced, ended) =>
      live(root, (form) => form.dataset['live'] !== undefined && isEnhanced(form), ended),
    showPageFor: ({ code, data }) => code === 'CONFLICT' && isAboutVersions(data),
  });
}

/** Other conflicts, as of a form that was sent before with other values, say all there is to know. */
function isAboutVersions(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'currentVersion' in data;
}
