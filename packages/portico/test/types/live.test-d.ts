import { expectTypeOf } from 'vitest';
import { enhance, live, type LiveForms } from '../../src/client.ts';

// What `enhance()` gives can be asked about fields where its forms are live, and only there.
const forms = enhance('form', { live });
expectTypeOf(forms).toExtend<LiveForms & (() => void)>();
expectTypeOf(forms.validate).returns.resolves.toEqualTypeOf<boolean>();
expectTypeOf(enhance()).toEqualTypeOf<() => void>();
expectTypeOf(enhance(document, { failureText: 'No.' })).toEqualTypeOf<() => void>();

document.addEventListener('portico:validated', (event) => {
  const { detail } = event as HTMLElementEventMap['portico:validated'];
  expectTypeOf(detail.fields).toEqualTypeOf<readonly string[]>();
  expectTypeOf(detail.errors['email']).toEqualTypeOf<string[] | undefined>();
});
