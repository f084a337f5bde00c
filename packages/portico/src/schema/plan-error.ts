/**
 * A schema holds something that cannot be decoded from a form, found when the action is defined.
 * The message names the field, what stands there, and what can be done.
 */
export class SchemaPlanError extends Error {
  /** Dotted path of the field; `*` stands for any element, `''` for the whole input. */
  readonly path: string;

  constructor(path: string, found: string, advice: string) {
    super(`${path === '' ? 'The input schema' : `Field "${path}"`} ${found}. ${advice}`);
    this.name = 'SchemaPlanError';
    this.path = path;
  }
}
