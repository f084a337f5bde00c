/**
 * What a code in a mail link is good for. `reclaim`: the owner of the address takes over an inactive account that nobody
 * ever used, by registering.
 */
export type CodePurpose = 'activate' | 'verify-email' | 'reset-password' | 'reclaim';

export interface VerificationCode {
  readonly userId: number;
  readonly purpose: CodePurpose;
  /** SHA-256 of the code: whoever reads the table cannot use it. */
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Codes that were mailed and not yet used. One a user: another mail makes the former code worthless. */
export interface VerificationCodeStore {
  /** Puts this code in the place of whichever the user had. */
  replace(code: VerificationCode): Promise<void>;
  /** The code if it is there, expired or not. Changes nothing. */
  find(userId: number, hash: string): Promise<VerificationCode | undefined>;
  /** Takes the code away and returns it; of two at once only one gets it. */
  consume(userId: number, hash: string): Promise<VerificationCode | undefined>;
  remove(userId: number): Promise<void>;
}
