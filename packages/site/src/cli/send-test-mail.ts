import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { inputErrors } from '../lib/input-errors.ts';
import { chooseTransport } from '../mail/choose-transport.ts';
import { defaultTemplates } from '../mail/default-templates.ts';
import { mailHost, senderAddress } from '../mail/sender-address.ts';
import { resolveSettings, type Environment } from '../resolve-settings.ts';
import { emailError } from '../users/validate-user.ts';

/** Sends a mail past the outbox, at once. Throws with what the mail server answered as the cause. */
export async function sendTestMail(to: string, environment: Environment): Promise<string> {
  const error = emailError(to);
  if (error !== undefined) throw inputErrors({ to: error });
  const settings = resolveSettings({}, environment);
  const { transport, mailbox } = chooseTransport({
    smtpUrl: environment.SMTP_URL,
    transport: undefined,
    production: environment.NODE_ENV === 'production',
    dataDir: settings.dataDir,
  });
  const from = senderAddress(settings);
  const messageId = `<${randomUUID()}@${mailHost(settings.siteUrl)}>`;
  try {
    await transport.send({ to, from, messageId, ...defaultTemplates.test_email(settings) });
  } catch (cause) {
    throw new Error('The mail could not be sent.', { cause });
  } finally {
    await transport.close?.();
  }
  return mailbox
    ? `There is no SMTP_URL, so the mail lies in the dev mailbox: ${join(settings.dataDir, 'mail')}`
    : `The mail server took the mail to ${to}.`;
}
