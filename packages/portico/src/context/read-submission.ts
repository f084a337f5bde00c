import type { BodyOptions, Definition } from '../define/action.ts';
import type { Entry, JsonSubmission, SignedValues, Submission } from '../define/submission.ts';
import { BodyAborted } from '../http/body-errors.ts';
import { readForm } from '../http/form-data.ts';
import { parseJson } from '../http/json-body.ts';
import { mediaType } from '../http/media-type.ts';
import { modelVariableParam, paramPlace, SIGNED_PARAMS } from '../http/signed-params.ts';
import { verify } from '../http/signed.ts';
import { fileCapacity } from '../schema/file-capacity.ts';
import { ActionError } from '../wire/error.ts';
import { FORM_ID_FIELD, LIST_FIELD } from '../wire/names.ts';
import type { CsrfCheck } from './csrf-check.ts';
import type { Exchange } from './exchange.ts';

/** What a door knows about where its input stands. */
export interface SubmissionPlan {
  readonly definition: Definition;
  readonly csrf: CsrfCheck;
  /** Controller doors merge route parameters over body over query; the others read one place. */
  readonly merges: boolean;
  /** JSON of a controller door carries the token and signed values in itself; an rpc input is the schema's alone. */
  readonly extrasInJson: boolean;
  readonly params: Readonly<Record<string, string>>;
  /** The field that named the action, if one did. */
  readonly actionField: string | undefined;
  /** Whether a list button may change the form instead of submitting it. */
  readonly takesListEdits: boolean;
}

const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** Reads the body (or the query of a GET), checks token and signatures before any file is stored, and takes out what is ours. */
export async function readSubmission(exchange: Exchange, plan: SubmissionPlan): Promise<Submission> {
  const { incoming } = exchange;
  const params = Object.entries(plan.params);
  if (incoming.method === 'GET' || incoming.method === 'HEAD') {
    return { kind: 'form', entries: merged(queryEntries(exchange, plan), [], params) };
  }
  const contentType = incoming.header('content-type');
  const type = mediaType(contentType);
  const query = plan.merges ? queryEntries(exchange, plan) : [];
  try {
    if (type === URLENCODED || type === MULTIPART) {
      refuseUnless(plan.definition.accept !== 'json', plan.definition, type);
      return await readFormSubmission(exchange, plan, contentType ?? type, query, params);
    }
    if (type === 'application/json') refuseUnless(plan.definition.accept !== 'form', plan.definition, type);
    const length = incoming.header('content-length');
    if (type === '' && (length === '0' || (length === undefined && incoming.header('transfer-encoding') === undefined))) {
      plan.csrf.settle(undefined);
      if (plan.definition.accept === 'form') return { kind: 'form', entries: merged(query, [], params) };
      return { kind: 'json', value: undefined, query, params };
    }
    refuseUnless(type === 'application/json', plan.definition, type);
    return await readJsonSubmission(exchange, plan, query, params);
  } catch (error) {
    if (error instanceof BodyAborted) {
      throw new ActionError({ code: 'BAD_REQUEST', message: 'The request ended before its body did.', cause: error });
    }
    throw error;
  }
}

async function readFormSubmission(
  exchange: Exchange,
  plan: SubmissionPlan,
  contentType: string,
  query: readonly Entry[],
  params: readonly Entry[],
): Promise<Submission> {
  const { incoming, settings } = exchange;
  const limits = limitsOf(exchange, plan.definition);
  const declared = incoming.header('content-length');
  let signed: SignedValues = {};
  const form = await readForm(incoming.body, contentType, declared === undefined ? undefined : Number(declared), limits, {
    beforeFiles(fields) {
      // Kept even if the next lines refuse it: the page is rendered again with what was typed.
      exchange.submitted = withoutExtras(plan, settings.csrfTokenName, fields);
      plan.csrf.settle(textOf(fields, settings.csrfTokenName));
      signed = verifySigned(exchange, plan.definition, (name) => textOf(fields, name));
    },
  });
  exchange.disposals.push(form.dispose);
  const own = withoutExtras(plan, settings.csrfTokenName, form.entries);
  const submission = { ...own, entries: merged(query, own.entries, params), signed };
  exchange.submitted = submission;
  return submission;
}

async function readJsonSubmission(
  exchange: Exchange,
  plan: SubmissionPlan,
  query: readonly Entry[],
  params: readonly Entry[],
): Promise<JsonSubmission> {
  const { incoming, settings } = exchange;
  // A script's token comes in a header; then a forged request is refused before its body is read.
  if (!plan.extrasInJson) plan.csrf.settle(undefined);
  const bytes = await incoming.body.read(limitsOf(exchange, plan.definition).maxBytes);
  const value = parseJson(bytes);
  if (!plan.extrasInJson || typeof value !== 'object' || value === null || Array.isArray(value)) {
    plan.csrf.settle(undefined);
    return { kind: 'json', value, query, params };
  }
  const record = value as Record<string, unknown>;
  const text = (name: string): string | undefined => {
    const given = Object.hasOwn(record, name) ? record[name] : undefined;
    if (given === undefined || typeof given === 'string') return given;
    throw new ActionError({ code: 'BAD_REQUEST', message: `The parameter ${name} must be a text.` });
  };
  plan.csrf.settle(text(settings.csrfTokenName));
  const signed = verifySigned(exchange, plan.definition, text);
  const extras = extraNames(plan.definition, settings.csrfTokenName);
  const rest = Object.fromEntries(Object.entries(record).filter(([name]) => !extras.has(name)));
  const submission: JsonSubmission = { kind: 'json', value: rest, query, params, signed };
  exchange.submitted = submission;
  return submission;
}

function refuseUnless(taken: boolean, definition: Definition, type: string): void {
  if (taken) return;
  const forms = `${URLENCODED} or ${MULTIPART}`;
  const takes = { json: 'application/json', form: forms, any: `application/json, ${forms}` }[definition.accept];
  const sent = type === '' ? 'a body without a Content-Type' : type;
  throw new ActionError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: `This action takes ${takes}; it was sent ${sent}.`,
    data: { accept: definition.accept },
    headers: { 'Accept-Post': takes.replace(' or ', ', ') },
  });
}

function limitsOf(
  exchange: Exchange,
  definition: Definition,
): Required<BodyOptions> & { uploadDir?: string } {
  const { body, uploadDir } = exchange.settings;
  const limits = definition.body ? { ...body, ...definition.body } : { ...body };
  limits.maxFiles = Math.min(limits.maxFiles, fileCapacity(definition.plan));
  return uploadDir === undefined ? limits : { ...limits, uploadDir };
}

function verifySigned(
  exchange: Exchange,
  definition: Definition,
  read: (name: string) => string | undefined,
): SignedValues {
  const values: Record<string, string> = {};
  const names: ReadonlyArray<readonly [param: string, key: string]> = [
    ...SIGNED_PARAMS.map((name) => [name, name] as const),
    ...(definition.model === undefined ? [] : [[modelVariableParam(definition.model), 'modelVariable'] as const]),
  ];
  for (const [param, key] of names) {
    const given = read(param);
    if (given === undefined) continue;
    const value = verify(exchange.settings.keyring, paramPlace(param), given);
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

function helperFor(param: string): string {
  const helpers: Record<string, string> = {
    redirect: 'redirectInput(ctx, …)',
    successMessage: 'successMessageInput(ctx, …)',
    failMessage: 'failMessageInput(ctx, …)',
  };
  return helpers[param] ?? `signedInput(ctx, '${param}', …)`;
}

function extraNames(definition: Definition, csrfTokenName: string): Set<string> {
  const names = new Set<string>([...SIGNED_PARAMS, csrfTokenName, FORM_ID_FIELD, LIST_FIELD]);
  if (definition.model !== undefined) names.add(modelVariableParam(definition.model));
  return names;
}

function withoutExtras(
  plan: SubmissionPlan,
  csrfTokenName: string,
  entries: readonly Entry[],
): { kind: 'form'; entries: readonly Entry[]; formId: string | undefined; listIntent?: string } {
  const extras = extraNames(plan.definition, csrfTokenName);
  const kept = entries.filter(([name]) => !extras.has(name) && name !== plan.actionField);
  const listIntent = plan.takesListEdits ? textOf(entries, LIST_FIELD) : undefined;
  return {
    kind: 'form',
    entries: kept,
    formId: textOf(entries, FORM_ID_FIELD),
    ...(listIntent === undefined ? {} : { listIntent }),
  };
}

function textOf(entries: readonly Entry[], name: string): string | undefined {
  for (const [key, value] of entries) {
    if (key === name && typeof value === 'string') return value;
    if (key.startsWith(`${name}[`)) {
      throw new ActionError({ code: 'BAD_REQUEST', message: `The parameter ${name} must be one text, not a list.` });
    }
  }
  return undefined;
}

function queryEntries(exchange: Exchange, plan: SubmissionPlan): Entry[] {
  if (exchange.search === '') return [];
  const { actionParam, csrfTokenName } = exchange.settings;
  // A token in a URL ends up in logs and Referers: it counts nowhere and goes nowhere.
  return [...new URLSearchParams(exchange.search)].filter(
    ([name]) => name !== csrfTokenName && !(plan.merges && name === actionParam),
  );
}

/** Later places win by the first segment of a name: a body's `tags[]` replaces all of the query's tags. */
function merged(query: readonly Entry[], body: readonly Entry[], params: readonly Entry[]): readonly Entry[] {
  if (query.length === 0 && params.length === 0) return body;
  const rootOf = (name: string): string => name.split(/[.[]/, 1)[0] ?? name;
  const inParams = new Set(params.map(([name]) => rootOf(name)));
  const inBody = new Set(body.map(([name]) => rootOf(name)));
  return [
    ...query.filter(([name]) => !inBody.has(rootOf(name)) && !inParams.has(rootOf(name))),
    ...body.filter(([name]) => !inParams.has(rootOf(name))),
    ...params,
  ];
}
