import type { ContentSection, ContentType } from '../../content/content.ts';
import type { Field } from '../../fields/field.ts';

/** The custom fields of a query's sections, as far as it may name them. */
export interface QueriedFields {
  /** Of that handle, one for each entry type that has it. Throws a `TypeError` where there is none. */
  named(handle: string): readonly [Field, ...Field[]];
  /** How it is compared and sorted. Throws a `TypeError` where it is not. */
  comparedAs(handle: string): 'text' | 'number';
}

function comparedHandles(types: readonly ContentType[]): readonly string[] {
  const fields = types.flatMap((type) => Object.entries(type.fields));
  return [...new Set(fields.filter(([, field]) => field.comparedAs !== undefined).map(([handle]) => handle))];
}

export function queriedFields(sections: readonly ContentSection[], isEverySection: boolean): QueriedFields {
  const types = sections.flatMap((section) => section.types);
  const place = sections.map(({ handle }) => handle).join(', ');

  function named(handle: string): readonly [Field, ...Field[]] {
    const [first, ...rest] = types.flatMap(({ fields }) =>
      Object.hasOwn(fields, handle) && fields[handle] !== undefined ? [fields[handle]] : [],
    );
    if (first !== undefined) return [first, ...rest];
    const handles = [...new Set(types.flatMap(({ fields }) => Object.keys(fields)))];
    throw new TypeError(
      `There is no field “${handle}” in ${place}. ${handles.length === 0 ? 'It has no fields.' : `There are: ${handles.join(', ')}.`}`,
    );
  }

  return {
    named,
    comparedAs(handle) {
      const fields = named(handle);
      if (isEverySection)
        throw new TypeError(
          `“fields.${handle}”: fields are of a section. Name it, as in site.entries('${sections[0]?.handle}').`,
        );
      const ways = new Set(fields.map(({ comparedAs }) => comparedAs));
      const [way] = ways;
      if (ways.size > 1)
        throw new TypeError(
          `“fields.${handle}” is not the same in all entry types of ${place}: it is compared as ${[...ways].join(' and ')}.`,
        );
      if (way !== undefined) return way;
      throw new TypeError(
        `“fields.${handle}” (${fields[0].type}) cannot be compared or sorted by. ` +
          (fields[0].choices || fields[0].references
            ? `Ask where('fields.${handle}', 'contains', …).`
            : `These can: ${comparedHandles(types).join(', ') || 'none of its fields'}.`),
      );
    },
  };
}
