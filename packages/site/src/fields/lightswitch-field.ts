import { z } from 'zod';
import type { Field, FieldOptions } from './field.ts';
import { formControl } from './form-control.ts';
import { postedText } from './posted-text.ts';

export interface LightswitchOptions extends FieldOptions {
  /** How it stands before anybody has touched it. */
  readonly default?: boolean;
}

export interface LightswitchField extends Field<boolean> {
  readonly type: 'lightswitch';
  readonly options: LightswitchOptions;
}

const ON = new Set(['on', 'true', '1', 'yes', 'y']);
const OFF = new Set(['off', 'false', '0', 'no', 'n']);

/**
 * On or off. Blank is off: that is how a form says it, by a hidden empty input before its checkbox. A required one must be
 * on, as the consent that it asks for.
 */
export function lightswitchField(options: LightswitchOptions = {}): LightswitchField {
  return {
    type: 'lightswitch',
    options,
    initial: options.default ?? false,
    comparedAs: 'number',
    isKept: (value) => typeof value === 'boolean',
    isBlank: (value) => value !== true,
    normalize(posted, label) {
      if (typeof posted === 'boolean') return { value: posted };
      const text = typeof posted === 'number' ? String(posted) : postedText(posted);
      if (text === null) return { value: false };
      const word = text?.toLowerCase() ?? '';
      if (ON.has(word)) return { value: true };
      if (OFF.has(word)) return { value: false };
      return { error: `${label} must be on or off.` };
    },
    formSchema: () => formControl(options.required === true ? z.literal(true) : z.boolean(), options),
  };
}
