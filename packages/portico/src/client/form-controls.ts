export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A form's fields as far as a visitor sees them, in the order of the document. */
export function controlsOf(form: HTMLFormElement): Control[] {
  const elements = [...member(form, 'elements')] as Control[];
  return elements.filter(
    ({ name, type }) => name && !/^(?:hidden|submit|image|button|reset|fieldset|output)$/.test(type),
  );
}

/**
 * A property of a form. A field of that name hides it (HTML standard, `form` named getter), so it is read
 * past the fields.
 */
export function member<Name extends 'elements' | 'reset' | 'requestSubmit'>(
  form: HTMLFormElement,
  name: Name,
): HTMLFormElement[Name] {
  return Reflect.get(HTMLFormElement.prototype, name, form) as HTMLFormElement[Name];
}
