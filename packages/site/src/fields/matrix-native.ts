import { visibleText } from '../lib/visible-text.ts';
import type { FieldValue, Normalized, Posting } from './field.ts';
import { lightswitchField } from './lightswitch-field.ts';
import type { AnyMatrixEntry, MatrixType } from './matrix-entry.ts';
import { textField } from './text-field.ts';

type Native = Pick<AnyMatrixEntry, 'title' | 'slug' | 'enabled'>;

const SLUG = /^[\p{L}\p{M}\p{N}._~-]+$/u;
const text = textField({ charLimit: 255 });
const toggle = lightswitchField();

/** What an entry within a field has beside its fields, after what was posted. What was refused is as it was. */
export function nativeValues(
  posted: Readonly<Record<string, unknown>>,
  former: Native,
  { type, posting }: { readonly type: MatrixType; readonly posting: Posting },
): { readonly values: Native; readonly errors: ReadonlyMap<keyof Native, string> } {
  const errors = new Map<keyof Native, string>();
  const read = <Value extends FieldValue>(
    name: keyof Native,
    normalize: (value: unknown) => Normalized<Value>,
    before: Value | null,
  ): Value | null => {
    if (!Object.hasOwn(posted, name)) return before;
    const result = normalize(posted[name]);
    if ('value' in result) return result.value;
    errors.set(name, 'error' in result ? result.error : 'This is not valid.');
    return before;
  };
  const label = type.options.titleLabel ?? 'Title';
  const values = {
    title: read('title', (value) => titleOf(text.normalize(value, label, posting), type), former.title),
    slug: read('slug', (value) => slugOf(text.normalize(value, 'Slug', posting)), former.slug),
    enabled: read('enabled', (value) => toggle.normalize(value, 'Enabled', posting), former.enabled) ?? true,
  };
  return { values, errors };
}

function titleOf(result: Normalized<string>, { handle, options }: MatrixType): Normalized<string> {
  const title = 'value' in result ? visibleText(result.value ?? '') : null;
  if (title === null) return 'value' in result ? { value: null } : result;
  return options.hasTitleField === false
    ? { error: `Entries of the type ${handle} have no title to write.` }
    : { value: title.replaceAll(/\s+/g, ' ') };
}

function slugOf(result: Normalized<string>): Normalized<string> {
  if (!('value' in result) || result.value === null || SLUG.test(result.value)) return result;
  return { error: 'Slug must be letters and digits, with -, _ or . between them.' };
}
