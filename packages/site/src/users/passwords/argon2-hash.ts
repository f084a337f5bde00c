import { argon2, timingSafeEqual, type Argon2Algorithm } from 'node:crypto';

/** What a hash of the Argon2 family (RFC 9106) was made with. */
export interface Argon2Hash {
  readonly algorithm: Argon2Algorithm;
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const SHAPE =
  /^\$(argon2(?:id|i|d))\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

// A hash of the database decides how much work a login is: more than this is no setting but a mistake.
const MOST = { memory: 262_144, passes: 24, parallelism: 16 };

/** Reads a PHC string (`$argon2id$v=19$m=19456,t=2,p=1$salt$hash`). Undefined for what is none, or asks for too much work. */
export function parseArgon2(text: string): Argon2Hash | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, algorithm, m, t, p, salt = '', tag = ''] = match;
  const [memory, passes, parallelism] = [Number(m), Number(t), Number(p)];
  if (memory > MOST.memory || passes > MOST.passes || parallelism > MOST.parallelism) return undefined;
  // RFC 9106 section 3.1.
  if (passes < 1 || parallelism < 1 || memory < 8 * parallelism) return undefined;
  return {
    algorithm: algorithm as Argon2Algorithm,
    memory,
    passes,
    parallelism,
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

/** The PHC string of a hash. */
export function formatArgon2({ algorithm, memory, passes, parallelism, salt, tag }: Argon2Hash): string {
  return `$${algorithm}$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** Hashes with these parameters. `tagLength` in bytes. */
export function argon2Tag(
  password: string,
  { algorithm, memory, passes, parallelism, salt }: Omit<Argon2Hash, 'tag'>,
  tagLength: number,
): Promise<Buffer> {
  const parameters = { message: password, nonce: salt, memory, passes, parallelism, tagLength };
  return new Promise((resolve, reject) => {
    argon2(algorithm, parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
}

/** Whether a password is the one of a hash. */
export async function matchesArgon2(password: string, hash: Argon2Hash): Promise<boolean> {
  return timingSafeEqual(await argon2Tag(password, hash, hash.tag.length), hash.tag);
}
