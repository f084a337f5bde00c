import type { StandardSchema } from './standard.ts';

/** Whether a value is a Standard Schema. Some libraries' schemas are functions. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard = (value as { '~standard'?: { validate?: unknown } | null })['~standard'];
  return typeof standard?.validate === 'function';
}
