import type { SafeHtml } from 'portico/html';
import type { Settings } from '../config.ts';
import { textField, type TextField } from './text-field.ts';

/** The field for the name one signs in by. */
export function loginNameField(
  { useEmailAsUsername }: Pick<Settings, 'useEmailAsUsername'>,
  given: Pick<TextField, 'value' | 'errors' | 'describedBy'> & { readonly autofocus: boolean },
): SafeHtml {
  const { autofocus, ...field } = given;
  return textField({
    ...field,
    name: 'loginName',
    label: useEmailAsUsername ? 'Email' : 'Username or email',
    // Not `email`, whose check in browsers knows no letters beyond ASCII before the @.
    type: 'text',
    attributes: {
      autocomplete: 'username',
      inputmode: useEmailAsUsername ? 'email' : null,
      autocapitalize: 'none',
      spellcheck: 'false',
      autofocus,
    },
  });
}
