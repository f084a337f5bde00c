import { dateField } from './date-field.ts';
import { dropdownField } from './dropdown-field.ts';
import { emailField } from './email-field.ts';
import { lightswitchField } from './lightswitch-field.ts';
import { numberField } from './number-field.ts';
import { textField } from './text-field.ts';

/** The kinds of custom fields: `{ bio: field.text({ multiline: true, frontend: true }) }`. */
export const field = {
  text: textField,
  number: numberField,
  lightswitch: lightswitchField,
  dropdown: dropdownField,
  email: emailField,
  date: dateField,
} as const;
