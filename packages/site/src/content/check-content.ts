import type { Settings } from '../config.ts';
import { renameFaults } from './check-renames.ts';
import { isSection, sectionFaults } from './check-section.ts';
import { siteFaults } from './check-sites.ts';
import { repeated } from './handles.ts';
import type { Known } from './known.ts';
import type { Section } from './section.ts';

type Checked = Pick<Settings, 'sites' | 'sections' | 'timeZone' | 'users' | 'assets'>;

/** What is wrong with the model of the content, a sentence each that begins with the place. */
export function contentFaults(settings: Checked): readonly string[] {
  const faults = [...timeZoneFaults(settings.timeZone), ...siteFaults(settings.sites)];
  if (!Array.isArray(settings.sections)) return [...faults, 'sections: write a list: [section({ … })].'];
  const strangers = settings.sections.flatMap((value, at) =>
    isSection(value) ? [] : [`sections[${at}] is no section. Make one with section({ … }).`],
  );
  if (faults.length + strangers.length > 0) return [...faults, ...strangers];
  const known = knownTo(settings);
  const own = settings.sections.flatMap((section, at) =>
    sectionFaults(`sections[${at}] (${String(section.options.handle)})`, section, known),
  );
  if (own.length > 0) return own;
  return [
    ...listFaults(settings.sections),
    ...settings.sections.flatMap((section, at) => indexFaults(section, at)),
    ...renameFaults(settings.sections),
  ];
}

function knownTo({ sites, sections, users, assets }: Checked): Known {
  return {
    sites: sites.length === 0 ? ['default'] : sites.map(({ handle }) => handle),
    sections: sections.map(({ options }) => options.handle),
    structures: sections.flatMap(({ options }) => (options.type === 'structure' ? [options.handle] : [])),
    groups: Object.keys(users.groups),
    volumes: Object.keys(assets.volumes),
  };
}

function timeZoneFaults(timeZone: string): readonly string[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return [];
  } catch {
    return [`timeZone is "${timeZone}", and there is no such zone. Write UTC or Europe/Berlin.`];
  }
}

function listFaults(sections: readonly Section[]): readonly string[] {
  const options = sections.map((section) => section.options);
  return [
    // Permissions such as viewEntries:posts do not tell small letters from capital ones.
    ...repeated(options, ({ handle }) => handle.toLowerCase()).map(
      ({ handle }) => `sections: two have the handle "${handle}", in whatever letters. Give each its own.`,
    ),
    ...repeated(
      options.filter(({ id }) => id !== undefined),
      ({ id }) => id,
    ).map(({ id }) => `sections: two have the id ${id}. Give each its own.`),
  ];
}

/** Types of a section share the index of a handle, and queries do not ask for a type. */
function indexFaults({ options }: Section, at: number): readonly string[] {
  const first = new Map<string, { readonly type: string; readonly as: string; readonly kind: string }>();
  return options.entryTypes.flatMap((type, index) =>
    Object.entries(type.fields).flatMap(([handle, field]) => {
      const own = { type: type.handle, as: field.comparedAs ?? 'nothing', kind: field.type };
      const other = first.get(handle) ?? own;
      first.set(handle, other);
      if (other.as === own.as && other.kind === own.kind) return [];
      return [
        `sections[${at}] (${options.handle}): entryTypes[${index}] (${type.handle}): fields.${handle}: it is a ` +
          `${own.kind} field here and a ${other.kind} field in ${other.type}. In one section a handle is one kind of field.`,
      ];
    }),
  );
}
