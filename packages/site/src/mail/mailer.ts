import type { OutboxStore } from './outbox-store.ts';
import type { MailTemplates } from './mail-templates.ts';

/** Writes mails into the outbox of the transaction they belong to, and has them sent afterwards. */
export interface Mailer {
  enqueue<Key extends keyof MailTemplates>(
    outbox: OutboxStore,
    key: Key,
    to: string,
    variables: Omit<Parameters<MailTemplates[Key]>[0], 'siteName' | 'siteUrl'>,
  ): Promise<void>;
  /** Something was committed: look at the outbox now. Returns at once. */
  wake(): void;
}
