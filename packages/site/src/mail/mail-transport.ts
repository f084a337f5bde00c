import type { MailMessage } from './outbox-store.ts';

/** Brings mails on their way. Rejects when one could not be handed over: it is then tried again, unless with `MailRefusedError`. */
export interface MailTransport {
  send(mail: MailMessage & { readonly from: string; readonly messageId: string }): Promise<void>;
  close?(): Promise<void>;
}

/** This mail will never be taken: its receiver does not exist, say. It is given up at once. */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError';
}
