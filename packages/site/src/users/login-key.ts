import { domainToASCII } from 'node:url';

/**
 * What makes two usernames or e-mail addresses the same: trimmed, in Unicode normal form NFC, in lower case, the domain of
 * an address as DNS knows it (UTS #46: `bücher.example` is `xn--bcher-kva.example`). For comparing only: what its owner
 * typed is kept beside it and shown.
 */
export function loginKey(text: string): string {
  const folded = text.normalize('NFC').toLowerCase().normalize('NFC').trim();
  const at = folded.lastIndexOf('@');
  if (at === -1) return folded;
  // '' for what is no domain: usernames may hold an @ as well.
  const domain = domainToASCII(folded.slice(at + 1));
  return domain === '' ? folded : folded.slice(0, at + 1) + domain;
}
