import type { PorticoContext } from '../../define/context.ts';
import type { Entry } from '../../define/submission.ts';
import { isForbiddenKey } from '../../lib/field-path.ts';
import { ActionError } from '../../wire/error.ts';
import { FORM_ID_FIELD, LIST_FIELD, ONCE_FIELD } from '../../wire/names.ts';

const CALL_DOORS = ['rpc', 'page', 'path', 'path-json', 'server'] as const;
export type CallDoor = (typeof CALL_DOORS)[number];
const VISITORS = ['same-origin', 'cross-site', 'program'] as const;
/** A page of the site in a browser, a page of another site, or a program that says neither. */
export type CallVisitor = (typeof VISITORS)[number];

/** A call as the explorer's page asks for it. */
export interface CallOrder {
  readonly action: string;
  readonly door: CallDoor;
  /** Who is signed in; `undefined` for a guest. */
  readonly user: string | undefined;
  readonly visitor: CallVisitor;
  /** Fields of the form, files among them. */
  readonly entries: readonly Entry[];
  /** Fields that were written as JSON, by name; `''` is the input as a whole. */
  readonly json: ReadonlyMap<string, unknown>;
  /** The button of a list that was pressed, to show the form anew; `undefined` to make the call. */
  readonly list: string | undefined;
}

/** What the names of the action's own fields begin with, so that none is taken for one of the order. */
const INPUT = 'input:';
const JSON_INPUT = 'json:';
// A body field `action` alone would name an action to run here and now.
const ORDER = 'order:';
const OF_FORMS: ReadonlySet<string> = new Set([FORM_ID_FIELD, LIST_FIELD, ONCE_FIELD]);

/**
 * Reads the form that the page posts: `order:action`, `order:door`, `order:user`, `order:visitor`, `order:list`, `input:NAME`,
 * `json:NAME`. Throws an `ActionError`.
 */
export async function readOrder(ctx: PorticoContext): Promise<CallOrder> {
  const posted = await readForm(ctx.request);
  const entries: Entry[] = [];
  const json = new Map<string, unknown>();
  for (const [name, value] of posted) {
    // A file input that was left empty.
    if (typeof value !== 'string' && value.name === '' && value.size === 0) continue;
    // What a form of the site carries for Portico, a call makes for itself.
    if (OF_FORMS.has(name.slice(INPUT.length))) continue;
    if (name.startsWith(INPUT)) entries.push([name.slice(INPUT.length), value]);
    else if (name.startsWith(JSON_INPUT) && typeof value === 'string' && value.trim() !== '') {
      json.set(name.slice(JSON_INPUT.length), parsed(name.slice(JSON_INPUT.length), value));
    }
  }
  const user = text(posted, 'user');
  return {
    action: text(posted, 'action'),
    door: oneOf(CALL_DOORS, text(posted, 'door') || 'rpc', 'door'),
    user: user === '' ? undefined : user,
    visitor: oneOf(VISITORS, text(posted, 'visitor') || 'same-origin', 'visitor'),
    entries,
    json,
    list: text(posted, 'list') || undefined,
  };
}

async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (cause) {
    throw new ActionError({ code: 'BAD_REQUEST', message: 'The explorer takes a form here.', cause });
  }
}

function text(posted: FormData, name: string): string {
  const value = posted.get(ORDER + name);
  return typeof value === 'string' ? value.trim() : '';
}

function oneOf<const Value extends string>(values: readonly Value[], value: string, name: string): Value {
  const found = values.find((known) => known === value);
  if (found !== undefined) return found;
  throw new ActionError({ code: 'BAD_REQUEST', message: `The ${name} must be one of ${values.join(', ')}.` });
}

function parsed(name: string, value: string): unknown {
  try {
    return JSON.parse(value, (key, inner: unknown) => (isForbiddenKey(key) ? undefined : inner));
  } catch (cause) {
    const field = name === '' ? 'The input' : `The field ${name}`;
    throw new ActionError({
      code: 'BAD_REQUEST',
      message: `${field} is no JSON: ${(cause as Error).message}`,
      cause,
    });
  }
}
