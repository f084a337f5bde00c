import { z } from 'zod';
import { isStorableText } from '../lib/storable-text.ts';
import type { Field, FieldOptions } from './field.ts';
import { formControl } from './form-control.ts';
import { postedText } from './posted-text.ts';

export interface TextOptions extends FieldOptions {
  /** The most characters it may have; a letter with its marks may count as several. */
  readonly charLimit?: number;
  /** The most bytes it may have in UTF-8. */
  readonly byteLimit?: number;
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
  const { charLimit, byteLimit } = options;
  return {
    type: 'text',
    options,
    initial: null,
    comparedAs: 'text',
    normalize(posted, label) {
      const text = postedText(posted);
      if (text === null) return { value: null };
      if (text === undefined) return { error: `${label} must be text.` };
      if (!isStorableText(text)) return { error: `${label} has characters that cannot be stored.` };
      if (charLimit !== undefined && Array.from(text).length > charLimit)
        return { error: `${label} should contain at most ${charLimit} characters.` };
      if (byteLimit !== undefined && Buffer.byteLength(text) > byteLimit)
        return { error: `${label} should contain at most ${byteLimit} bytes.` };
      return { value: text };
    },
    keywords: (value) => (typeof value === 'string' ? value : ''),
    formSchema() {
      // No text has more characters than bytes.
      const limit = Math.min(charLimit ?? Infinity, byteLimit ?? Infinity);
      return formControl(limit === Infinity ? z.string() : z.string().max(limit), options);
    },
  };
}
