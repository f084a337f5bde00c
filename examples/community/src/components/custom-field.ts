import type { field as kinds, FieldLayout } from '@portico/site';
import type { FormField } from 'portico/html';
import { checkbox, field } from './field.ts';
import type { Markup } from './markup.ts';

/** The kinds that members' profiles are made of. */
type Kind = 'text' | 'email' | 'number' | 'date' | 'dropdown' | 'lightswitch';
type KnownField = { [Each in Kind]: ReturnType<(typeof kinds)[Each]> }[Kind];

/**
 * The custom fields that members may write, as a form of `users/save-user` has them: `fields[craft]`. The form's schema knows
 * nothing of them, so what they are comes from their layout.
 */
export function customFields(
  form: { field(name: string): FormField },
  layout: FieldLayout & Readonly<Record<string, KnownField>>,
): Markup[] {
  return Object.entries(layout)
    .filter(([, { options }]) => options.frontend === true)
    .map(([handle, kind]) => customField(form.field(`fields[${handle}]`), kind, handle));
}

function customField(of: FormField, kind: KnownField, handle: string): Markup {
  const { label = handle, instructions: hint } = kind.options;
  const told = { label, ...(hint !== undefined && { hint }) };
  switch (kind.type) {
    case 'lightswitch':
      return checkbox(asSwitch(of), label);
    case 'dropdown': {
      const options = kind.options.options.map((option) => ({
        ...option,
        selected: option.value === of.value,
      }));
      return field({ ...of, options }, told);
    }
    case 'text': {
      const { multiline, charLimit } = kind.options;
      return field(of, {
        ...told,
        ...(multiline && { type: 'textarea' }),
        attributes: {
          ...(charLimit !== undefined && { maxlength: charLimit }),
          ...(multiline && { rows: 5 }),
        },
      });
    }
    case 'number': {
      const { min, max, decimals = 2 } = kind.options;
      return field(of, {
        ...told,
        type: 'number',
        attributes: { ...given({ min, max }), step: 10 ** -decimals, inputmode: 'decimal' },
      });
    }
    case 'date': {
      const { min, max } = kind.options;
      // Kept as a moment, shown as a day.
      const value = String(of.value).slice(0, '2026-11-21'.length);
      return field(
        { ...of, value, attributes: { ...of.attributes, value } },
        {
          ...told,
          type: 'date',
          attributes: given({ min, max }),
        },
      );
    }
    case 'email':
      return field(of, { ...told, type: 'email', attributes: { autocomplete: 'email' } });
  }
}

/** Off is said by an empty input before the checkbox, since browsers send nothing of one that is not checked. */
function asSwitch(of: FormField): FormField {
  const { value: _, ...attributes } = of.attributes;
  const isOn = ['true', '1', 'on'].includes(String(of.value));
  return {
    ...of,
    hidden: [{ name: of.name, value: '' }],
    attributes: { ...attributes, type: 'checkbox', value: '1', ...(isOn && { checked: true }) },
  };
}

function given<Value extends string | number>(
  attributes: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
