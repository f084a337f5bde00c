import type { CountryData } from './country-data.ts';

/** An administrative area: a state, a prefecture, a county. */
export interface Subdivision {
  /** What is stored: the ISO 3166-2 part where there is one (`CA`), else the key. */
  readonly code: string;
  readonly iso: string | null;
  /** What an envelope says. */
  readonly key: string;
  readonly name: string;
  readonly latinName: string | null;
  /** What its postal codes begin with. */
  readonly postalStart: RegExp | null;
  /** Its postal codes, where they are none of the country's form. */
  readonly postalPattern: RegExp | null;
  /** Fields required there in place of the country's, by letters. */
  readonly required: string | null;
  readonly otherNames: readonly string[];
}

/** The areas of a country, in the order of the data; none where any text will do. */
export function subdivisionsOf(country: CountryData): Subdivision[] {
  if (country.areaKeys === undefined) return [];
  const isos = listOf(country.areaIsos);
  const names = listOf(country.areaNames);
  const latinNames = listOf(country.areaLatinNames);
  const starts = listOf(country.areaPostalStarts);
  const patterns = listOf(country.areaPostalPatterns);
  const required = listOf(country.areaRequired);
  const others = (country.areaOtherNames ?? []).map(listOf);
  return listOf(country.areaKeys).map((key, index): Subdivision => {
    const iso = isos[index] || null;
    const start = starts[index];
    const pattern = patterns[index];
    return {
      code: iso ?? key,
      iso,
      key,
      name: names[index] || key,
      latinName: latinNames[index] || null,
      postalStart: start ? new RegExp(`^(?:${start})`, 'iv') : null,
      postalPattern: pattern ? new RegExp(`^(?:${pattern})$`, 'iv') : null,
      required: required[index] || null,
      otherNames: others.flatMap((list) => list[index] || []),
    };
  });
}

/** The area that a text means: by ISO code, key, or name, whatever the case and the accents. */
export function findSubdivision(subdivisions: readonly Subdivision[], text: string): Subdivision | undefined {
  const sought = folded(text);
  return (
    subdivisions.find(({ code }) => folded(code) === sought) ??
    subdivisions.find(({ key, name, latinName, otherNames }) =>
      [key, name, ...(latinName === null ? [] : [latinName]), ...otherNames].some(
        (known) => folded(known) === sought,
      ),
    )
  );
}

function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split('~');
}
