import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * The app's secrets, as what signs and encrypts sees them: keys for one purpose each, never the secret
 * itself.
 */
export interface Keyring {
  /**
   * Names of the keys, newest first. A name is a fingerprint: eight characters that give nothing of the
   * secret away.
   */
  readonly ids: readonly string[];
  /** The name of the key that signs and encrypts; the others only verify. */
  readonly newest: string;
  /**
   * The 256-bit key of one purpose (HKDF-SHA-256, RFC 5869), or `undefined` for a name that is not in the
   * ring. Keys are kept once derived, so `purpose` must be a constant of the code, never what a client sent.
   */
  key(purpose: string, id: string): KeyObject | undefined;
}

const MIN_SECRET_LENGTH = 32;
const KEY_BYTES = 32;
const KEY_ID_BYTES = 6;

function derive(secret: string, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'portico/v1', info, bytes));
}

/**
 * A keyring of the app's secrets, newest first: the first signs and encrypts, all verify and decrypt, so that
 * a secret is changed by putting a new one in front. Whitespace around a secret is left out: files end in a
 * newline, variables do not. Throws when there is none or one is shorter than 32 characters.
 */
export function createKeyring(secrets: readonly string[]): Keyring {
  if (secrets.length === 0) {
    throw new Error('`secrets` is empty. Make a secret with: openssl rand -base64 32');
  }
  const secretById = new Map<string, string>();
  for (const [index, given] of secrets.entries()) {
    const secret = given.trim();
    if (secret.length < MIN_SECRET_LENGTH) {
      throw new Error(
        `secrets[${index}] has ${secret.length} characters, and a secret needs at least ${MIN_SECRET_LENGTH}. ` +
          'Make one with: openssl rand -base64 32',
      );
    }
    secretById.set(derive(secret, 'key id', KEY_ID_BYTES).toString('base64url'), secret);
  }
  const ids = [...secretById.keys()];
  const derived = new Map<string, KeyObject>();

  return {
    ids,
    newest: ids[0] ?? '',
    key(purpose, id) {
      const cacheKey = `${id}/${purpose}`;
      const known = derived.get(cacheKey);
      if (known !== undefined) return known;
      const secret = secretById.get(id);
      if (secret === undefined) return undefined;
      const key = createSecretKey(derive(secret, `key/${purpose}`, KEY_BYTES));
      derived.set(cacheKey, key);
      return key;
    },
  };
}

/**
 * The name under which a store keeps what a random token opens: reading the store does not give the token.
 */
export function hashedToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
