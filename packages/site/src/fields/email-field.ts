import { isEmailAddress } from '../lib/email-address.ts';
import type { Field, FieldOptions } from './field.ts';
import { postedText } from './posted-text.ts';

export interface EmailOptions extends FieldOptions {
  readonly placeholder?: string;
}

export interface EmailField extends Field<string> {
  readonly type: 'email';
  readonly options: EmailOptions;
}

/** An e-mail address as a user may have one, trimmed and else as it was written. Nobody has confirmed it. */
export function emailField(options: EmailOptions = {}): EmailField {
  return {
    type: 'email',
    options,
    initial: null,
    normalize(posted, label) {
      const text = postedText(posted);
      if (text === null) return { value: null };
      return text !== undefined && isEmailAddress(text)
        ? { value: text }
        : { error: `${label} is not a valid email address.` };
    },
  };
}
