import { escapeHtml } from '../lib/escape-html.ts';
import { element, type Attributes } from './attributes.ts';
import { errorsId } from './field.ts';
import type { FormField } from './form-types.ts';
import { hiddenInput } from './inputs.ts';
import { raw, type SafeHtml } from './safe-html.ts';

const NOT_ON_TEXTAREA = ['type', 'value', 'checked', 'min', 'max', 'step', 'pattern', 'accept', 'multiple'];
const NOT_ON_SELECT = [...NOT_ON_TEXTAREA.filter((name) => name !== 'multiple'), 'minlength', 'maxlength'];

/**
 * A field as markup: a `<select>` where there is something to choose, else an `<input>` of the type the schema asks for.
 * `type` among the extra attributes asks for another one, also `textarea`, `select`, and `radio` or `checkbox` for one
 * labelled input an option. A description of one's own (`aria: { describedby }`) is added to that of the errors.
 */
export function renderInput(field: FormField, extra: Attributes = {}): SafeHtml {
  const { type: given, ...others } = extra;
  const type = typeof given === 'string' ? given : undefined;
  const hidden = field.hidden.map(({ name, value }) => String(hiddenInput(name, value))).join('');
  return raw(hidden + control(field, type, withDescriptions(field, others)));
}

/**
 * The errors of a field as a list that its input refers to; nothing where there are none. `keepPlace` prints an empty list
 * then, for `enhance()` to fill.
 */
export function renderErrors(
  field: FormField,
  extra: Attributes = {},
  options: { readonly keepPlace?: boolean } = {},
): SafeHtml {
  if (field.errors.length === 0 && options.keepPlace !== true) return raw('');
  const items = field.errors.map((message) => element('li', {}, escapeHtml(message))).join('');
  return raw(element('ul', { id: errorsId(field.id), ...extra }, items));
}

function control(field: FormField, type: string | undefined, extra: Attributes): string {
  const { attributes, options } = field;
  if (type === 'textarea') {
    const text = typeof field.value === 'string' ? field.value : field.value.join('\n');
    // The HTML parser drops a line break right after the tag.
    return element(
      'textarea',
      { ...without(attributes, NOT_ON_TEXTAREA), ...extra },
      `\n${escapeHtml(text)}`,
    );
  }
  if (options && (type === 'radio' || type === 'checkbox')) return choiceGroup(field, type, extra);
  if (type === 'select' || (options && type === undefined)) {
    return element('select', { ...without(attributes, NOT_ON_SELECT), ...extra }, selectOptions(field));
  }
  return element('input', { ...attributes, ...(type !== undefined && { type }), ...extra });
}

function selectOptions(field: FormField): string {
  const { options = [], attributes } = field;
  const empty = !options.some((option) => option.value === '');
  // Browsers would choose the first option by themselves, and `required` only asks for another one than an empty first.
  const isUnanswered = attributes.required !== true || !options.some((option) => option.selected);
  const first =
    attributes.multiple !== true && empty && isUnanswered ? element('option', { value: '' }, '') : '';
  return options.reduce(
    (markup, { value, label, selected }) =>
      markup + element('option', { value, selected }, escapeHtml(label)),
    first,
  );
}

function choiceGroup(field: FormField, type: 'radio' | 'checkbox', extra: Attributes): string {
  const { options = [], attributes, id } = field;
  // `required` on a checkbox would ask for that very one.
  const common = without(attributes, type === 'checkbox' ? ['multiple', 'required'] : ['multiple']);
  return options
    .map(({ value, label, selected }, at) => {
      const own = { ...common, ...extra, id: `${id}-${at}`, type, value, checked: selected };
      return element('label', {}, `${element('input', own)} ${escapeHtml(label)}`);
    })
    .join('');
}

function withDescriptions(field: FormField, extra: Attributes): Attributes {
  const own = field.attributes['aria-describedby'];
  const { aria, 'aria-describedby': flat, ...others } = extra;
  const nested =
    typeof aria === 'object' && aria !== null && !Array.isArray(aria)
      ? (aria as Record<string, unknown>)
      : {};
  const { describedby = flat, ...rest } = nested;
  const ids = [own, describedby].flat().filter((part) => typeof part === 'string' && part !== '');
  return {
    ...others,
    ...(Object.keys(rest).length > 0 && { aria: rest }),
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
  };
}

function without(attributes: object, names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}
