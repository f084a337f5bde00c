import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/**
 * HMAC-SHA-256 over several texts. Each goes in behind its length, so that no two lists of texts give the
 * same input: `['ab', 'c']` and `['a', 'bc']` differ.
 */
export function macOf(key: KeyObject, texts: readonly string[]): Buffer {
  let input = '';
  for (const text of texts) input += `${Buffer.byteLength(text)}:${text}`;
  return createHmac('sha256', key).update(input).digest();
}

/**
 * Whether two texts are equal, in a time that tells nothing about where they differ. Their lengths are no
 * secret.
 */
export function equalTexts(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * The bytes of a base64url text (RFC 4648 section 5, no padding), or `undefined` when it is not the one text
 * that encodes them: Node's decoder forgives, and what is forgiven could be altered unseen.
 */
export function strictBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
