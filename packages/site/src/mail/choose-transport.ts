import { createDevMailbox, type DevMailbox } from './dev-mailbox.ts';
import type { MailTransport } from './mail-transport.ts';
import { createSmtpTransport } from './smtp-transport.ts';

export interface TransportChoice {
  /** The value of `SMTP_URL`. */
  readonly smtpUrl: string | undefined;
  /** The app's own, from `mail.transport`. */
  readonly transport: MailTransport | undefined;
  readonly production: boolean;
  readonly dataDir: string;
  /** Writes one line on the terminal. Default: standard output. */
  readonly log?: (line: string) => void;
}

export interface ChosenTransport {
  readonly transport: MailTransport;
  /** Set where mails go to the dev mailbox, and there only. */
  readonly mailbox: DevMailbox | undefined;
}

/**
 * How mail goes out: by the app's own transport, else by SMTP, else into the dev mailbox. Throws in production where that
 * leaves the dev mailbox, and for an `SMTP_URL` that is none.
 */
export function chooseTransport({
  smtpUrl,
  transport,
  production,
  dataDir,
  log = toTerminal,
}: TransportChoice): ChosenTransport {
  if (transport) return { transport, mailbox: undefined };
  if (smtpUrl !== undefined && smtpUrl !== '') {
    return { transport: createSmtpTransport(smtpUrl), mailbox: undefined };
  }
  if (production) {
    throw new Error(
      'There is no way to send mail. Set SMTP_URL (smtp://user:password@mail.example.com:587), or give createSite a ' +
        'mail.transport. The dev mailbox shows links that open accounts, so it is not for production.',
    );
  }
  const mailbox = createDevMailbox({ dataDir, log });
  return { transport: mailbox, mailbox };
}

function toTerminal(line: string): void {
  process.stdout.write(`${line}\n`);
}
