import { isInputError } from '../wire/error-base.ts';
import type { ActionError } from '../wire/error.ts';
import { fieldOfError, pathOfName } from './field-names.ts';
import { controlsOf, type Control } from './form-controls.ts';

let made = 0;

/** Empties what showed errors, of the last answer or printed by the server. */
export function clearErrors(form: HTMLFormElement): void {
  for (const control of controlsOf(form)) {
    control.removeAttribute('aria-invalid');
    const place = placeOf(control);
    if (place) empty(place);
  }
  form.querySelectorAll<HTMLElement>('[data-errors-for],[data-form-errors]').forEach(empty);
}

/**
 * Puts the messages of an error beside the fields they are about and moves the focus to the first of these.
 * What is about no field of the form stands in `[data-form-errors]`.
 */
export function showErrors(form: HTMLFormElement, error: ActionError, text: string): void {
  const controls = controlsOf(form);
  const paths = controls.map((control) => pathOfName(control.name));
  const general: string[] = [];
  let first = controls.length;
  if (isInputError(error)) {
    general.push(...error.formErrors);
    for (const [path, messages = []] of Object.entries(error.fields)) {
      const at = fieldOfError(path, paths);
      const control = controls[at];
      const place = placeFor(form, controls, paths, at, path);
      if (place) add(place, messages);
      else general.push(...messages);
      if (!control) continue;
      first = Math.min(first, at);
      control.setAttribute('aria-invalid', 'true');
      if (place) describe(control, place);
    }
  }
  const focused = controls[first];
  if (general.length === 0 && !focused) general.push(text);
  if (general.length > 0) showGeneral(form, general);
  focused?.focus();
}

function showGeneral(form: HTMLFormElement, messages: readonly string[]): void {
  let place = form.querySelector<HTMLElement>('[data-form-errors]');
  if (!place) {
    place = document.createElement('div');
    place.setAttribute('data-form-errors', '');
    form.prepend(place);
  }
  if (!place.hasAttribute('role')) place.setAttribute('role', 'alert');
  add(place, messages);
  place.scrollIntoView({ block: 'nearest' });
}

export function empty(place: HTMLElement): void {
  place.replaceChildren();
  place.hidden = true;
}

/** As text, never as HTML: a message may quote what a visitor typed. */
export function add(place: HTMLElement, messages: readonly string[]): void {
  for (const message of messages) {
    if (/^[OU]L$/.test(place.tagName)) {
      const item = document.createElement('li');
      item.textContent = message;
      place.append(item);
    } else {
      place.append(place.textContent ? ' ' : '', message);
    }
  }
  place.style.position = '';
  place.hidden = false;
}

/** Where the error of a path stands, which is about the field at `at`; made where there is none yet. */
export function placeFor(
  form: HTMLFormElement,
  controls: readonly Control[],
  paths: readonly string[],
  at: number,
  path: string,
): HTMLElement | undefined {
  const control = controls[at];
  return (
    markedPlace(form, path, paths[at]) ?? (control && (placeOf(control) ?? newPlace(controls, control, path)))
  );
}

function markedPlace(
  form: HTMLFormElement,
  ...paths: readonly (string | undefined)[]
): HTMLElement | undefined {
  const places = [...form.querySelectorAll<HTMLElement>('[data-errors-for]')];
  return places.find((place) => paths.includes(pathOfName(place.dataset['errorsFor'] ?? '')));
}

/**
 * Where a field's errors stand by its id or its description. Other descriptions of it are hints, which stay
 * as they are.
 */
function placeOf(control: Control): HTMLElement | undefined {
  const ids = [`${control.id}-errors`, ...tokensOf(control).filter((id) => /errors?$/i.test(id))];
  return ids.map((id) => document.getElementById(id)).find((place) => place !== null) ?? undefined;
}

function newPlace(controls: readonly Control[], control: Control, path: string): HTMLElement {
  const place = document.createElement('ul');
  place.dataset['errorsFor'] = path;
  place.hidden = true;
  // A group of boxes has its errors after the last one.
  const isBox = control.type === 'radio' || control.type === 'checkbox';
  const last = (isBox && controls.findLast((other) => other.name === control.name)) || control;
  // Not into the label, or the message would be part of the field's name.
  (last.closest('label') ?? last).after(place);
  return place;
}

export function describe(control: Control, place: HTMLElement): void {
  control.id ||= `portico-${++made}`;
  place.id ||= `${control.id}-errors`;
  const tokens = tokensOf(control);
  if (!tokens.includes(place.id)) control.setAttribute('aria-describedby', [...tokens, place.id].join(' '));
}

function tokensOf(control: Control): string[] {
  return control.getAttribute('aria-describedby')?.split(/\s+/).filter(Boolean) ?? [];
}
