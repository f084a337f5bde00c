import { randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';
import { ActionError } from 'portico';
import { createWorkQueue } from '../../lib/work-queue.ts';
import { argon2Tag, formatArgon2, matchesArgon2, parseArgon2, type Argon2Hash } from './argon2-hash.ts';

/** Hashes and compares passwords. Slow on purpose: never inside a transaction. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** `hash` null: does the same work and says no, so that the time tells nobody whether there is an account. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** Whether it was made by an older algorithm or cheaper parameters than today's. */
  needsRehash(hash: string): boolean;
}

/** How much work a hash is; memory in KiB. */
export type Argon2Cost = Pick<Argon2Hash, 'algorithm' | 'memory' | 'passes' | 'parallelism'>;

// The first choice of OWASP's password storage cheat sheet for this much memory: 19 MiB, two passes.
const TODAY: Argon2Cost = { algorithm: 'argon2id', memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
// 57 MiB at once, and one of libuv's four threads is left for files and names.
const AT_ONCE = 3;
const WAITING = 120;
const RETRY_AFTER_SECONDS = 5;
const DUMMY_SALT = randomBytes(SALT_BYTES);

/** `$2a$`, `$2b$`, `$2y$`; more than 2^15 rounds would take bcryptjs seconds, and nobody has them. */
const BCRYPT = /^\$2[aby]\$(?:0[4-9]|1[0-5])\$[./A-Za-z0-9]{53}$/;

/**
 * Argon2id (RFC 9106) for new passwords; knows the whole Argon2 family with other parameters, and bcrypt, which imported
 * accounts bring. A hash it cannot read fits no password.
 *
 * A password is hashed in Unicode normal form NFC (NIST SP 800-63B-4 section 3.1.1.2; RFC 8265 section 4.2), so that it does
 * not matter how a keyboard composes `é`. Bcrypt compares what was typed, as the systems did that made those hashes, and only
 * its first 72 bytes: the first login replaces such a hash by one of the whole password.
 *
 * Works on a few passwords at once and lets a hundred wait; `hash` and `verify` of more reject with `ActionError`
 * `SERVICE_UNAVAILABLE`. Tests hash at another `cost`; hashes in the database say their own.
 */
export function createPasswordHasher(
  limits: { readonly running: number; readonly waiting: number } = { running: AT_ONCE, waiting: WAITING },
  cost: Argon2Cost = TODAY,
): PasswordHasher {
  const queue = createWorkQueue({ ...limits, refusal: tooBusy });
  return {
    hash: (password) =>
      queue.run(async () => {
        const salt = randomBytes(SALT_BYTES);
        const tag = await argon2Tag(normalized(password), { ...cost, salt }, TAG_BYTES);
        return formatArgon2({ ...cost, salt, tag });
      }),
    verify: (password, hash) => queue.run(() => matches(password, hash, cost)),
    needsRehash(hash) {
      const made = parseArgon2(hash);
      return made?.algorithm !== cost.algorithm || made.memory < cost.memory || made.passes < cost.passes;
    },
  };
}

async function matches(password: string, hash: string | null, cost: Argon2Cost): Promise<boolean> {
  const made = hash === null ? undefined : parseArgon2(hash);
  if (made) return matchesArgon2(normalized(password), made);
  if (hash !== null && BCRYPT.test(hash)) return bcrypt.compare(password, hash);
  await argon2Tag(normalized(password), { ...cost, salt: DUMMY_SALT }, TAG_BYTES);
  return false;
}

function tooBusy(): ActionError {
  return new ActionError({
    code: 'SERVICE_UNAVAILABLE',
    message: 'Too many people are signing in at this moment. Try again in a few seconds.',
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  });
}

function normalized(password: string): string {
  return password.normalize('NFC');
}
