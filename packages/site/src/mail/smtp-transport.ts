import type { Mail, SMTPSentMessageInfo, SMTPTransportOptions } from 'nodemailer';
import { MailRefusedError, type MailTransport } from './mail-transport.ts';
import { isRefusal } from './smtp-refusal.ts';

type Transporter = Mail<SMTPSentMessageInfo, SMTPTransportOptions>;

// Milliseconds. A server that hangs must not hold a mail for nodemailer's ten minutes.
const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 60_000,
  socketCloseTimeout: 2000,
};
// For everything together, below what the outbox waits: then it knows for sure that nothing is under way any more.
const LONGEST_SEND = 4 * 60_000;

/**
 * Sends through the SMTP server at `url` (`smtp://user:password@host:587`, `smtps://…:465`; STARTTLS wherever it is offered,
 * always with `?requireTLS=true`). Nodemailer is loaded and a connection opened on the first send. Throws for a URL that is
 * none; rejects with `MailRefusedError` where a receiver or a mail was refused for good.
 */
export function createSmtpTransport(url: string): MailTransport {
  checkUrl(url);
  let transporter: Promise<Transporter> | undefined;

  async function open(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    return createTransport({ ...TIMEOUTS, url });
  }

  return {
    async send({ to, from, subject, text, html, replyTo, messageId, attachments = [] }) {
      const opened = await (transporter ??= open());
      try {
        await opened.sendMail({
          // As an object: a string would be read as a list of addresses.
          to: { name: '', address: to },
          from,
          subject,
          text,
          html,
          messageId,
          attachments: attachments.map(({ filename, mediaType, content }) => ({
            filename,
            contentType: mediaType,
            content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
            contentDisposition: 'attachment' as const,
          })),
          ...(replyTo !== undefined && { replyTo: { name: '', address: replyTo } }),
          // RFC 3834, section 5: keeps holiday notices from answering.
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: AbortSignal.timeout(LONGEST_SEND),
        });
      } catch (cause) {
        if (!isRefusal(cause)) throw cause;
        throw new MailRefusedError(cause instanceof Error ? cause.message : 'Refused.', { cause });
      }
    },
    async close() {
      const opened = await transporter?.catch(() => undefined);
      opened?.close();
    },
  };
}

/** Says what is wrong without repeating the URL: there is a password in it. */
function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && /^smtps?:$/.test(parsed.protocol) && parsed.hostname !== '') return;
  throw new Error(
    'SMTP_URL is not the URL of a mail server. Write smtp://user:password@mail.example.com:587, with special characters of ' +
      'the password percent-encoded, or smtps:// for TLS from the start.',
  );
}
