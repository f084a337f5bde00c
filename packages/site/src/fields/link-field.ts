import { z } from 'zod';
import type { Field, FieldOptions, FieldValue, FieldValues, Normalized } from './field.ts';
import { isText, orNone } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { LINK_ATTRIBUTES, readAttributes, type LinkAttributes } from './link-attributes.ts';
import {
  guessType,
  isWebAddress,
  LINK_TYPES,
  linkedElement,
  normalizeTarget,
  type LinkType,
} from './link-target.ts';
import { ownValue, postedRecord } from './posted-record.ts';
import { postedText } from './posted-text.ts';
import type { Reference } from './reference.ts';

export interface LinkOptions extends FieldOptions {
  /** Where it may lead. With `entry`, `category` or `asset` it is a field for entries only. Default: url, email, tel and sms. */
  readonly types?: readonly LinkType[];
  /** Handles of the sections whose entries it may lead to; categories are entries, too. Default: any. */
  readonly sections?: readonly string[];
  /** Handle of the volume whose assets it may lead to. Default: any. */
  readonly volume?: string;
  /** The most characters of the address. Default: 255. */
  readonly maxLength?: number;
}

/** A link as it is kept: `value` is what goes into `href`, or for elements of the site a ref tag, `{entry:12:url}`. */
export type LinkData = { readonly type: LinkType; readonly value: string } & {
  readonly [Name in keyof LinkAttributes]: LinkAttributes[Name];
};

export interface LinkField extends Field<LinkData> {
  readonly type: 'link';
  readonly options: LinkOptions & { readonly types: readonly LinkType[] };
}

const TARGETS: Readonly<Record<LinkType, string>> = {
  url: 'a web address',
  email: 'an email address',
  tel: 'a phone number',
  sms: 'a number for text messages',
  entry: 'an entry',
  category: 'a category',
  asset: 'an asset',
};

/**
 * A link. Takes a text, whose type is guessed, or `{ type, value, label, urlSuffix, target, title, class, id, rel, ariaLabel,
 * download, filename }`, where the value may also stand as `{ [type]: { value } }`. No other scheme is taken than http, https,
 * mailto, tel and sms.
 */
export function linkField(options: LinkOptions = {}): LinkField {
  const { types = ['url', 'email', 'tel', 'sms'], maxLength = 255 } = options;
  const namesElements = types.some((type) => type === 'entry' || type === 'category' || type === 'asset');
  return {
    type: 'link',
    options: { ...options, types },
    initial: null,
    isKept: orNone(isLink),
    normalize: (posted, label) => normalizeLink(posted, label, types, maxLength),
    ...(namesElements && { references: (value: FieldValue) => referencesOf(value, options) }),
    keywords: wordsOf,
    formSchema() {
      const text = z.string().max(255).optional();
      const attributes = Object.fromEntries(LINK_ATTRIBUTES.map((name) => [name, text]));
      const type = z.enum(types).optional();
      return formControl(z.object({ ...attributes, type, value: z.string().max(maxLength) }), options);
    },
  };
}

function normalizeLink(
  posted: unknown,
  label: string,
  types: readonly LinkType[],
  maxLength: number,
): Normalized<LinkData> {
  const record = postedRecord(posted) ?? { value: posted };
  const strange = Object.keys(record).find((name) => !KNOWN.has(name));
  if (strange !== undefined)
    return {
      error: `${label}: a link has no “${strange.length > 60 ? `${strange.slice(0, 60)}…` : strange}”.`,
    };
  const named = postedText(ownValue(record, 'type'));
  const text = targetText(record, named);
  if (text === null) return { value: null };
  const type = named ?? (text === undefined ? undefined : guessType(text));
  const allowed = types.find((known) => known === type);
  const value = allowed === undefined || text === undefined ? undefined : normalizeTarget(allowed, text);
  if (allowed === undefined || value === undefined)
    return { error: `${label} must be ${listOf(allowed === undefined ? types : [allowed])}.` };
  if (value.length > maxLength) return { error: `${label} should contain at most ${maxLength} characters.` };
  const { attributes, errors } = readAttributes(record);
  if (Object.keys(errors).length > 0) return { errors };
  // A path `/` with a suffix `/evil.example` would lead to another host.
  if (allowed === 'url' && !isWebAddress(value + (attributes.urlSuffix ?? '')))
    return { errors: { urlSuffix: ['The URL suffix of the link is not valid.'] } };
  return { value: { type: allowed, value, ...attributes } };
}

const KNOWN = new Set<string>(['type', 'value', ...LINK_TYPES, ...LINK_ATTRIBUTES]);

/** The address that was posted, in `value` or under the name of its type; null for blank, undefined for what is no text. */
function targetText(
  record: Readonly<Record<string, unknown>>,
  type: string | null | undefined,
): string | null | undefined {
  const nested = typeof type === 'string' ? ownValue(record, type) : undefined;
  const within = postedRecord(nested) ?? { value: nested };
  const posted = ownValue(record, 'value') ?? ownValue(within, 'value');
  // A control that selects elements posts a list of one.
  const one: unknown = Array.isArray(posted) && posted.length <= 1 ? posted[0] : posted;
  return typeof one === 'number' ? String(one) : postedText(one);
}

function listOf(types: readonly LinkType[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(types.map((type) => TARGETS[type]));
}

function isLink(value: FieldValue): boolean {
  const { type, value: target } = linkIn(value) as FieldValues;
  return LINK_TYPES.some((known) => known === type) && isText(target ?? null);
}

function linkIn(value: FieldValue): Readonly<Record<string, unknown>> {
  return postedRecord(value) ?? {};
}

function referencesOf(value: FieldValue, { sections, volume }: LinkOptions): readonly Reference[] {
  const target = ownValue(linkIn(value), 'value');
  const element = typeof target === 'string' ? linkedElement(target) : undefined;
  if (element === undefined) return [];
  const { id } = element;
  return element.type === 'asset'
    ? [{ kind: 'asset', id, path: '', allowed: { volume } }]
    : [{ kind: 'entry', id, path: '', allowed: { sections } }];
}

function wordsOf(value: FieldValue): string {
  const link = linkIn(value);
  const target = ownValue(link, 'value');
  const isElement = typeof target === 'string' && linkedElement(target) !== undefined;
  return [ownValue(link, 'label'), ownValue(link, 'title'), isElement ? '' : target]
    .filter((text) => typeof text === 'string' && text !== '')
    .join('\n');
}
