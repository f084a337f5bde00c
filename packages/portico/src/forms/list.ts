import { fieldAt } from '../schema/constraints.ts';
import { LIST_FIELD } from '../wire/names.ts';
import { createField, type FormState } from './field.ts';
import { nameBelow, pathOf, segmentsOf } from './field-name.ts';
import { isListPlan } from './field-plan.ts';
import { defaultAt, valueAt } from './field-value.ts';
import type { FormList, FormRow, ListButton } from './form-types.ts';

/** The rows of a list: as many as were submitted, else as the page's values or the schema's default have. */
export function createList(state: FormState, name: string): FormList {
  const segments = segmentsOf(state.plan, name);
  const path = pathOf(segments);
  const plan = fieldAt(state.plan, path);
  const fewest = (isListPlan(plan) ? plan.minItems : undefined) ?? 0;
  const most = (isListPlan(plan) ? plan.maxItems : undefined) ?? Infinity;
  const count = Math.max(fewest, countRows(state, segments));
  const rows: FormRow[] = [];
  for (let index = 0; index < count; index++) {
    const rowName = `${name}[${index}]`;
    rows.push({
      index,
      name: rowName,
      field: (inner = '') => createField(state, nameBelow(rowName, inner)),
      remove: button(`remove:${path}:${index}`, count > fewest),
      up: button(`up:${path}:${index}`, index > 0),
      down: button(`down:${path}:${index}`, index + 1 < count),
    });
  }
  const { errors } = state;
  return {
    name,
    rows,
    add: button(`add:${path}`, count < most),
    errors: errors && Object.hasOwn(errors, path) ? (errors[path] ?? []) : [],
  };
}

function countRows(state: FormState, segments: readonly string[]): number {
  const { kept, values, plan } = state;
  if (kept && !kept.isInNewRow(segments)) return kept.rows(segments);
  // In a row that was just added the page's own values belong to others.
  const given = kept ? undefined : valueAt(values, segments);
  const shown = given === undefined ? defaultAt(plan, segments) : given;
  if (Array.isArray(shown)) return shown.length;
  return shown instanceof Set ? shown.size : 0;
}

// Not validated by the browser: a half-filled form may still get a row more.
function button(value: string, isOn: boolean): ListButton {
  const common = { type: 'submit', name: LIST_FIELD, value } as const;
  const disabled = isOn ? {} : ({ disabled: true } as const);
  return {
    name: LIST_FIELD,
    value,
    attributes: { ...common, formnovalidate: true, ...disabled },
    props: { ...common, formNoValidate: true, ...disabled },
  };
}
