import { randomBytes } from 'node:crypto';
import type { DevMail } from './dev-mail.ts';
import { errorText } from './error-text.ts';
import { headerText } from './header-text.ts';
import { mailLinks } from './mail-links.ts';
import { createMailFolder } from './mail-folder.ts';
import type { MailTransport } from './mail-transport.ts';

/** Where mails go in development: nobody gets them. */
export interface DevMailbox extends MailTransport {
  /** Newest first. Also those that other processes put into the folder, and those of before a restart. */
  list(): Promise<readonly DevMail[]>;
}

export interface DevMailboxOptions {
  /** Mails lie in its folder `mail`. */
  readonly dataDir: string;
  /** Writes one line on the terminal. */
  readonly log: (line: string) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** How many are kept. Default 100. */
  readonly keep?: number;
}

/** Makes a mailbox. Touches no disk before the first mail, and goes on in memory where the folder cannot be written. */
export function createDevMailbox({
  dataDir,
  log,
  now = Date.now,
  keep = 100,
}: DevMailboxOptions): DevMailbox {
  const folder = createMailFolder(dataDir, keep);
  const mails = new Map<string, DevMail>();
  let sent = 0;
  let isMemoryOnly = false;

  /** Of this many milliseconds since 1970, and the how manieth of this process: names sort as the mails came. */
  function nextId(at: number): string {
    sent += 1;
    const time = String(at).padStart(14, '0');
    return `${time}-${String(sent).padStart(6, '0')}-${randomBytes(4).toString('hex')}`;
  }

  function forgetOldest(): void {
    for (const id of [...mails.keys()].sort().slice(0, -keep)) mails.delete(id);
  }

  return {
    async send({ to, from, subject, text, html, attachments = [] }) {
      const at = now();
      const links = mailLinks({ text, html });
      const date = new Date(at).toISOString();
      const files = attachments.map(({ filename, mediaType, content }) => {
        return { filename, mediaType, bytes: content.length };
      });
      const plain = { id: nextId(at), to, from, subject, text, html, links, date };
      const mail: DevMail = files.length > 0 ? { ...plain, attachments: files } : plain;
      mails.set(mail.id, mail);
      forgetOldest();
      log(headerText(`Mail to ${to}: ${subject}${links[0] === undefined ? '' : ` ${links[0]}`}`));
      try {
        await folder.write(mail);
      } catch (error) {
        if (!isMemoryOnly) log(`Mails cannot be kept in ${folder.path}: ${errorText(error)}`);
        isMemoryOnly = true;
      }
    },
    async list() {
      for (const mail of await folder.read((id) => !mails.has(id))) mails.set(mail.id, mail);
      forgetOldest();
      return [...mails.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
    },
  };
}
