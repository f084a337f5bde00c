import { createPasswordHasher } from '../../src/users/passwords/password-hasher.ts';

/** The real one at a thousandth of the work (the least that RFC 9106 allows), for tests that sign in hundreds of times. */
export const cheapPasswords = createPasswordHasher(undefined, {
  algorithm: 'argon2id',
  memory: 8,
  passes: 1,
  parallelism: 1,
});
