import { addressesField } from '../addresses/addresses-field.ts';
import { field as fields } from '../fields/define.ts';

/** The kinds of custom fields: `{ bio: field.text({ multiline: true, frontend: true }) }`. */
export const field = { ...fields, addresses: addressesField } as const;
