import type { Outcome } from '../define/outcome.ts';

export interface NamedModel {
  /** The name under which the page or the JSON wants it. */
  readonly name: string;
  readonly value: unknown;
}

/** The model of a success: the property of the data that the action names as such. */
export function modelOf(outcome: Outcome): NamedModel | undefined {
  const name = outcome.action?.definition.model;
  if (name === undefined) return undefined;
  const { data } = outcome;
  const value: unknown =
    typeof data === 'object' && data !== null && Object.hasOwn(data, name)
      ? (data as Record<string, unknown>)[name]
      : undefined;
  return value === undefined ? undefined : { name: modelName(outcome) ?? name, value };
}

/** The model's name: as the form asked for by its signed variable, else the action's. */
export function modelName(outcome: Outcome): string | undefined {
  return outcome.submission?.signed?.modelVariable ?? outcome.action?.definition.model;
}
