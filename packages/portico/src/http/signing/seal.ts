import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { strictBase64url } from './mac.ts';
import type { Keyring } from './secrets.ts';

const VERSION = 1;
const KEY_ID_BYTES = 6;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_START = 1 + KEY_ID_BYTES;
const HEAD_BYTES = NONCE_START + NONCE_BYTES;

/** How many characters `seal` makes of a text of so many bytes in UTF-8. */
export function sealedLength(textBytes: number): number {
  return Math.ceil(((HEAD_BYTES + textBytes + TAG_BYTES) * 4) / 3);
}

/**
 * Encrypts and authenticates a text for one purpose: base64url of version, key id, nonce, ciphertext and tag.
 * AES-256-GCM with a random 96-bit nonce, good for 2^32 texts a purpose and secret (NIST SP 800-38D section
 * 8.3); the head and the purpose are authenticated with it. `purpose` must be a constant of the code. Lone
 * surrogates become U+FFFD.
 */
export function seal(keyring: Keyring, purpose: string, text: string): string {
  const key = keyring.key(`seal/${purpose}`, keyring.newest);
  if (key === undefined) throw new Error('The keyring has no key to seal with.');
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head[0] = VERSION;
  head.write(keyring.newest, 1, 'base64url');
  randomFillSync(head, NONCE_START);
  const cipher = createCipheriv('aes-256-gcm', key, head.subarray(NONCE_START));
  cipher.setAAD(associatedData(head, purpose));
  const ciphertext = cipher.update(text, 'utf8');
  cipher.final();
  return Buffer.concat([head, ciphertext, cipher.getAuthTag()]).toString('base64url');
}

/** The text of what `seal` made for the same purpose; `undefined` for anything else, whatever it is. */
export function open(keyring: Keyring, purpose: string, sealed: string): string | undefined {
  const bytes = strictBase64url(sealed);
  if (bytes === undefined || bytes.length < HEAD_BYTES + TAG_BYTES || bytes[0] !== VERSION) return undefined;
  const key = keyring.key(`seal/${purpose}`, bytes.toString('base64url', 1, NONCE_START));
  if (key === undefined) return undefined;
  const tagStart = bytes.length - TAG_BYTES;
  const nonce = bytes.subarray(NONCE_START, HEAD_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(bytes, purpose));
  decipher.setAuthTag(bytes.subarray(tagStart));
  try {
    const text = decipher.update(bytes.subarray(HEAD_BYTES, tagStart));
    decipher.final();
    return text.toString('utf8');
  } catch {
    return undefined;
  }
}

function associatedData(head: Buffer, purpose: string): Buffer {
  return Buffer.concat([head.subarray(0, NONCE_START), Buffer.from(purpose)]);
}
