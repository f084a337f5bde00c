export { actionInput } from './forms/action-input.ts';
export { actionUrl } from './forms/action-url.ts';
export { attributes, type Attributes } from './forms/attributes.ts';
export { csrfScriptHash } from './forms/csrf-script.ts';
export { csrfInput, csrfToken, csrfTokenName } from './forms/csrf.ts';
export type { FieldPath, FieldValues, ItemOf, ListName } from './forms/field-path.ts';
export { form } from './forms/form.ts';
export type {
  FieldAttributes,
  FieldOption,
  FieldProps,
  Form,
  FormAttributes,
  FormField,
  FormInput,
  FormList,
  FormOptions,
  FormProps,
  FormRow,
  HiddenField,
  ListButton,
} from './forms/form-types.ts';
export { hiddenInput, input, type InputValue } from './forms/inputs.ts';
export { onceInput } from './forms/once-input.ts';
export { renderErrors, renderInput } from './forms/render-field.ts';
export { hiddenInputs, renderForm } from './forms/render-form.ts';
export { html, raw, type SafeHtml } from './forms/safe-html.ts';
export { failMessageInput, redirectInput, signedInput, successMessageInput } from './forms/signed-inputs.ts';
