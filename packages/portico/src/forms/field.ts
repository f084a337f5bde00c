import { fieldAt } from '../schema/constraints.ts';
import type { Plan } from '../schema/plan.ts';
import { fieldId, pathOf, segmentsOf } from './field-name.ts';
import { fieldPlan, isListPlan, type FieldPlan } from './field-plan.ts';
import { shownValue, type ShownValue, type ValueSource } from './field-value.ts';
import { formatValue } from './format-value.ts';
import type { FieldAttributes, FormField, HiddenField } from './form-types.ts';
import { reactProps } from './react-props.ts';

/** What the fields of a form instance have in common. */
export interface FormState extends ValueSource {
  /** What the action itself says, by which it decodes. */
  readonly actionPlan: Plan;
  /** What the ids of its fields start with. */
  readonly idPrefix: string;
  /** Messages by dotted path; `undefined` where nothing is wrong. */
  readonly errors: Readonly<Record<string, readonly string[] | undefined>> | undefined;
}

const ON = new Set(['on', 'true', '1', 'yes']);
const CHECKED = 'true';

export function createField(state: FormState, name: string): FormField {
  const segments = segmentsOf(state.plan, name);
  const field = fieldPlan(state.plan, name, segments);
  const { constraints, options, isCheckbox, isList } = field;
  const id = fieldId(state.idPrefix, segments);
  const errors = errorsOf(state, segments, isList);
  const value = field.isWithheld ? '' : valueOf(state, segments, field);

  const sent = sentName(state, name, segments, field);
  const attributes: FieldAttributes = { id, name: sent };
  if (constraints.type !== undefined && (options === undefined || isCheckbox))
    attributes.type = constraints.type;
  if (isCheckbox) {
    attributes.value = CHECKED;
    if (value !== '') attributes.checked = true;
  } else if (typeof value === 'string' && options === undefined && !field.isWithheld)
    attributes.value = value;
  const { type: _, ...rest } = constraints;
  Object.assign(attributes, rest);
  if (errors.length > 0) {
    attributes['aria-invalid'] = 'true';
    attributes['aria-describedby'] = errorsId(id);
  }
  const chosen = typeof value === 'string' ? [value] : value;
  return {
    name: sent,
    id,
    value,
    errors,
    options: options?.map((option) => ({ ...option, selected: chosen.includes(option.value) })),
    hidden: hiddenBefore(name, field),
    attributes,
    props: reactProps(attributes, options === undefined ? undefined : value),
  };
}

/** Where the action knows of no list, only `name[]` sends one: of inputs with one plain name the last counts. */
function sentName(
  { actionPlan }: FormState,
  name: string,
  segments: readonly string[],
  { isList }: FieldPlan,
): string {
  const isKnown = !isList || name.endsWith('[]') || isListPlan(fieldAt(actionPlan, pathOf(segments)));
  return isKnown ? name : `${name}[]`;
}

/** The id of the element that lists the errors of a field. */
export function errorsId(fieldId: string): string {
  return `${fieldId}-errors`;
}

/** Messages for a field; for a field that holds a list also those for its elements, which have no field of their own. */
function errorsOf(state: FormState, segments: readonly string[], isList: boolean): readonly string[] {
  const { errors } = state;
  if (!errors) return [];
  const path = pathOf(segments);
  const own = Object.hasOwn(errors, path) ? (errors[path] ?? []) : [];
  if (!isList) return own;
  const ofElements = Object.entries(errors).filter(
    ([other]) => other.startsWith(`${path}.`) && /^\d+$/.test(other.slice(path.length + 1)),
  );
  return [...new Set([...own, ...ofElements.flatMap(([, messages]) => messages ?? [])])];
}

function valueOf(
  state: FormState,
  segments: readonly string[],
  field: FieldPlan,
): string | readonly string[] {
  const { constraints, isCheckbox, isList, options } = field;
  const shown = shownValue(state, segments, isCheckbox || options !== undefined || isList);
  if (isList) return listTexts(state, segments, shown, constraints.type, options !== undefined);
  const text = 'texts' in shown ? (shown.texts.at(-1) ?? '') : formatValue(shown.value, constraints.type);
  if (isCheckbox) return ON.has(text) ? CHECKED : '';
  // A browser shows a date-time only in its own notation, and one without a zone where the field has none.
  return 'texts' in shown ? formatValue(text, constraints.type) : text;
}

function listTexts(
  state: FormState,
  segments: readonly string[],
  shown: ShownValue,
  type: string | undefined,
  isChoice: boolean,
): readonly string[] {
  if ('value' in shown) {
    const { value } = shown;
    if (value === null || value === undefined) return [];
    const items: readonly unknown[] = Array.isArray(value)
      ? value
      : value instanceof Set
        ? [...value]
        : [value];
    return items.map((item) => formatValue(item, type));
  }
  const texts: string[] = [];
  const rows = state.kept?.rows(segments) ?? 0;
  for (let row = 0; row < rows; row++) texts.push(...(state.kept?.texts([...segments, String(row)]) ?? []));
  texts.push(...shown.texts);
  // The hidden field that stands for nothing chosen.
  return isChoice || texts.length === 1 ? texts.filter((text, at) => at > 0 || text !== '') : texts;
}

function hiddenBefore(name: string, { plan, isCheckbox, options }: FieldPlan): readonly HiddenField[] {
  if (plan?.optional !== true) return [];
  // Not before one that can only be checked, as in "I accept the terms": `false` would be refused.
  if (isCheckbox) return plan.kind === 'boolean' ? [{ name, value: 'false' }] : [];
  if (plan.kind !== 'array' && plan.kind !== 'set') return [];
  // An empty list says more than none, unless the schema takes none and no empty one.
  const takesEmpty = plan.defaultValue !== undefined || !((plan.minItems ?? 0) > 0);
  // Only for choices: an empty text or file input is sent anyway.
  return options !== undefined && takesEmpty ? [{ name, value: '' }] : [];
}
