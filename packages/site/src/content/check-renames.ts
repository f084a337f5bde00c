import type { Section } from './section.ts';

interface Renamed {
  readonly handle: string;
  readonly renamedFrom: string | undefined;
}

/** What is wrong with the `renamedFrom` of sections, types and fields, a sentence each. */
export function renameFaults(sections: readonly Section[]): readonly string[] {
  return [
    ...faultsAmong(
      'sections',
      sections.map(({ options }) => ({ handle: options.handle, renamedFrom: options.renamedFrom })),
    ),
    ...sections.flatMap(({ options }, at) => {
      const place = `sections[${at}] (${options.handle}): entryTypes`;
      const types = options.entryTypes.map((type) => ({
        handle: type.handle,
        renamedFrom: type.options.renamedFrom,
      }));
      const fields = options.entryTypes.map((type) =>
        Object.entries(type.fields).map(([handle, field]) => ({
          handle,
          renamedFrom: field.options.renamedFrom,
        })),
      );
      return [
        ...faultsAmong(place, types),
        ...fields.flatMap((layout, index) =>
          faultsAmong(`${place}[${index}] (${types[index]?.handle}): fields`, layout),
        ),
      ];
    }),
  ];
}

function faultsAmong(place: string, all: readonly Renamed[]): readonly string[] {
  const handles = new Set(all.map(({ handle }) => handle));
  const taken = new Map<string, string>();
  return all.flatMap(({ handle, renamedFrom }) => {
    if (renamedFrom === undefined) return [];
    const other = taken.get(renamedFrom);
    taken.set(renamedFrom, handle);
    if (handles.has(renamedFrom))
      return [`${place}: ${handle} is renamed from "${renamedFrom}", which is still there.`];
    return other === undefined
      ? []
      : [`${place}: ${other} and ${handle} are both renamed from "${renamedFrom}". Only one can be.`];
  });
}
