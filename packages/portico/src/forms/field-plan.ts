import { constraintsOf, fieldAt, optionsOf, type HtmlConstraints } from '../schema/constraints.ts';
import type { ListPlan, Plan } from '../schema/plan.ts';
import { isSecretField } from '../schema/secrets.ts';
import { pathOf } from './field-name.ts';

/** What the schema says of one field of a form. */
export interface FieldPlan {
  /** `undefined` for a field that the schema does not know. */
  readonly plan: Plan | undefined;
  readonly constraints: HtmlConstraints;
  readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }> | undefined;
  readonly isCheckbox: boolean;
  /** One field that holds several values. */
  readonly isList: boolean;
  /** Its value must not come back in a page. */
  readonly isWithheld: boolean;
}

export function fieldPlan(root: Plan, name: string, segments: readonly string[]): FieldPlan {
  const plan = fieldAt(root, pathOf(segments));
  const parent = segments.length === 1 ? root : fieldAt(root, pathOf(segments.slice(0, -1)));
  const last = segments.at(-1) ?? '';
  const isList = isListPlan(plan);
  const isSecret = isSecretField(root, name);
  const constraints: HtmlConstraints = plan
    ? constraintsOf(plan, { parentIsList: parent?.kind === 'array' || parent?.kind === 'set' })
    : { type: 'text' };
  if (!isNeeded(root, segments)) delete constraints.required;
  if (isSecret && constraints.type === 'text' && /passw/i.test(name)) constraints.type = 'password';
  const isCheckbox = constraints.type === 'checkbox' && !isList;
  const discriminates = parent?.kind === 'union' && parent.discriminator === last;
  const choices = discriminates ? parent : plan;
  const options = isCheckbox || !choices || choices.kind === 'object' ? undefined : optionsOf(choices);
  return {
    plan,
    constraints,
    options,
    isCheckbox,
    isList,
    isWithheld: isSecret || constraints.type === 'file',
  };
}

/** Whether a form must have the field. Not where what it stands in may be absent, or another variant does without. */
function isNeeded(root: Plan, segments: readonly string[]): boolean {
  for (let length = 0; length < segments.length; length++) {
    const around = length === 0 ? root : fieldAt(root, pathOf(segments.slice(0, length)));
    if (!around) return false;
    // A list that may be absent has no rows; in those that are there the fields are needed.
    if (length > 0 && (around.optional || around.nullable) && !isListPlan(around)) return false;
    const key = segments[length] ?? '';
    if (around.kind === 'union') {
      for (const variant of around.variants.values()) if (!variant.properties.has(key)) return false;
    }
  }
  return true;
}

/** Whether numbers below a field are rows. The keys of a record may be numbers too, and stay what they are. */
export function isListPlan(plan: Plan | undefined): plan is ListPlan {
  return plan?.kind === 'array' || plan?.kind === 'set' || plan?.kind === 'tuple';
}
