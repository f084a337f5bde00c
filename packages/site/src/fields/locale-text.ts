/** The locale of that name, as far as this machine knows it (`en-ZZ` is `en`); undefined for what is none. */
export function knownLocale(name: string): string | undefined {
  // No tag in use is longer.
  if (name.length > 40) return undefined;
  // Craft, as PHP, writes `en_US`.
  const tag = name.replaceAll('_', '-');
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length === 0
      ? undefined
      : // Of the countless names of one locale only its own is remembered by those who ask about it.
        new Intl.NumberFormat(tag).resolvedOptions().locale;
  } catch {
    return undefined;
  }
}

/** The locale that was posted, else that of the language, and of one that has no formats here English. */
export function localeOf(tag: string | null, language: string): string | undefined {
  return tag === null ? (knownLocale(language) ?? 'en') : knownLocale(tag);
}

const ARABIC = '٠١٢٣٤٥٦٧٨٩';
const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';
// Marks that say in which direction text runs, which formats of right-to-left languages have between their parts.
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * The text with ASCII digits in place of Arabic and Persian ones and those of the locale, plain spaces in place of all others,
 * and no marks of direction.
 */
export function plainText(text: string, locale = 'en'): string {
  const digits = digitsOf(locale);
  return text
    .replaceAll(BIDI, '')
    .replaceAll(/\s/g, ' ')
    .replaceAll(/\p{Nd}/gu, (digit) => digits.get(digit) ?? digit);
}

const digitsOf = remembered((locale): ReadonlyMap<string, string> => {
  const format = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: 10 });
  return new Map(
    [ARABIC, PERSIAN, format.format(123_456_789)].flatMap((digits) =>
      Array.from(digits, (digit, index) => [digit, String(index)] as const),
    ),
  );
});

/** The function with its last answers kept: what `Intl` says of a locale or a zone takes long to find out. */
export function remembered<Result>(find: (key: string) => Result): (key: string) => Result {
  const known = new Map<string, Result>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find(key);
    // Clients name what they like: it must not fill the memory.
    if (known.size >= 200) known.clear();
    known.set(key, found);
    return found;
  };
}
