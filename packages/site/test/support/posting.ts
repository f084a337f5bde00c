import type { FieldValue, Posting } from '../../src/fields/field.ts';
import { createPosting, type NotedUpload } from '../../src/fields/posting.ts';

/** The circumstances of a value that a form posted; `uploads` collects the files. */
export function posting(
  current: FieldValue = null,
  options: { readonly trusted?: boolean; readonly timeZone?: string; readonly uploads?: NotedUpload[] } = {},
): Posting {
  return createPosting({ trusted: false, timeZone: 'UTC', uploads: [], ...options }).within('it', current);
}
