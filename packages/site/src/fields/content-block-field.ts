import { z } from 'zod';
import { applyFields, initialFields, missingFields } from './apply-fields.ts';
import type { Field, FieldLayout, FieldOptions, FieldValue, FieldValues, ValuesOf } from './field.ts';
import { orNone } from './fits-field.ts';
import { formSchema } from './form-schema.ts';
import { anyOf, choicesIn, keywordsIn, referencesIn, withNotedIn, withParentsIn } from './layout-values.ts';
import { isBlankPost, postedRecord } from './posted-record.ts';

export interface ContentBlockOptions<Layout extends FieldLayout = FieldLayout> extends FieldOptions {
  /** By handle. */
  readonly fields: Layout;
}

type Values<Layout extends FieldLayout> =
  ValuesOf<Layout> extends infer Value ? (Value extends FieldValue ? Value : never) : never;

export interface ContentBlockField<Layout extends FieldLayout = FieldLayout> extends Field<Values<Layout>> {
  readonly type: 'contentBlock';
  readonly options: ContentBlockOptions<Layout>;
}

/** Fields that belong together under one name. Takes `{ fields: { … } }`, or the fields alone; blank sets all of them back. */
export function contentBlockField<const Layout extends FieldLayout>(
  options: ContentBlockOptions<Layout>,
): ContentBlockField<Layout> {
  return contentBlockOf(options) as unknown as ContentBlockField<Layout>;
}

function contentBlockOf(options: ContentBlockOptions): Field<FieldValues> {
  const layout = options.fields;
  return {
    type: 'contentBlock',
    options,
    initial: null,
    isKept: orNone((value) => isOf(layout, valuesOf(value))),
    normalize(posted, label, posting) {
      if (isBlankPost(posted)) return { value: null };
      const record = postedRecord(posted);
      if (record === undefined) return { error: `${label} must be sent by the handles of its fields.` };
      const isWrapped = Object.hasOwn(record, 'fields') && !Object.hasOwn(layout, 'fields');
      const place = (path: string): string => (isWrapped ? `fields.${path}` : path);
      const { fields, ...others } = isWrapped ? record : { fields: record };
      const current = valuesOf(posting.current) ?? initialFields(layout);
      const applied = applyFields(layout, fields, current, {
        trusted: posting.trusted,
        posting: isWrapped ? posting.within('fields', null) : posting,
      });
      const errors: Array<readonly [string, readonly string[]]> = [
        ...Object.entries(applied.errors).map(
          ([path, messages]) => [path === '' ? path : place(path), messages] as const,
        ),
        ...Object.keys(others).map((name) => [name, ['This is not known beside fields.']] as const),
      ];
      if (errors.length > 0) return { errors: Object.fromEntries(errors) };
      return { value: applied.values, postedAt: (path) => place(applied.postedAt(path)) };
    },
    isBlank: (value) => isAllBlank(layout, valuesOf(value)),
    lacks(value) {
      const missing = missingFields(layout, valuesOf(value) ?? {});
      return Object.keys(missing).length === 0 ? undefined : missing;
    },
    keywords: (value) => keywordsIn(layout, valuesOf(value) ?? {}),
    ...(anyOf(layout, 'references') && {
      references: (value: FieldValue) => referencesIn(layout, valuesOf(value) ?? {}),
    }),
    ...(anyOf(layout, 'withNoted') && {
      withNoted: (value: FieldValue, idOf: (noted: number) => number) =>
        mapped(value, (values) => withNotedIn(layout, values, idOf)),
    }),
    ...(anyOf(layout, 'withParents') && {
      withParents: (value: FieldValue, parentOf: (id: number) => number | null) =>
        mapped(value, (values) => withParentsIn(layout, values, parentOf)),
    }),
    ...(anyOf(layout, 'choices') && {
      choices: (value: FieldValue) => choicesIn(layout, valuesOf(value) ?? {}),
    }),
    formSchema: () => z.object(formSchema(layout, '').shape),
  };
}

function isAllBlank(layout: FieldLayout, values: FieldValues | undefined): boolean {
  return Object.entries(layout).every(([handle, field]) => {
    const value = values !== undefined && Object.hasOwn(values, handle) ? (values[handle] ?? null) : null;
    return value === null || (field.isBlank?.(value) ?? false);
  });
}

// All its fields are kept with it; some may have left the layout since.
function isOf(layout: FieldLayout, values: FieldValues | undefined): boolean {
  return values !== undefined && Object.keys(layout).some((handle) => Object.hasOwn(values, handle));
}

function mapped(value: FieldValue, map: (values: FieldValues) => FieldValues): FieldValues | null {
  const values = valuesOf(value);
  return values === undefined ? null : map(values);
}

function valuesOf(value: FieldValue): FieldValues | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as FieldValues)
    : undefined;
}
