import { assetsField } from './assets-field.ts';
import { buttonGroupField } from './button-group-field.ts';
import { categoriesField } from './categories-field.ts';
import { checkboxesField } from './checkboxes-field.ts';
import { colorField } from './color-field.ts';
import { contentBlockField } from './content-block-field.ts';
import { countryField } from './country-field.ts';
import { dateField } from './date-field.ts';
import { dropdownField } from './dropdown-field.ts';
import { emailField } from './email-field.ts';
import { entriesField } from './entries-field.ts';
import { jsonField } from './json-field.ts';
import { lightswitchField } from './lightswitch-field.ts';
import { linkField } from './link-field.ts';
import { matrixField } from './matrix-field.ts';
import { moneyField } from './money-field.ts';
import { multiSelectField } from './multi-select-field.ts';
import { numberField } from './number-field.ts';
import { radioField } from './radio-field.ts';
import { rangeField } from './range-field.ts';
import { tableField } from './table-field.ts';
import { tagsField } from './tags-field.ts';
import { textField } from './text-field.ts';
import { timeField } from './time-field.ts';
import { usersField } from './users-field.ts';

/** The kinds of custom fields: `{ bio: field.text({ multiline: true, frontend: true }) }`. */
export const field = {
  text: textField,
  number: numberField,
  range: rangeField,
  money: moneyField,
  lightswitch: lightswitchField,
  dropdown: dropdownField,
  radio: radioField,
  buttonGroup: buttonGroupField,
  checkboxes: checkboxesField,
  multiSelect: multiSelectField,
  email: emailField,
  link: linkField,
  color: colorField,
  country: countryField,
  date: dateField,
  time: timeField,
  json: jsonField,
  entries: entriesField,
  categories: categoriesField,
  tags: tagsField,
  users: usersField,
  assets: assetsField,
  table: tableField,
  matrix: matrixField,
  contentBlock: contentBlockField,
} as const;
