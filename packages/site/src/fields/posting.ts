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

/** The title of a tag that is made with the entry, where there is none yet. */
export interface NotedTag {
  /** What stands for it in the value; files and tags are counted as one. */
  readonly noted: number;
  readonly title: string;
  /** Handle of the section that it goes to. */
  readonly section: string;
  /** By handles, as of uploads. */
  readonly path: string;
}

export interface PostingOptions {
  readonly trusted: boolean;
  readonly timeZone: string;
  /** Default: `en`. */
  readonly language?: string | undefined;
  /** Epoch milliseconds. Default: the machine's clock. */
  readonly now?: number | undefined;
  /** Files are noted here. */
  readonly uploads: NotedUpload[];
  /** Titles of new tags are noted here. */
  readonly tags: NotedTag[];
}

/** The circumstances of a whole set of fields; `within` gives those of each. */
export function createPosting(options: PostingOptions): Posting {
  return postingAt(options, '', null);
}

function postingAt(options: PostingOptions, path: string, current: FieldValue): Posting {
  const { trusted, timeZone, language = 'en', now = Date.now(), uploads, tags } = options;
  const next = (): number => -1 - uploads.length - tags.length;
  return {
    current,
    trusted,
    timeZone,
    language,
    now,
    upload(file, rules) {
      const noted = next();
      uploads.push({ noted, file, rules, path });
      return noted;
    },
    tag(title, section) {
      const noted = next();
      tags.push({ noted, title, section, path });
      return noted;
    },
    within: (inner, value) => postingAt(options, path === '' ? inner : `${path}.${inner}`, value),
  };
}
