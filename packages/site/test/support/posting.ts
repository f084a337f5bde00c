import type { FieldValue, Posting } from '../../src/fields/field.ts';
import { createPosting, type PostingOptions } from '../../src/fields/posting.ts';

/** The circumstances of a value that a form posted; `uploads` and `tags` collect what is noted. */
export function posting(current: FieldValue = null, options: Partial<PostingOptions> = {}): Posting {
  const all = { trusted: false, timeZone: 'UTC', uploads: [], tags: [], ...options };
  return createPosting(all).within('it', current);
}
