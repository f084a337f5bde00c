import { equalTexts, macOf } from './mac.ts';
import type { Keyring } from './secrets.ts';

/** What a signed value is for. A value signed for one place is refused at every other. */
export interface SignedPlace {
  /** The mechanism that reads the value, a constant of the code: `redirect`, `message`, `variable`. */
  readonly purpose: string;
  /** The request parameter that carries the value: `redirect`, `successMessage`. */
  readonly name: string;
}

const VERSION = 'v1';
const KEY_ID_CHARS = 8;
const MAC_CHARS = 43;
const MAC_START = VERSION.length + 1 + KEY_ID_CHARS + 1;
const VALUE_START = MAC_START + MAC_CHARS + 1;

/**
 * `value` with its signature in front, to travel through a client: `v1.<key id>.<mac>.<value>`. The value
 * stays readable. Line breaks become LF and lone surrogates U+FFFD, as a form's submission would make of
 * them.
 */
export function sign(keyring: Keyring, place: SignedPlace, value: string): string {
  const text = asSubmitted(value);
  return `${VERSION}.${keyring.newest}.${signature(keyring, keyring.newest, place, text) ?? ''}.${text}`;
}

/**
 * The value that `sign` signed for this very place, with line breaks as LF; `undefined` for anything else.
 */
export function verify(keyring: Keyring, place: SignedPlace, signed: string): string | undefined {
  if (
    !signed.startsWith(`${VERSION}.`) ||
    signed[MAC_START - 1] !== '.' ||
    signed[VALUE_START - 1] !== '.' ||
    !signed.isWellFormed()
  ) {
    return undefined;
  }
  const text = asSubmitted(signed.slice(VALUE_START));
  const expected = signature(keyring, signed.slice(VERSION.length + 1, MAC_START - 1), place, text);
  const given = signed.slice(MAC_START, VALUE_START - 1);
  return expected !== undefined && equalTexts(given, expected) ? text : undefined;
}

function signature(keyring: Keyring, keyId: string, place: SignedPlace, text: string): string | undefined {
  const key = keyring.key(`sign/${place.purpose}`, keyId);
  return key && macOf(key, [VERSION, place.purpose, place.name, text]).toString('base64url');
}

// Browsers submit every line break as CRLF (HTML standard, "constructing the entry list"), whatever the page
// held.
function asSubmitted(value: string): string {
  return value.toWellFormed().replace(/\r\n?/g, '\n');
}
