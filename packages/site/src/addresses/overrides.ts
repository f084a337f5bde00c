/**
 * Required fields that differ from libaddressinput's, by its letters. They follow commerceguys/addressing, which Craft uses:
 * cities in Colombia, states in Mexico and provinces in Turkey must be there, oblasts in Ukraine need not be, since Kyiv
 * is in none.
 */
export const REQUIRED_FIELDS: Readonly<Record<string, string>> = {
  CO: 'ACS',
  MX: 'ACSZ',
  TR: 'ACSZ',
  UA: 'ACZ',
};

/** Countries whose areas have keys that no envelope shows: `B` for Barcelona. */
export const AREAS_SHOWN_BY_NAME: ReadonlySet<string> = new Set(['ES', 'HK']);
