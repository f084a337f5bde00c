import { randomInt } from 'node:crypto';

// Without vowels and look-alikes: no words, nothing to misread.
const ALPHABET = '23456789bcdfghjkmnpqrstvwxz';

/** A short random id for URLs: ten characters, 47 bits. */
export function newId(): string {
  return Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** `Salt & Soda, again` → `salt-soda-again`. Empty where nothing of the text can stand in a URL. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}
