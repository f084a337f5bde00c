import { domainToASCII } from 'node:url';

// RFC 5321 section 4.5.3.1 bounds the parts; 254 is what a mailbox may have in all (RFC 3696, erratum 1690).
const MAX_LENGTH = 254;
const MAX_LOCAL_BYTES = 64;

// What the HTML standard calls a valid e-mail address, and beyond it letters of any script (RFC 6531). No quoted local parts,
// no comments, no addresses in brackets: mail programs and lists disagree on them.
const LOCAL = /^[\p{L}\p{N}\p{M}.!#$%&'*+/=?^_`{|}~-]+$/u;
const DOMAIN_LETTERS = /^[\p{L}\p{N}\p{M}.-]+$/u;
// RFC 1035 section 2.3.1, and a top-level domain that is no part of an IP address (RFC 3696 section 2).
const DOMAIN =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** Whether mail can be sent to it: one mailbox, with a domain of at least two parts, internationalized or not. */
export function isEmailAddress(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (!LOCAL.test(local) || Buffer.byteLength(local) > MAX_LOCAL_BYTES) return false;
  // RFC 5322 section 3.4.1: dots stand between atoms.
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false;
  const domain = text.slice(at + 1);
  // `domainToASCII` drops line breaks and tabs, as URLs do.
  return DOMAIN_LETTERS.test(domain) && DOMAIN.test(domainToASCII(domain));
}
