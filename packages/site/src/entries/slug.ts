import type { Settings } from '../config.ts';

export type SlugSettings = Pick<
  Settings,
  'slugWordSeparator' | 'limitAutoSlugsToAscii' | 'allowUppercaseInSlug'
>;

/** Characters of a slug, of a title, and of a URI. */
export const MAX_LENGTH = 255;

// What stands within words is dropped, so that “don’t” is `dont`; all else that is no letter or digit divides words.
const MARKUP = /<[^<>]*>/g;
const DROPPED = /['"‘’“”‚„‹›«»`()[\]{}:]/g;
const WORDS = /[\p{L}\p{N}\p{M}._-]+/gu;

/** A slug as it is stored: its words joined by the separator, at most 255 characters. '' where nothing of it can be in a URL. */
export function normalizeSlug(text: string, settings: SlugSettings): string {
  const plain = text.normalize('NFC').replace(MARKUP, '').replace(DROPPED, '');
  const cased = settings.allowUppercaseInSlug ? plain : plain.toLowerCase();
  const words = (cased.match(WORDS) ?? []).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return trimmed(words.join(settings.slugWordSeparator));
}

/** The slug of a title that has none; '' where no letter or digit is in it. */
export function slugFromTitle(title: string, settings: SlugSettings): string {
  const text = settings.limitAutoSlugsToAscii ? asciiText(title) : title;
  return normalizeSlug(text.replace(/[._-]/g, ' '), settings);
}

/**
 * `hello`, 2 → `hello-2`, also where there is no separator between words: `hello2` could be a slug of its own. Of at most
 * `room` characters, unless these are too few for the number.
 */
export function numberedSlug(
  slug: string,
  number: number,
  settings: SlugSettings,
  room: number = MAX_LENGTH,
): string {
  const suffix = `${settings.slugWordSeparator || '-'}${number}`;
  return `${cut(slug, Math.max(0, room - suffix.length))}${suffix}`;
}

/** The beginning of a slug, of at most so many characters; '' where nothing is left. */
export function shortenedSlug(slug: string, room: number): string {
  return slug.length <= room ? slug : trimmed(cut(slug, Math.max(0, room)));
}

const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
};

// Letters without an ASCII likeness go: an entry titled in another script gets its slug from elsewhere.
function asciiText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\u0000-\u007F]/gu, (letter) => FOLDED[letter] ?? ' ');
}

function trimmed(slug: string): string {
  return cut(slug, MAX_LENGTH).replace(/^[._-]+|[._-]+$/g, '');
}

/** At most so many UTF-16 units, and no half of a pair. */
function cut(text: string, length: number): string {
  const shorter = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(shorter) ? shorter.slice(0, -1) : shorter;
}
