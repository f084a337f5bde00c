import { parseFieldName } from '../lib/field-path.ts';
import { htmlPattern } from './html-pattern.ts';
import type { ChoicePlan, DatePlan, ListPlan, NumberPlan, Plan, TextPlan } from './plan.ts';

/** HTML attributes that hold a field to its schema in the browser. A missing key is an attribute left out. */
export interface HtmlConstraints {
  type?: string;
  required?: true;
  min?: string;
  max?: string;
  minlength?: number;
  maxlength?: number;
  step?: string;
  pattern?: string;
  accept?: string;
  multiple?: true;
}

const INPUT_BY_FORMAT = new Map([
  ['email', 'email'],
  ['uri', 'url'],
  ['url', 'url'],
  ['date', 'date'],
  ['time', 'time'],
]);

/** The plan of the field of that name, in any notation; in a union, of the first variant that has it. */
export function fieldAt(plan: Plan, path: string): Plan | undefined {
  if (plan.kind === 'object' && plan.properties.has(path)) return plan.properties.get(path);
  let found: Plan | undefined = plan;
  for (const segment of parseFieldName(path) ?? [path]) {
    found = found && childAt(found, segment);
  }
  return found;
}

function childAt(plan: Plan, segment: string): Plan | undefined {
  switch (plan.kind) {
    case 'object':
      return plan.properties.get(segment) ?? plan.rest;
    case 'record':
    case 'map':
      return plan.values;
    case 'array':
    case 'set':
    case 'tuple':
      return segment === '' || /^\d+$/.test(segment)
        ? (plan.prefix[Number(segment)] ?? plan.items)
        : undefined;
    case 'union':
      for (const variant of plan.variants.values()) {
        const found = variant.properties.get(segment);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

/**
 * What the browser can check before the form is sent. `parentIsList`: the field is an element of a list, which may be left
 * empty. The schema is asked again on the server, so a constraint that HTML cannot say exactly is left out or is weaker.
 */
export function constraintsOf(
  plan: Plan,
  options: { readonly parentIsList?: boolean } = {},
): HtmlConstraints {
  const constraints = ownConstraints(plan);
  const needed = !plan.optional && !plan.nullable && options.parentIsList !== true;
  if (needed && canBeRequired(plan)) constraints.required = true;
  return constraints;
}

function canBeRequired(plan: Plan): boolean {
  switch (plan.kind) {
    case 'text':
    case 'number':
    case 'integer':
    case 'bigint':
    case 'date':
    case 'url':
    case 'file':
      return true;
    case 'choice':
      return !isCheckbox(plan);
    // A group of checkboxes cannot say that one of them is needed, and `required` on each would ask for all.
    case 'array':
    case 'set':
      return plan.items?.kind === 'file' && (plan.minItems ?? 0) > 0;
    default:
      return false;
  }
}

function isCheckbox({ values }: ChoicePlan): boolean {
  return values.length > 0 && values.every((value) => typeof value === 'boolean');
}

function ownConstraints(plan: Plan): HtmlConstraints {
  switch (plan.kind) {
    case 'text':
      return textConstraints(plan);
    case 'number':
    case 'integer':
      return numberConstraints(plan);
    case 'bigint':
      // A number input calculates in doubles, which would round.
      return { type: 'text', pattern: '[+\\-]?[0-9]+' };
    case 'boolean':
      return { type: 'checkbox' };
    case 'choice':
      return isCheckbox(plan) ? { type: 'checkbox' } : {};
    case 'date':
      return dateConstraints(plan);
    case 'url':
      return { type: 'url' };
    case 'file':
      return plan.accept.length === 0 ? { type: 'file' } : { type: 'file', accept: plan.accept.join(',') };
    case 'array':
    case 'set':
      return listConstraints(plan);
    default:
      return {};
  }
}

function textConstraints(plan: TextPlan): HtmlConstraints {
  const type = plan.secret ? 'password' : (INPUT_BY_FORMAT.get(plan.format ?? '') ?? 'text');
  const constraints: HtmlConstraints = { type };
  if (type === 'date' || type === 'time') return constraints;
  if (plan.minLength !== undefined && plan.minLength > 0) constraints.minlength = plan.minLength;
  if (plan.maxLength !== undefined) constraints.maxlength = plan.maxLength;
  // Browsers have a rule of their own for addresses, with a message that people understand.
  const pattern = type === 'email' || plan.pattern === undefined ? undefined : htmlPattern(plan.pattern);
  if (pattern !== undefined) constraints.pattern = pattern;
  return constraints;
}

function numberConstraints(plan: NumberPlan): HtmlConstraints {
  const step = plan.multipleOf ?? (plan.kind === 'integer' ? 1 : undefined);
  const constraints: HtmlConstraints = { type: 'number', step: step === undefined ? 'any' : decimal(step) };
  if (isBound(plan.minimum)) {
    // Steps count from `min` (HTML standard, 4.10.5.3.8), multiples from zero.
    const minimum = step === undefined ? plan.minimum : exactMultiple(Math.ceil(plan.minimum / step), step);
    constraints.min = decimal(minimum);
  }
  if (isBound(plan.maximum)) constraints.max = decimal(plan.maximum);
  return constraints;
}

// Libraries bound every integer by what a double holds, which says nothing to a person.
function isBound(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

function exactMultiple(count: number, step: number): number {
  return Number((count * step).toPrecision(15));
}

function decimal(value: number): string {
  return String(value);
}

function dateConstraints(plan: DatePlan): HtmlConstraints {
  const withTime = plan.format === 'date-time';
  const length = withTime ? 16 : 10;
  const constraints: HtmlConstraints = { type: withTime ? 'datetime-local' : 'date' };
  if (plan.minimum !== undefined) constraints.min = plan.minimum.slice(0, length);
  if (plan.maximum !== undefined) constraints.max = plan.maximum.slice(0, length);
  return constraints;
}

function listConstraints(plan: ListPlan): HtmlConstraints {
  const { items } = plan;
  if (items === undefined || elementOf(items) === undefined) return {};
  const constraints = ownConstraints(items);
  if ((items.kind === 'file' || items.kind === 'choice') && plan.maxItems !== 1) constraints.multiple = true;
  return constraints;
}

/** What there is to choose from; `undefined` for a field that is no choice. A value without a label doubles as one. */
export function optionsOf(plan: Plan): Array<{ value: string; label: string }> | undefined {
  switch (plan.kind) {
    case 'choice':
      return plan.values.map(String).map((value) => ({ value, label: plan.labels?.get(value) ?? value }));
    case 'union':
      return Array.from(plan.variants.keys(), (value) => ({ value, label: value }));
    case 'array':
    case 'set': {
      const element = elementOf(plan);
      return element && optionsOf(element);
    }
    default:
      return undefined;
  }
}

/** What a list holds, or a list of lists; `undefined` for one that holds nothing but itself. */
function elementOf(plan: Plan): Plan | undefined {
  const seen = new Set<Plan>();
  let found: Plan | undefined = plan;
  while (found?.kind === 'array' || found?.kind === 'set') {
    if (seen.has(found)) return undefined;
    seen.add(found);
    found = found.items;
  }
  return found;
}
