import { eventually } from './eventually.ts';
import type { Visitor } from './visitor.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly links: readonly string[];
}

/** The newest mail to an address, of the dev mailbox. Waits for it, since mail goes out after the answer. */
export function mailTo(visitor: Visitor, address: string, subject: string): Promise<Mail> {
  return eventually(`mail “${subject}” to ${address}`, async () => {
    const { body } = await visitor.get('/_portico/mail', { accept: 'application/json' });
    const mails = JSON.parse(body) as Mail[];
    return mails.find((mail) => mail.to === address && mail.subject === subject);
  });
}

/** Path and query of the link that a mail is about. */
export function linkOf({ links }: Mail): string {
  const { pathname, search } = new URL(links[0] ?? '');
  return pathname + search;
}
