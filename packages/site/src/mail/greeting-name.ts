import { headerText } from './header-text.ts';

const MAX_LENGTH = 50;

// Mail programs make a link of anything that looks like one, in plain text too: a scheme, a path, an address, a host. The
// dots are those that IDNA (UTS #46, section 2.3) takes for one.
const LINK_LIKE = /[:/\\@<>[\]]|[\p{L}\p{N}_-][.\u3002\uff0e\uff61][\p{L}\p{N}]{2}/u;

/**
 * The name a mail may greet its reader by, or undefined. Whoever registers a stranger's address chooses the name in the mail
 * that follows; one that could pass for a link or a message of its own is left out, not repaired.
 */
export function greetingName(name: string | null): string | undefined {
  if (name === null) return undefined;
  const line = headerText(name);
  return line === '' || line.length > MAX_LENGTH || LINK_LIKE.test(line) ? undefined : line;
}
