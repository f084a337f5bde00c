import { domainToUnicode } from 'node:url';
import { z } from 'zod';
import { isEmailAddress } from '../lib/email-address.ts';
import type { Field, FieldOptions } from './field.ts';
import { textLike } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { postedText } from './posted-text.ts';

export interface EmailOptions extends FieldOptions {
  readonly placeholder?: string;
}

export interface EmailField extends Field<string> {
  readonly type: 'email';
  readonly options: EmailOptions;
}

/**
 * An e-mail address as a user may have one, trimmed, with an internationalized domain in its letters (`xn--bcher-kva.example`
 * is `bücher.example`), and else as it was written. Nobody has confirmed it.
 */
export function emailField(options: EmailOptions = {}): EmailField {
  return {
    type: 'email',
    options,
    initial: null,
    isKept: textLike(/@/),
    comparedAs: 'text',
    normalize(posted, label) {
      const text = postedText(posted);
      if (text === null) return { value: null };
      const address = text === undefined || !isEmailAddress(text) ? undefined : inLetters(text);
      return address !== undefined && isEmailAddress(address)
        ? { value: address }
        : { error: `${label} is not a valid email address.` };
    },
    keywords: (value) => (typeof value === 'string' ? value : ''),
    formSchema: () => formControl(z.email().max(254), options),
  };
}

function inLetters(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  return /(?:^|\.)xn--/i.test(domain) ? address.slice(0, at) + domainToUnicode(domain) : address;
}
