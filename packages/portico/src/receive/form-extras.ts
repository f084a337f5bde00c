import type { Definition } from '../define/action.ts';
import type { Entry, SignedValues } from '../define/submission.ts';
import { ONCE_PLACE } from '../http/once/once-id.ts';
import { modelVariableParam, paramPlace, SIGNED_PARAMS } from '../http/signing/signed-params.ts';
import { verify, type SignedPlace } from '../http/signing/signed.ts';
import { memo } from '../lib/memo.ts';
import { ActionError } from '../wire/error.ts';
import { FORM_ID_FIELD, LIST_FIELD, ONCE_FIELD } from '../wire/names.ts';
import type { Exchange } from '../context/exchange.ts';
import type { Settings } from '../context/settings.ts';

/** The fields of a form that are for Portico: the token, signed values, the form's ids, a list's button. */
export interface ExtraFields {
  readonly names: ReadonlySet<string>;
  /** Which parameters are signed, and what they are in `SignedValues`. */
  readonly signed: ReadonlyArray<readonly [param: string, key: keyof SignedValues]>;
}

export const extraFieldsOf: (settings: Settings, definition: Definition) => ExtraFields = memo(
  ({ csrfTokenName }: Settings, { model, plan }: Definition): ExtraFields => {
    const signed: Array<readonly [string, keyof SignedValues]> = SIGNED_PARAMS.map(
      (name) => [name, name] as const,
    );
    if (model !== undefined) signed.push([modelVariableParam(model), 'modelVariable']);
    signed.push([ONCE_FIELD, 'once']);
    // A JSON action may have a field of such a name; its schema knows best what it means.
    const isFree = (name: string): boolean => plan.kind !== 'object' || !plan.properties.has(name);
    const names = [csrfTokenName, FORM_ID_FIELD, LIST_FIELD, ...signed.map(([param]) => param)];
    return { names: new Set(names.filter(isFree)), signed: signed.filter(([param]) => isFree(param)) };
  },
);

export interface SplitForm {
  /** The fields of the action itself. */
  readonly own: readonly Entry[];
  /** The first text of each extra field. */
  readonly extras: ReadonlyMap<string, string>;
}

const NO_EXTRAS: ReadonlyMap<string, string> = new Map();

/** Takes Portico's own fields out of a form. Throws 400 where one of them is sent as a list. */
export function splitForm(
  fields: ExtraFields,
  actionField: string | undefined,
  entries: readonly Entry[],
): SplitForm {
  let own: Entry[] | undefined;
  let extras: Map<string, string> | undefined;
  // Without an iterator, as every form comes through here.
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] as Entry;
    const [name, value] = entry;
    if (!fields.names.has(name) && name !== actionField) {
      refuseList(fields, name);
      own?.push(entry);
      continue;
    }
    own ??= entries.slice(0, index);
    extras ??= new Map();
    if (typeof value === 'string' && !extras.has(name)) extras.set(name, value);
  }
  return { own: own ?? entries, extras: extras ?? NO_EXTRAS };
}

function refuseList(fields: ExtraFields, name: string): void {
  const bracket = name.indexOf('[');
  if (bracket < 0 || !fields.names.has(name.slice(0, bracket))) return;
  const param = name.slice(0, bracket);
  throw new ActionError({
    code: 'BAD_REQUEST',
    message: `The parameter ${param} must be one text, not a list.`,
  });
}

/** The values that this site signed. Throws 400 naming a parameter that it did not. */
export function verifySigned(
  exchange: Exchange,
  fields: ExtraFields,
  read: (name: string) => string | undefined,
): SignedValues {
  const values: { -readonly [Key in keyof SignedValues]: SignedValues[Key] } = {};
  for (const [param, key] of fields.signed) {
    const given = read(param);
    if (given === undefined) continue;
    const value = verify(exchange.settings.keyring, placeOf(param), given);
    if (value === undefined) {
      throw new ActionError({
        code: 'BAD_REQUEST',
        message: `The parameter ${param} is not signed by this site, or was changed on the way. Print it with ${helperFor(param)}.`,
      });
    }
    values[key] = value;
  }
  return values;
}

function placeOf(param: string): SignedPlace {
  return param === ONCE_FIELD ? ONCE_PLACE : paramPlace(param);
}

function helperFor(param: string): string {
  const helpers: Readonly<Record<string, string>> = {
    redirect: 'redirectInput(ctx, …)',
    successMessage: 'successMessageInput(ctx, …)',
    failMessage: 'failMessageInput(ctx, …)',
    [ONCE_FIELD]: 'onceInput(ctx)',
  };
  return helpers[param] ?? `signedInput(ctx, '${param}', …)`;
}
