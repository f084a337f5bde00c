import type { OutboxStore, QueuedAttachment } from './outbox-store.ts';
import type { MailTemplates } from './mail-templates.ts';

/** What of a mail is not for its template. */
interface MailExtras {
  /** Whom an answer goes to, if not the site. */
  readonly replyTo?: string;
  /** The mail owns their files from then on. */
  readonly attachments?: readonly QueuedAttachment[];
}

/** Writes mails into the outbox of the transaction they belong to, and has them sent afterwards. */
export interface Mailer {
  enqueue<Key extends keyof MailTemplates>(
    outbox: OutboxStore,
    key: Key,
    to: string,
    variables: Omit<Parameters<MailTemplates[Key]>[0], 'siteName' | 'siteUrl'>,
    extras?: MailExtras,
  ): Promise<void>;
  /** Something was committed: look at the outbox now. Returns at once. */
  wake(): void;
}
