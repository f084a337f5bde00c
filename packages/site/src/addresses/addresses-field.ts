import { z } from 'zod';
import { countFault } from '../fields/count-fault.ts';
import type { FieldOptions, FieldValue, FilledField, Posting } from '../fields/field.ts';
import { newIds, newUids, placeOf } from '../fields/nested-places.ts';
import { readNested, type NestedItem } from '../fields/nested-posting.ts';
import { shownPost } from '../fields/posted-record.ts';
import { personName } from '../users/person-name.ts';
import type { AddressContent } from './address.ts';
import { contentOf, NATIVE_FIELDS, type NativeField } from './address-field.ts';
import { postedContent } from './posted-content.ts';
import { validateAddress, type AddressRules } from './validate-address.ts';

export interface AddressesOptions extends FieldOptions {
  /** `strict` checks postal codes and administrative areas too, `craft` required and used fields only. Default: `strict`. */
  readonly validation?: AddressRules['validation'];
  /** Native fields that are required whatever the country. */
  readonly requiredFields?: AddressRules['required'];
  /** The fewest addresses, once their owner counts. */
  readonly min?: number;
  /** The most. */
  readonly max?: number;
  /** The country of a new one that names none. Default: `US`. */
  readonly defaultCountryCode?: string;
}

/** An address that lives within a field. Its id counts within the field. */
type NestedAddress = { readonly id: number; readonly uid: string } & {
  readonly [Name in NativeField]: AddressContent[Name];
};

export interface AddressesField extends FilledField<readonly NestedAddress[]> {
  readonly type: 'addresses';
  readonly options: AddressesOptions;
}

const NAMES = new Set<string>(['id', 'uid', ...NATIVE_FIELDS]);

/**
 * Addresses that belong to what has the field, each judged by the rules of its country. Takes them as a Matrix field takes
 * entries: by id with their order (`{ sortOrder, addresses }`), by uid, by `new:…`, or as a list.
 */
export function addressesField(options: AddressesOptions = {}): AddressesField {
  const { validation = 'strict', requiredFields = [] } = options;
  const rules: AddressRules = { validation, required: requiredFields };
  return {
    type: 'addresses',
    options,
    initial: [],
    normalize(posted, label, posting) {
      const current = addressesOf(posting.current);
      if (posted === '*') return { value: current };
      const { items, errors } = readNested(posted, current, {
        label,
        names: ['addresses', 'entries', 'blocks'],
      });
      const refused = new Map(Object.entries(errors));
      const newId = newIds(current);
      const newUid = newUids(current);
      const value = items.map((item) =>
        keptAddress(item, {
          options,
          rules,
          posting,
          ids: () => ({ id: newId(), uid: newUid(item.uid ?? item.posted?.['uid']) }),
          refuse: (path, messages) => void refused.set(path, messages),
        }),
      );
      if (refused.size > 0) return { errors: Object.fromEntries(refused) };
      return { value, postedAt: (path) => placeOf(path, items) };
    },
    isBlank: (value) => addressesOf(value).length === 0,
    lacks(value, label) {
      const addresses = addressesOf(value);
      const faults = addresses.flatMap((address, index) =>
        Object.entries(validateAddress(contentOf(address), rules).errors).map(
          ([name, messages]) => [`${index}.${name}`, messages] as const,
        ),
      );
      const found = {
        ...countFault(label, addresses.length, options, 'address', 'addresses'),
        ...Object.fromEntries(faults),
      };
      return Object.keys(found).length === 0 ? undefined : found;
    },
    keywords: (value) =>
      addressesOf(value)
        .flatMap(({ title, fullName, organization, addressLine1, locality, postalCode }) => [
          ...[title, fullName, organization, addressLine1, postalCode, locality],
        ])
        .filter(Boolean)
        .join(' '),
    formSchema: () => z.array(addressSchema).optional(),
  };
}

interface Circumstances {
  readonly options: AddressesOptions;
  readonly rules: AddressRules;
  readonly posting: Posting;
  readonly ids: () => { readonly id: number; readonly uid: string };
  readonly refuse: (path: string, messages: readonly string[]) => void;
}

function keptAddress(
  { former, path, posted }: NestedItem<NestedAddress>,
  { options, rules, posting, ids, refuse }: Circumstances,
): NestedAddress {
  const base = former ?? { ...EMPTY, countryCode: options.defaultCountryCode ?? 'US', ...ids() };
  if (posted === undefined) return base;
  for (const name of Object.keys(posted)) {
    if (!NAMES.has(name)) refuse(`${path}.${shownPost(name)}`, [`There is no “${shownPost(name)}” here.`]);
  }
  const { content: sent, errors } = postedContent(posted, posting);
  for (const [name, message] of errors) refuse(`${path}.${name}`, [message]);
  const whole = {
    ...contentOf(base),
    ...sent,
    // An address is always in some country: none is no change.
    countryCode: sent.countryCode || base.countryCode,
    ...personName(sent, base),
  };
  const { content, errors: faults } = validateAddress(whole, rules);
  for (const [name, messages] of Object.entries(faults)) {
    // What is missing matters once the owner counts; what is there must be right at once.
    if (whole[name as NativeField] !== null) refuse(`${path}.${name}`, messages);
  }
  return { id: base.id, uid: base.uid, ...content };
}

const EMPTY = Object.fromEntries(NATIVE_FIELDS.map((name) => [name, null])) as unknown as AddressContent;

const text = z.string().max(255).optional();
const addressSchema = z.object({
  ...(Object.fromEntries(NATIVE_FIELDS.map((name) => [name, text])) as Record<NativeField, typeof text>),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  id: z.string().optional(),
});

/** The addresses of a kept value. What is none was kept by a field of another kind. */
function addressesOf(value: FieldValue): readonly NestedAddress[] {
  return Array.isArray(value) ? (value as readonly FieldValue[]).filter(isAddress) : [];
}

function isAddress(value: FieldValue): value is NestedAddress {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'uid' in value &&
    'countryCode' in value
  );
}
