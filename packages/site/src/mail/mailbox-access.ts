import { isIP } from 'node:net';

/** What is known of someone who asks for the dev mailbox. */
export interface MailboxVisitor {
  /** `undefined` where the host cannot know. */
  readonly clientAddress: string | undefined;
  readonly dev: boolean;
  /** The `Host` header without its port. */
  readonly hostname: string;
  /** The host of the setting `siteUrl`. */
  readonly siteHost: string;
  /** Whether a proxy says that it passed the request on: then it came from this machine, but its sender perhaps did not. */
  readonly isForwarded: boolean;
}

/**
 * Whether somebody may read the dev mailbox, whose mails open accounts: from this machine, or anybody in dev mode. And by a
 * name that is ours, since a page of any other name can be made to resolve to this machine (DNS rebinding).
 */
export function mayReadMailbox(visitor: MailboxVisitor): boolean {
  const isHere = isLoopback(visitor.clientAddress) && !visitor.isForwarded;
  return (visitor.dev || isHere) && isOurName(visitor.hostname, visitor.siteHost);
}

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}

function isOurName(hostname: string, siteHost: string): boolean {
  const name = hostname.toLowerCase();
  // An address needs no DNS, so nobody can rebind it.
  const isAddress = isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  return isAddress || name === 'localhost' || name.endsWith('.localhost') || name === siteHost.toLowerCase();
}
