import type { Keyring } from './secrets.ts';
import { sign, verify, type SignedPlace } from './signed.ts';

/** The header by which `portico doctor` asks an app what it sees of a request. */
export const PROBE_HEADER = 'x-portico-probe';
/** Where it is asked, below the app's base. Without a valid header nothing is there. */
export const PROBE_PATH = '/_portico/probe';

// How far two clocks, and a slow proxy between them, may be apart.
const VALID_MS = 60_000;
const PLACE: SignedPlace = { purpose: 'probe', name: PROBE_HEADER };

/** The header for one question. `id` (`[\w-]+`) comes back with the answer; `now` is in epoch milliseconds. */
export function signProbe(keyring: Keyring, id: string, now: number): string {
  return sign(keyring, PLACE, `${now}.${id}`);
}

/** The id of a header that an owner of the secrets signed within the last minute; `undefined` for any other. */
export function readProbe(keyring: Keyring, header: string, now: number): string | undefined {
  const [, time, id] = /^(\d{1,16})\.([\w-]{1,64})$/.exec(verify(keyring, PLACE, header) ?? '') ?? [];
  return time !== undefined && Math.abs(now - Number(time)) <= VALID_MS ? id : undefined;
}
