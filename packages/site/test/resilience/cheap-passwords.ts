import { randomBytes } from 'node:crypto';
import {
  argon2Tag,
  formatArgon2,
  matchesArgon2,
  parseArgon2,
} from '../../src/users/passwords/argon2-hash.ts';
import type { PasswordHasher } from '../../src/users/passwords/password-hasher.ts';

// The least that RFC 9106 allows.
const LEAST = { algorithm: 'argon2id', memory: 8, passes: 1, parallelism: 1 } as const;

/** Hashes of the right shape at a thousandth of the work, for tests that make hundreds and are not about hashing. */
export const cheapPasswords: PasswordHasher = {
  async hash(password) {
    const salt = randomBytes(16);
    return formatArgon2({ ...LEAST, salt, tag: await argon2Tag(password, { ...LEAST, salt }, 32) });
  },
  async verify(password, hash) {
    const made = hash === null ? undefined : parseArgon2(hash);
    return made !== undefined && matchesArgon2(password, made);
  },
  needsRehash: () => false,
};
