import { enhance } from 'portico/client';

/**
 * Forms without leaving the page. One of an entry that was saved by somebody else meanwhile is sent once more as if there were
 * no script: the page that answers shows what is there now, and knows which version that is.
 */
export function enhanceForms(): void {
  enhance(document, {
    onError: ({ code }, form) => {
      if (code === 'CONFLICT' && form.elements.namedItem('version') !== null) form.submit();
    },
  });
}
