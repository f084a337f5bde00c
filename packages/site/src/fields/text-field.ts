import { isStorableText } from '../lib/storable-text.ts';
import type { Field, FieldOptions } from './field.ts';
import { postedText } from './posted-text.ts';

export interface TextOptions extends FieldOptions {
  /** The most characters it may have; a letter with its marks may count as several. */
  readonly charLimit?: number;
  /** Asks for it in a `<textarea>`. Lines are kept either way. */
  readonly multiline?: boolean;
  readonly placeholder?: string;
}

export interface TextField extends Field<string> {
  readonly type: 'text';
  readonly options: TextOptions;
}

/** Plain text: trimmed, CRLF as LF. */
export function textField(options: TextOptions = {}): TextField {
  const { charLimit } = options;
  return {
    type: 'text',
    options,
    initial: null,
    normalize(posted, label) {
      const text = postedText(posted);
      if (text === null) return { value: null };
      if (text === undefined) return { error: `${label} must be text.` };
      if (!isStorableText(text)) return { error: `${label} has characters that cannot be stored.` };
      if (charLimit !== undefined && Array.from(text).length > charLimit)
        return { error: `${label} should contain at most ${charLimit} characters.` };
      return { value: text };
    },
  };
}
