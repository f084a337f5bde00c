import { z } from 'zod';
import type { Choice } from './choice.ts';
import type { Field, FieldOptions } from './field.ts';
import { textLike } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { ownValue, postedRecord } from './posted-record.ts';
import { postedText } from './posted-text.ts';

export interface ColorOptions extends FieldOptions {
  /** What is offered: `#c0ffee`, or `{ value: '#c0ffee', label: 'Coffee' }`. */
  readonly palette?: ReadonlyArray<string | Choice>;
  /** Whether others than those of the palette are taken. Default: where there is no palette. */
  readonly allowCustomColors?: boolean;
}

export interface ColorField extends Field<string> {
  readonly type: 'color';
  readonly options: FieldOptions & {
    readonly palette: readonly Choice[];
    readonly allowCustomColors: boolean;
  };
}

const BLANK = '__blank__';
const CUSTOM = '__custom__';

/**
 * A color, kept as `#c0ffee`. Takes three or six hexadecimal digits, with `#` or without, `__blank__`, `{ color }` and
 * `{ color: '__custom__', custom }`. Throws a `TypeError` where the palette has something that is no color.
 */
export function colorField(options: ColorOptions = {}): ColorField {
  const palette = (options.palette ?? []).map((given) => {
    const { value, label } = typeof given === 'string' ? { value: given, label: given } : given;
    const color = parseColor(value);
    if (color !== undefined) return { value: color, label };
    throw new TypeError(`field.color: the palette has "${value}", which is no color. Write it like #c0ffee.`);
  });
  const { allowCustomColors = palette.length === 0 } = options;
  const offered = new Set(palette.map(({ value }) => value));
  return {
    type: 'color',
    options: { ...options, palette, allowCustomColors },
    initial: null,
    isKept: textLike(/^#[0-9a-f]{6}$/),
    comparedAs: 'text',
    normalize(posted, label) {
      const text = colorText(posted);
      if (text === null) return { value: null };
      const color = text === undefined ? undefined : parseColor(text);
      if (color === undefined) return { error: `${label} is not a valid color. Write it like #c0ffee.` };
      if (!allowCustomColors && !offered.has(color))
        return { error: `${label} is not one of the colors of its palette.` };
      return { value: color };
    },
    formSchema: () =>
      formControl(
        allowCustomColors ? z.string().regex(/^#?(?:[0-9a-fA-F]{3}){1,2}$/) : z.enum([...offered]),
        options,
      ),
  };
}

function colorText(posted: unknown): string | null | undefined {
  const record = postedRecord(posted);
  const text = postedText(record === undefined ? posted : (ownValue(record, 'color') ?? {}));
  if (text === BLANK) return null;
  return record !== undefined && text === CUSTOM ? postedText(ownValue(record, 'custom')) : text;
}

/** `#c0ffee` of three or six hexadecimal digits. */
function parseColor(text: string): string | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1]?.toLowerCase();
  if (digits === undefined) return undefined;
  return `#${digits.length === 6 ? digits : digits.replaceAll(/./g, '$&$&')}`;
}
