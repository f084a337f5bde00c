import { createKeyring, type Keyring } from '../../../src/http/signing/secrets.ts';

export const SECRETS = ['newest-'.repeat(6), 'older-secret-'.repeat(4), 'somebody-elses-'.repeat(4)] as const;

/** The ring of a running app, the ring it had before its secret was rotated, and one it never had. */
export const keyring: Keyring = createKeyring([SECRETS[0], SECRETS[1]]);
export const olderKeyring: Keyring = createKeyring([SECRETS[1]]);
export const foreignKeyring: Keyring = createKeyring([SECRETS[2]]);

/** `text` with another character at one place. */
export function altered(text: string, at: number, by: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/= \u0141';
  const place = at % text.length;
  const others = [...alphabet].filter((char) => char !== text[place]);
  return text.slice(0, place) + others[by % others.length] + text.slice(place + 1);
}
