import { isEmailAddress } from '../lib/email-address.ts';
import { isStorableText } from '../lib/storable-text.ts';
import { postedId } from './relation-list.ts';

export const LINK_TYPES = ['url', 'email', 'tel', 'sms', 'entry', 'category', 'asset'] as const;
export type LinkType = (typeof LINK_TYPES)[number];

/** A link to another element of the site: its ref tag is `{entry:12:url}`, of one site `{entry:12@de:url}`. */
export interface LinkedElement {
  readonly type: LinkType;
  readonly id: number;
}

const REF_TAG = /^\{(entry|category|asset):([1-9]\d{0,15})(@\w+)?(?::url)?\}$/;
const PREFIX = { email: 'mailto:', tel: 'tel:', sms: 'sms:' } as const;
// With a query, as for a subject: `?subject=Hello`.
const QUERY = String.raw`(?:\?[\w!$&'()*+,;=:@%/?.~-]*)?`;
const MAILBOX = new RegExp(`^([^?]+)${QUERY}$`);
const NUMBER = new RegExp(`^\\+?(?=[^?]*\\d)[\\d*#(),;.=a-z-]+${QUERY}$`, 'i');

/** What sort of link a text alone is; undefined where nothing tells. */
export function guessType(text: string): LinkType | undefined {
  const tagged = REF_TAG.exec(text)?.[1];
  if (tagged !== undefined) return tagged as LinkType;
  if (/^https?:/i.test(text) || text.startsWith('/') || text.startsWith('#')) return 'url';
  const prefixed = Object.entries(PREFIX).find(([, prefix]) => text.toLowerCase().startsWith(prefix));
  if (prefixed !== undefined) return prefixed[0] as LinkType;
  return isEmailAddress(text) ? 'email' : undefined;
}

/**
 * Where a link of that type leads, as it is kept: an address of the web, a path or an anchor; `mailto:`, `tel:` or `sms:` with
 * what follows; a ref tag. `undefined` for anything else, so for every other scheme: `javascript:` in a link runs.
 */
export function normalizeTarget(type: LinkType, text: string): string | undefined {
  if (!isStorableText(text)) return undefined;
  switch (type) {
    case 'url':
      return isWebAddress(text) ? text : undefined;
    case 'email': {
      const mailbox = withoutPrefix(text, PREFIX.email);
      const address = MAILBOX.exec(mailbox)?.[1];
      return address !== undefined && isEmailAddress(address) ? PREFIX.email + mailbox : undefined;
    }
    case 'tel':
    case 'sms': {
      const number = withoutPrefix(text, PREFIX[type]).replaceAll(/[ \u00A0]/g, '');
      return NUMBER.test(number) ? PREFIX[type] + number : undefined;
    }
    default:
      return refTag(type, text);
  }
}

/** The element that a kept value names. */
export function linkedElement(value: string): LinkedElement | undefined {
  const [, type, id] = REF_TAG.exec(value) ?? [];
  return type === undefined ? undefined : { type: type as LinkType, id: Number(id) };
}

/**
 * Whether it is an address of the web with a host, a path of this site or an anchor. Nothing that a browser leaves out or
 * takes for something else: blanks, control characters, quotes, angle brackets and backslashes; no name and password before
 * the host, by which `https://bank.example@evil.example` deceives.
 */
export function isWebAddress(text: string): boolean {
  if (/[\s\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF"<>\\`]/.test(text))
    return false;
  if (text.startsWith('#')) return true;
  if (text.startsWith('/')) return !text.startsWith('//');
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && hostname !== '' && username === '' && password === '';
}

function refTag(type: LinkType, text: string): string | undefined {
  const [, tagged = type, id = text, site = ''] = REF_TAG.exec(text) ?? [];
  const known = postedId(id);
  return tagged === type && known !== undefined ? `{${type}:${known}${site}:url}` : undefined;
}

function withoutPrefix(text: string, prefix: string): string {
  return text.toLowerCase().startsWith(prefix) ? text.slice(prefix.length) : text;
}
