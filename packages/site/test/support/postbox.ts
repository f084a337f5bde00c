import type { MailTransport } from '../../src/mail/mail-transport.ts';
import type { MailMessage } from '../../src/mail/outbox-store.ts';
import type { Transcript } from './transcript.ts';

/** The mails a site under test has sent. */
export interface Postbox {
  readonly transport: MailTransport;
  readonly mails: readonly MailMessage[];
  /** The newest mail to an address. Waits for it, since mail goes out after the answer. */
  to(address: string): Promise<MailMessage & { readonly link: string; readonly code: string }>;
}

export function collectMail(transcript: Transcript): Postbox {
  const mails: MailMessage[] = [];
  const waiting = new Set<() => void>();
  return {
    mails,
    transport: {
      async send(mail) {
        mails.push(mail);
        const { code } = linkOf(mail);
        if (code !== '') transcript.code(code);
        for (const look of waiting) look();
      },
    },
    async to(address) {
      const find = (): MailMessage | undefined => mails.findLast((mail) => mail.to === address);
      const mail =
        find() ??
        (await new Promise<MailMessage>((found, fail) => {
          const timer = setTimeout(() => fail(new Error(`No mail to ${address} came.`)), 5000);
          const look = (): void => {
            const there = find();
            if (!there) return;
            clearTimeout(timer);
            waiting.delete(look);
            found(there);
          };
          waiting.add(look);
        }));
      return { ...mail, ...linkOf(mail) };
    },
  };
}

function linkOf({ text }: MailMessage): { link: string; code: string } {
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
  return { link, code: new URLSearchParams(link.split('?')[1] ?? '').get('code') ?? '' };
}
