import { createHash } from 'node:crypto';
import type { MailMessage } from './outbox-store.ts';

/**
 * The `Message-ID` of a mail, the same for each try: who gets it twice after a crash can tell (RFC 5322, section 3.6.4). Row
 * ids begin anew with another database, and some servers drop without a word what they believe to have, so what the mail
 * says is part of it. `host` is the site's.
 */
export function messageId(id: string, message: MailMessage, host: string): string {
  const { to, subject, text } = message;
  const hash = createHash('sha256')
    .update(JSON.stringify([to, subject, text]))
    .digest('hex')
    .slice(0, 24);
  return `<${id}.${hash}@${host}>`;
}
