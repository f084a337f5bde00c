import type { FieldValue, Posting } from './field.ts';
import type { UploadRules } from './upload-rules.ts';

/** A file that was posted to a field, until it is known whether all else was right. */
export interface NotedUpload {
  /** What stands for its asset in the value: -1 for the first. */
  readonly noted: number;
  readonly file: File;
  readonly rules: UploadRules;
  /** By handles: `cover`, `blocks.entries.new:1.fields.image`. */
  readonly path: string;
}

export interface PostingOptions {
  readonly trusted: boolean;
  readonly timeZone: string;
  /** Files are noted here. */
  readonly uploads: NotedUpload[];
}

/** The circumstances of a whole set of fields; `within` gives those of each. */
export function createPosting(options: PostingOptions): Posting {
  return postingAt(options, '', null);
}

function postingAt(options: PostingOptions, path: string, current: FieldValue): Posting {
  const { trusted, timeZone, uploads } = options;
  return {
    current,
    trusted,
    timeZone,
    upload(file, rules: UploadRules) {
      const noted = -1 - uploads.length;
      uploads.push({ noted, file, rules, path });
      return noted;
    },
    within: (inner, value) => postingAt(options, path === '' ? inner : `${path}.${inner}`, value),
  };
}
