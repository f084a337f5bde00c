import { createHash, randomBytes } from 'node:crypto';
import { ActionError } from '../../wire/error.ts';
import { ONCE_FIELD } from '../../wire/names.ts';
import type { Keyring } from '../signing/secrets.ts';
import { sign, type SignedPlace } from '../signing/signed.ts';

/** What signs a form's id: it is good for nothing else. */
export const ONCE_PLACE: SignedPlace = { purpose: 'once', name: ONCE_FIELD };

/** A new id for one form on one page: 128 random bits, signed. */
export function newOnceId(keyring: Keyring): string {
  return sign(keyring, ONCE_PLACE, randomBytes(16).toString('base64url'));
}

const VISIBLE = /^[\x21-\x7e]{8,255}$/;

/**
 * The id in an `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header): text, or a structured string, which is
 * text in quotes (RFC 9651 section 3.3.3). Throws 400 where it is not 8 to 255 visible characters.
 */
export function idempotencyKey(header: string): string {
  const quoted = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(header.trim());
  const key = quoted ? (quoted[1] ?? '').replace(/\\(.)/g, '$1') : header.trim();
  if (VISIBLE.test(key)) return key;
  throw new ActionError({
    code: 'BAD_REQUEST',
    message:
      'The header Idempotency-Key must be 8 to 255 visible ASCII characters without spaces, such as a UUID.',
  });
}

/** The name under which a store keeps the submission: of another action, visitor or id, another one. */
export function onceKey(action: string, who: string, id: string): string {
  const hash = createHash('sha256');
  for (const text of [action, who, id]) hash.update(`${Buffer.byteLength(text)}:${text}`);
  return hash.digest('hex');
}
