import type { PorticoContext } from 'portico';

/** What a page has to say of the form that was just sent, read from the context. */
export interface PageState {
  readonly error: string | undefined;
  readonly notice: string | undefined;
  /** What the action said of it, else what was typed into that field; `undefined` where there is neither. */
  value(name: string): unknown;
  /** The same as text; '' for what is none. */
  text(name: string): string;
  errorsOf(field: string): readonly string[];
}

/** Reads the state once: it takes the flash messages, as showing them does. */
export function readPageState(ctx: PorticoContext): PageState {
  const { variables } = ctx;
  const value = (name: string): unknown => variables[name] ?? ownValue(variables['user'], name);
  const text = (name: string): string => {
    const found = value(name);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  return {
    error: ctx.flash.get('error') || text('errorMessage') || text('message') || undefined,
    notice: ctx.flash.get('notice') || undefined,
    value,
    text,
    errorsOf: (field) => messagesOf(variables['errors'], field),
  };
}

function messagesOf(errors: unknown, field: string): readonly string[] {
  const messages = ownValue(errors, field);
  return Array.isArray(messages) ? messages.filter((message) => typeof message === 'string') : [];
}

/** A value of a record by name; `undefined` where there is no record, and for what it inherits. */
function ownValue(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return (record as Record<string, unknown>)[name];
}
