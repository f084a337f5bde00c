import { entryTypeFaults, isEntryType } from './check-entry-type.ts';
import type { EntryType } from './entry-type.ts';
import { formatNames, isFormatName, namesIn, URI_NAMES, withFallbacks } from './format-names.ts';
import { handleFault, repeated } from './handles.ts';
import type { Known } from './known.ts';
import { MAX_LEVELS, type Section, type SectionOptions } from './section.ts';
import { sectionShape, shapeFaults } from './shapes.ts';

/** Whether it was made by `section()`. */
export function isSection(value: unknown): value is Section {
  const { options, handle, entryTypes } = (value ?? {}) as Partial<Record<keyof Section, unknown>>;
  return typeof options === 'object' && options !== null && handle !== undefined && entryTypes !== undefined;
}

/** What is wrong with a section by itself, a sentence each that begins with `place`. */
export function sectionFaults(place: string, { options }: Section, known: Known): readonly string[] {
  const malformed = shapeFaults(place, sectionShape, options);
  if (malformed.length > 0) return malformed;
  const own = [
    ...handleFaults(options),
    ...siteFaults(options, known),
    ...kindFaults(options),
    ...authorFaults(options),
    ...uriFaults(options),
    ...typeFaults(options.entryTypes),
  ];
  return [
    ...own.map((fault) => `${place}: ${fault}`),
    ...options.entryTypes.flatMap((type, at) => entryTypeFaults(`${place}: entryTypes[${at}]`, type, known)),
  ];
}

function handleFaults({ handle }: SectionOptions): readonly string[] {
  const fault = handleFault(handle);
  return fault === undefined ? [] : [`handle: ${fault}`];
}

function siteFaults({ sites }: SectionOptions, known: Known): readonly string[] {
  if (sites === undefined) return [];
  const handles = Object.keys(sites);
  if (handles.length === 0) return ['sites: it is on no site. Name one, or leave `sites` out for all.'];
  return handles
    .filter((handle) => !known.sites.includes(handle))
    .map((handle) => `sites.${handle}: there is no such site. There are ${known.sites.join(', ')}.`);
}

function kindFaults({ type, maxLevels, defaultPlacement, guests }: SectionOptions): readonly string[] {
  const faults: string[] = [];
  if (type !== 'structure' && maxLevels !== undefined)
    faults.push(`maxLevels: only a structure has levels, and this is a ${type}.`);
  if (maxLevels !== undefined && maxLevels > MAX_LEVELS)
    faults.push(`maxLevels: ${maxLevels} is more than ${MAX_LEVELS}, which no structure can go beyond.`);
  if (type !== 'structure' && defaultPlacement !== undefined)
    faults.push(`defaultPlacement: only a structure has an order of its own, and this is a ${type}.`);
  if (type === 'single' && guests !== undefined)
    faults.push('guests: a single has its one entry; nobody makes another.');
  return faults;
}

function authorFaults({ type, maxAuthors, minAuthors }: SectionOptions): readonly string[] {
  if (type === 'single' && (maxAuthors ?? minAuthors ?? 0) > 0)
    return ['maxAuthors: the entry of a single has no authors. Leave it out.'];
  const most = maxAuthors ?? 1;
  return minAuthors !== undefined && minAuthors > most
    ? [`minAuthors: ${minAuthors} is more than maxAuthors, which is ${most}.`]
    : [];
}

function uriFaults(options: SectionOptions): readonly string[] {
  const formats = [
    ['uriFormat', options.uriFormat] as const,
    ...Object.entries(options.sites ?? {}).map(
      ([site, { uriFormat }]) => [`sites.${site}.uriFormat`, uriFormat] as const,
    ),
  ];
  return formats.flatMap(([place, format]) => {
    const fault = typeof format === 'string' ? uriFault(format, options) : undefined;
    return fault === undefined ? [] : [`${place}: ${fault}`];
  });
}

function uriFault(format: string, { type, entryTypes }: SectionOptions): string | undefined {
  if (format === '')
    return 'it is empty. Write null for entries without pages, or __home__ for the home page.';
  if (/^\/|\/$|\/\/|[\s?#\\]/.test(withFallbacks(format)))
    return `"${format}" is no path. Write it without slashes around it, blanks, ? and #: posts/{slug}.`;
  const names = namesIn(format);
  if (names === undefined) return `"${format}" cannot be read: write each name in braces of its own, {slug}.`;
  const unknown = names.find((name) => !isFormatName(name, URI_NAMES, entryTypes.filter(isEntryType)));
  if (unknown !== undefined) return `there is no {${unknown}}. There are ${formatNames(URI_NAMES)}.`;
  if (type !== 'structure' && names.some((name) => name.startsWith('parent.')))
    return `only entries of a structure have a parent, and this is a ${type}.`;
  if (type !== 'single' && !names.some((name) => ['slug', 'id', 'uid'].includes(name)))
    return `all entries would have the URI "${format}". Put {slug} into it.`;
  return undefined;
}

function typeFaults(types: readonly EntryType[]): readonly string[] {
  if (types.length === 0) return ['entryTypes: there is none. Give it one: entryType("post", { … }).'];
  const options = types.flatMap((type: Partial<EntryType> | null) => (type?.options ? [type.options] : []));
  return [
    ...repeated(
      types.filter((type: EntryType | null) => typeof type?.handle === 'string'),
      ({ handle }) => handle,
    ).map(({ handle }) => `entryTypes: two have the handle "${handle}". Give each its own.`),
    ...repeated(
      options.filter(({ id }) => id !== undefined),
      ({ id }) => id,
    ).map(({ id }) => `entryTypes: two have the id ${id}. Give each its own.`),
  ];
}
