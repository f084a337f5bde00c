import type { ListPlan, ObjectPlan, Plan, UnionPlan } from '../schema/plan.ts';
import { isSecretField } from '../schema/secrets.ts';
import type { Attributes } from './attributes.ts';
import type { DescribedForm } from './described-form.ts';
import { errorsId } from './field.ts';
import { nameBelow, segmentsOf } from './field-name.ts';
import { valueAt } from './field-value.ts';
import type { FormField } from './form-types.ts';
import { fieldLabel } from './field-label.ts';
import { renderJsonField } from './json-field.ts';
import { renderRows } from './generated-rows.ts';
import { renderErrors, renderInput } from './render-field.ts';
import { html, type SafeHtml } from './safe-html.ts';

/** What the fields of a generated form have in common, wherever they stand. */
interface FieldPlace {
  readonly form: DescribedForm;
  readonly root: Plan;
  readonly values: unknown;
  /** The objects around a field, since a plan may hold itself. */
  readonly around: ReadonlySet<unknown>;
}

// A plan that holds itself through lists has no end either.
const MAX_DEPTH = 8;
// What is longer is written on several lines.
const ONE_LINE = 250;
const MOST_CHECKBOXES = 12;

/** Every field of a plan, in its order. */
export function renderFields(form: DescribedForm, plan: Plan, values: unknown): SafeHtml {
  const place: FieldPlace = { form, root: plan, values, around: new Set() };
  if (plan.kind === 'object') return renderProperties(place, plan, '');
  if (plan.kind === 'union') return renderVariants(place, plan, '');
  return renderJsonField(undefined, 'The whole input, as JSON', values, plan.description);
}

/** One field with its label and errors: a control, a fieldset, rows or JSON, as its plan says. */
function renderField(place: FieldPlace, plan: Plan, name: string, label: string): SafeHtml {
  const { form, root, values } = place;
  const segments = segmentsOf(root, name);
  const isTooDeep =
    segments.length > MAX_DEPTH || (plan.kind === 'object' && place.around.has(plan.properties));
  switch (isTooDeep ? 'unknown' : plan.kind) {
    case 'object':
      return group(place, plan, name, label, renderProperties(place, plan as ObjectPlan, name));
    case 'union':
      return group(place, plan, name, label, renderVariants(place, plan as UnionPlan, name));
    case 'tuple':
      return group(place, plan, name, label, renderPositions(place, plan as ListPlan, name));
    case 'array':
    case 'set':
      return renderList(place, plan as ListPlan, name, label);
    case 'record':
    case 'map':
    case 'unknown':
    case 'formdata':
      return renderJsonField(form.field(name), label, valueAt(values, segments), plan.description);
    default:
      return renderControl(place, plan, name, label);
  }
}

function renderProperties(place: FieldPlace, plan: ObjectPlan, prefix: string): SafeHtml {
  const inside = { ...place, around: new Set([...place.around, plan.properties]) };
  const fields = [...plan.properties].map(([key, child]) =>
    renderField(inside, child, prefix === '' ? key : nameBelow(prefix, key), fieldLabel(key, child)),
  );
  return html`${fields}`;
}

/** What tells the variants apart comes first; then the fields of all, each once, as only those of the one chosen are read. */
function renderVariants(place: FieldPlace, plan: UnionPlan, prefix: string): SafeHtml {
  const fields = new Map<string, { readonly plan: Plan; readonly variants: string[] }>();
  for (const [variant, { properties }] of plan.variants) {
    for (const [key, child] of properties) {
      const known = fields.get(key);
      if (known) known.variants.push(variant);
      else fields.set(key, { plan: child, variants: [variant] });
    }
  }
  const inside = {
    ...place,
    around: new Set([...place.around, ...plan.variants.values()].map(propertiesOf)),
  };
  const ordered = [...fields].sort(
    ([left], [right]) => Number(right === plan.discriminator) - Number(left === plan.discriminator),
  );
  const rendered = ordered.map(([key, { plan: child, variants }]) => {
    const name = prefix === '' ? key : nameBelow(prefix, key);
    const isShared = key === plan.discriminator || variants.length === plan.variants.size;
    const label = fieldLabel(key, child);
    return renderField(inside, child, name, isShared ? label : `${label} (${variants.join(', ')})`);
  });
  return html`${rendered}`;
}

function propertiesOf(known: unknown): unknown {
  return typeof known === 'object' && known !== null && 'properties' in known ? known.properties : known;
}

function renderPositions(place: FieldPlace, plan: ListPlan, name: string): SafeHtml {
  const positions = plan.prefix.map((child, at) =>
    renderField(place, child, `${name}[${at}]`, child.title ?? String(at + 1)),
  );
  return html`${positions}`;
}

function renderList(place: FieldPlace, plan: ListPlan, name: string, label: string): SafeHtml {
  const { items } = plan;
  if (items === undefined) {
    return renderJsonField(place.form.field(name), label, undefined, plan.description);
  }
  if (items.kind === 'file') return renderControl(place, plan, name, label);
  if (items.kind === 'choice') return renderChoices(place, plan, name, label);
  const list = place.form.list(name);
  // A row is as deep as the visitor makes it, so what holds itself may begin anew in it.
  const inside = { ...place, around: new Set<unknown>() };
  const rows = renderRows(list, label, (row, which) => renderField(inside, items, row, which));
  return group(place, plan, name, label, rows, list.errors);
}

function renderChoices(place: FieldPlace, plan: ListPlan, name: string, label: string): SafeHtml {
  const field = place.form.field(name);
  if ((field.options?.length ?? 0) > MOST_CHECKBOXES) return renderControl(place, plan, name, label);
  const boxes = html`<div class="choices">${renderInput(field, { type: 'checkbox' })}</div>`;
  return group(place, plan, name, label, boxes, field.errors);
}

function renderControl(place: FieldPlace, plan: Plan, name: string, label: string): SafeHtml {
  const field = place.form.field(name);
  const hint = plan.description === undefined ? undefined : `${field.id}-hint`;
  const extra: Attributes = { ...controlType(place, plan, name), 'aria-describedby': hint };
  const description = hint !== undefined && html`<p class="hint" id="${hint}">${plan.description}</p>`;
  const errors = renderErrors(field, { class: 'errors' }, { keepPlace: true });
  if (field.attributes.type === 'checkbox') {
    return html`<div class="field" data-field="${name}">
      <label class="check">${renderInput(field, extra)} ${label}</label>
      ${description}${errors}
    </div>`;
  }
  return html`<div class="field" data-field="${name}">
    <label for="${field.id}">${label}${mark(field)}</label>
    ${description}${renderInput(field, extra)}${errors}
  </div>`;
}

function controlType({ root }: FieldPlace, plan: Plan, name: string): Attributes {
  if (plan.kind !== 'text') return {};
  if (isSecretField(root, name)) return { type: 'password', autocomplete: 'off' };
  // What has a format, such as an e-mail address, stands on one line however long it may be.
  return plan.format === undefined && (plan.maxLength ?? 0) > ONE_LINE ? { type: 'textarea', rows: 4 } : {};
}

function mark(field: FormField): SafeHtml | false {
  return field.attributes.required === true && html` <span class="required" aria-hidden="true">*</span>`;
}

function group(
  place: FieldPlace,
  plan: Plan,
  name: string,
  label: string,
  content: SafeHtml,
  errors?: readonly string[],
): SafeHtml {
  const field = place.form.field(name);
  const own = { ...field, errors: errors ?? field.errors };
  return html`<fieldset class="group" data-field="${name}" aria-describedby="${errorsId(field.id)}">
    <legend>${label}</legend>
    ${plan.description !== undefined && html`<p class="hint">${plan.description}</p>`}
    ${renderErrors(own, { class: 'errors' }, { keepPlace: true })}${content}
  </fieldset>`;
}
