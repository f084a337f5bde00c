import { z } from 'zod';
import type { Field, FieldOptions } from './field.ts';
import { postedText } from './posted-text.ts';

export interface EmailOptions extends FieldOptions {
  readonly placeholder?: string;
}

export interface EmailField extends Field<string> {
  readonly type: 'email';
  readonly options: EmailOptions;
}

// RFC 5321, 4.5.3.1.3: a path has 256 octets, two of them for its angle brackets.
const MAX_LENGTH = 254;
const email = z.email();

/** An e-mail address, trimmed and else as it was written. Nobody has confirmed it. */
export function emailField(options: EmailOptions = {}): EmailField {
  return {
    type: 'email',
    options,
    initial: null,
    normalize(posted, label) {
      const text = postedText(posted);
      if (text === null) return { value: null };
      return text !== undefined && text.length <= MAX_LENGTH && email.safeParse(text).success
        ? { value: text }
        : { error: `${label} is not a valid email address.` };
    },
  };
}
