/** A file that goes with a mail. The mail owns it: no other mail, and nothing else, may name its key. */
export interface QueuedAttachment {
  readonly filename: string;
  readonly mediaType: string;
  /** Where the storage has it. */
  readonly storageKey: string;
}

/** A mail ready to be sent. */
export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly replyTo?: string;
}

/** A mail as it waits: its files lie in the storage. */
export interface QueuedMessage extends MailMessage {
  readonly attachments?: readonly QueuedAttachment[];
}

export interface QueuedMail {
  readonly id: string;
  /** Names the template, for logs: `account_activation`. */
  readonly key: string;
  readonly message: QueuedMessage;
  /** How often it was tried before. */
  readonly attempts: number;
}

/**
 * Mail that is written in the same transaction as the change it tells of, and sent after it. A sent mail leaves its row
 * without its text, since that held a code.
 */
export interface OutboxStore {
  enqueue(mail: { readonly key: string; readonly message: QueuedMessage }, now: number): Promise<void>;
  /**
   * Takes up to `limit` mails that are due, for `leaseMs`: nobody else gets them before that is over. A process that dies
   * in between leaves them to the next.
   */
  claim(now: number, leaseMs: number, limit: number): Promise<readonly QueuedMail[]>;
  /** Puts its attachments on the list of discarded files. */
  markSent(id: string, now: number): Promise<void>;
  /**
   * `retryAt` null: it is given up, and stays with its error for an administrator to see, without its attachments, which are
   * put on the list of discarded files.
   */
  markFailed(id: string, error: string, retryAt: number | null): Promise<void>;
  /** When the next unsent mail is due; null when there is none. */
  nextDueAt(): Promise<number | null>;
  /** Removes rows of mails sent before `before`. */
  purge(before: number): Promise<number>;
}
