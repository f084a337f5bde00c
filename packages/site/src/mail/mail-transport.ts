import type { MailMessage } from './outbox-store.ts';

/** A file that goes with a mail. Its name is safe in a header. */
export interface MailAttachment {
  readonly filename: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** A mail as it goes out. */
export interface OutgoingMail extends MailMessage {
  readonly from: string;
  readonly messageId: string;
  readonly attachments?: readonly MailAttachment[];
}

/** Brings mails on their way. Rejects when one could not be handed over: it is then tried again, unless with `MailRefusedError`. */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<void>;
  close?(): Promise<void>;
}

/** This mail will never be taken: its receiver does not exist, say. It is given up at once. */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError';
}
