import type { FieldErrors } from '../wire/error.ts';
import { fieldOfError, pathOfName } from './field-names.ts';
import { controlsOf, type Control } from './form-controls.ts';
import { add, describe, empty, placeFor } from './form-errors.ts';

interface Fields {
  readonly controls: readonly Control[];
  readonly paths: readonly string[];
}

/** The fields that are marked as wrong. Not those of files, which are judged only when they are sent. */
export function wrongFields(form: HTMLFormElement): string[] {
  const wrong = controlsOf(form).filter(
    (control) => control.getAttribute('aria-invalid') === 'true' && control.type !== 'file',
  );
  return wrong.map(({ name }) => pathOfName(name));
}

/**
 * Makes a place for the errors of a field while there are none: what appears later in a region that is there already is read
 * out by screen readers, without a move of the focus (ARIA 1.2, `aria-live`).
 */
export function prepareErrors(form: HTMLFormElement, path: string): void {
  const { controls, paths } = fieldsOf(form);
  const at = paths.indexOf(path);
  const control = controls[at];
  const place = control && placeFor(form, controls, paths, at, path);
  if (!place) return;
  if (!place.matches('[role],[aria-live]')) place.setAttribute('aria-live', 'polite');
  if (place.hidden) {
    // Out of the flow while it is empty: a button that moved under the pointer would miss its click.
    place.style.position = 'absolute';
    place.hidden = false;
  }
  describe(control, place);
}

/**
 * Shows what is wrong with the asked fields, and no longer what was. Other fields and the focus stay as they are, and a message
 * that stands there already is not said again.
 */
export function showFieldErrors(form: HTMLFormElement, asked: readonly string[], errors: FieldErrors): void {
  const { controls, paths } = fieldsOf(form);
  const texts = new Map<HTMLElement, string[]>();
  controls.forEach((control, at) => {
    const path = paths[at];
    if (path === undefined || !asked.includes(path)) return;
    control.removeAttribute('aria-invalid');
    const place = placeFor(form, controls, paths, at, path);
    if (place) texts.set(place, []);
  });
  for (const [path, messages = []] of Object.entries(errors)) {
    const at = fieldOfError(path, paths);
    const control = controls[at];
    if (!control || !asked.includes(paths[at] ?? path)) continue;
    const place = placeFor(form, controls, paths, at, path);
    if (!place) continue;
    texts.set(place, [...(texts.get(place) ?? []), ...messages]);
    control.setAttribute('aria-invalid', 'true');
    describe(control, place);
  }
  for (const [place, messages] of texts) {
    const isSaid = [...place.childNodes].map((node) => node.textContent).join('') === messages.join('');
    if (isSaid && messages.length > 0) continue;
    empty(place);
    if (messages.length > 0) add(place, messages);
  }
}

function fieldsOf(form: HTMLFormElement): Fields {
  const controls = controlsOf(form).filter(({ type }) => type !== 'file');
  return { controls, paths: controls.map(({ name }) => pathOfName(name)) };
}
