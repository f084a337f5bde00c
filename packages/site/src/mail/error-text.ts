import { headerText } from './header-text.ts';

const MAX_LENGTH = 300;

/**
 * What an error of a mail server may leave in logs and in the outbox: one line, without links, addresses and whatever could be
 * a code. Servers like to repeat what they were sent.
 */
export function errorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return headerText(message.slice(0, 4 * MAX_LENGTH))
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '(link)')
    .replace(/[^\s<>"'(),;:[\]]+@[^\s<>"'(),;:[\]]+/g, '(address)')
    .replace(/[\w-]{20,}/g, '(…)')
    .slice(0, MAX_LENGTH);
}
