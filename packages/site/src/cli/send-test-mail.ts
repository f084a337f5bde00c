import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { inputErrors } from '../lib/input-errors.ts';
import { chooseTransport } from '../mail/choose-transport.ts';
import { defaultTemplates } from '../mail/default-templates.ts';
import { mailHost, senderAddress } from '../mail/sender-address.ts';
import type { Environment } from '../resolve-settings.ts';
import { emailError } from '../users/validate-user.ts';

/** Sends a mail past the outbox, at once, as the site would. Throws with what the mail server answered as the cause. */
export async function sendTestMail(
  to: string,
  settings: Settings,
  environment: Environment,
): Promise<string> {
  const error = emailError(to);
  if (error !== undefined) throw inputErrors({ to: error });
  const { transport, mailbox } = chooseTransport({
    smtpUrl: environment.SMTP_URL,
    transport: settings.mail.transport,
    production: environment.NODE_ENV === 'production',
    dataDir: settings.dataDir,
  });
  const from = senderAddress(settings);
  const messageId = `<${randomUUID()}@${mailHost(settings.siteUrl)}>`;
  try {
    const write = settings.mail.templates.test_email ?? defaultTemplates.test_email;
    await transport.send({ to, from, messageId, ...write(settings) });
  } catch (cause) {
    throw new Error('The mail could not be sent.', { cause });
  } finally {
    // The app's own is closed with its site.
    if (transport !== settings.mail.transport) await transport.close?.();
  }
  if (mailbox)
    return `There is no SMTP_URL, so the mail lies in the dev mailbox: ${join(settings.dataDir, 'mail')}`;
  return `The mail server took the mail to ${to}.`;
}
