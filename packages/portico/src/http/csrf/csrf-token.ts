import { randomFillSync, timingSafeEqual } from 'node:crypto';
import { macOf, strictBase64url } from '../signing/mac.ts';
import type { Keyring } from '../signing/secrets.ts';

const PURPOSE = 'csrf';
const MAC_BYTES = 32;
const TOKEN_CHARS = 86;

/** What a token is bound to: the session and its user, so that a guest's token ends at login. */
export function csrfBinding(sessionId: string, userId: string | undefined): string {
  return userId === undefined ? `guest:${sessionId}` : `user:${sessionId}:${userId}`;
}

/**
 * A CSRF token for a binding (OWASP: HMAC-based token). It looks different at each reading, since it is laid
 * under a random mask, so that compressed pages do not give it away byte by byte (BREACH).
 */
export function maskedToken(keyring: Keyring, binding: string): string {
  const token = Buffer.allocUnsafe(2 * MAC_BYTES);
  randomFillSync(token, 0, MAC_BYTES);
  const mac = bindingMac(keyring, keyring.newest, binding);
  if (mac === undefined) throw new Error('The keyring has no key to make a CSRF token with.');
  for (let at = 0; at < MAC_BYTES; at++) token[MAC_BYTES + at] = (token[at] ?? 0) ^ (mac[at] ?? 0);
  return token.toString('base64url');
}

/** Whether `maskedToken` made this token for this binding, under any secret of the ring. Takes any text. */
export function tokenMatches(keyring: Keyring, binding: string, token: string): boolean {
  if (token.length !== TOKEN_CHARS) return false;
  const bytes = strictBase64url(token);
  if (bytes === undefined) return false;
  const given = bytes.subarray(MAC_BYTES);
  for (let at = 0; at < MAC_BYTES; at++) given[at] = (given[at] ?? 0) ^ (bytes[at] ?? 0);
  let matches = false;
  for (const id of keyring.ids) {
    const mac = bindingMac(keyring, id, binding);
    if (mac !== undefined && timingSafeEqual(mac, given)) matches = true;
  }
  return matches;
}

function bindingMac(keyring: Keyring, id: string, binding: string): Buffer | undefined {
  const key = keyring.key(PURPOSE, id);
  return key && macOf(key, [PURPOSE, binding]);
}
