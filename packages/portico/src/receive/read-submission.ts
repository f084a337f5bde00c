import type { Definition } from '../define/action.ts';
import type {
  Entry,
  FormSubmission,
  JsonSubmission,
  SignedValues,
  Submission,
} from '../define/submission.ts';
import { nothingToDispose, readForm, type SubmittedForm } from '../http/body/form-data.ts';
import { parseJson } from '../http/body/json-body.ts';
import { isPromise } from '../lib/promise.ts';
import { mediaType } from '../http/media-type.ts';
import { ActionError } from '../wire/error.ts';
import { FORM_ID_FIELD, LIST_FIELD } from '../wire/names.ts';
import { bodyLimitsOf } from './body-limits.ts';
import type { CsrfCheck } from './csrf-check.ts';
import type { Exchange } from '../context/exchange.ts';
import { extraFieldsOf, splitForm, verifySigned, type SplitForm } from './form-extras.ts';
import { mergeEntries, queryEntries } from './merge-entries.ts';
import { NO_PARAMS } from '../context/request-context.ts';

/** What a door knows about where its input stands. */
export interface SubmissionPlan {
  readonly definition: Definition;
  readonly csrf: CsrfCheck;
  /**
   * Controller doors merge route parameters over body over query, and their JSON carries token and signed values in itself.
   * The others read one place, and their JSON is the schema's alone.
   */
  readonly isController: boolean;
  readonly params: Readonly<Record<string, string>>;
  /** The field that named the action, if one did. */
  readonly actionField: string | undefined;
  /** Whether a list button may change the form instead of submitting it. */
  readonly takesListEdits: boolean;
}

const NONE: readonly Entry[] = [];
const JSON_BODY = 'application/json';
const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** Reads the body (or the query of a GET), checks token and signatures before any file is stored, and takes out what is ours. */
export function readSubmission(exchange: Exchange, plan: SubmissionPlan): Submission | Promise<Submission> {
  const { incoming } = exchange;
  const params = plan.params === NO_PARAMS ? NONE : Object.entries(plan.params);
  if (incoming.method === 'GET' || incoming.method === 'HEAD') {
    return { kind: 'form', entries: mergeEntries(queryEntries(exchange, plan.isController), NONE, params) };
  }
  const query = plan.isController ? queryEntries(exchange, true) : NONE;
  const { accept } = plan.definition;
  const contentType = incoming.header('content-type');
  const type = mediaType(contentType);
  if ((incoming.header('content-encoding') ?? 'identity').toLowerCase() !== 'identity') throw encoded();
  const isForm = type === URLENCODED || type === MULTIPART;
  if (isForm && accept !== 'json') return readFormBody(exchange, plan, contentType ?? type, query, params);
  if (type === JSON_BODY && accept !== 'form') return readJsonBody(exchange, plan, query, params);
  if (type !== '' || hasBody(exchange)) throw unsupported(plan.definition, type);
  plan.csrf.settle(undefined);
  if (accept === 'form') return { kind: 'form', entries: mergeEntries(query, NONE, params) };
  return { kind: 'json', value: undefined, query, params };
}

function readFormBody(
  exchange: Exchange,
  plan: SubmissionPlan,
  contentType: string,
  query: readonly Entry[],
  params: readonly Entry[],
): FormSubmission | Promise<FormSubmission> {
  const { incoming, settings } = exchange;
  const fields = extraFieldsOf(exchange.settings, plan.definition);
  const declared = incoming.header('content-length');
  let split: SplitForm | undefined;
  let signed: SignedValues = {};
  const limits = bodyLimitsOf(exchange.settings, plan.definition);
  const reading = readForm(
    incoming.body,
    contentType,
    declared === undefined ? undefined : Number(declared),
    limits,
    {
      beforeFiles(entries) {
        split = splitForm(fields, plan.actionField, entries);
        // Kept even if the next lines refuse it: the page is rendered again with what was typed.
        exchange.submitted = formSubmission(plan, split, split.own, {});
        const { extras } = split;
        plan.csrf.settle(extras.get(settings.csrfTokenName));
        if (extras.size > 0) signed = verifySigned(exchange, fields, (name) => extras.get(name));
      },
    },
  );
  const finish = (form: SubmittedForm): FormSubmission => {
    if (form.dispose !== nothingToDispose) {
      exchange.addDisposal(form.dispose);
      const whole = splitForm(fields, plan.actionField, form.entries);
      refuseLate(split, whole);
      split = whole;
    }
    split ??= splitForm(fields, plan.actionField, form.entries);
    return (exchange.submitted = formSubmission(plan, split, mergeEntries(query, split.own, params), signed));
  };
  return isPromise(reading) ? reading.then(finish) : finish(reading);
}

// What they decide is decided before a file is stored.
function refuseLate(early: SplitForm | undefined, whole: SplitForm): void {
  for (const name of whole.extras.keys()) {
    if (early?.extras.has(name) !== false) continue;
    throw new ActionError({
      code: 'BAD_REQUEST',
      message: `The field ${name} must come before the files of the form.`,
    });
  }
}

function formSubmission(
  plan: SubmissionPlan,
  { extras }: SplitForm,
  entries: readonly Entry[],
  signed: SignedValues,
): FormSubmission {
  return {
    kind: 'form',
    entries,
    signed,
    formId: extras.get(FORM_ID_FIELD),
    listIntent: plan.takesListEdits ? extras.get(LIST_FIELD) : undefined,
  };
}

function readJsonBody(
  exchange: Exchange,
  plan: SubmissionPlan,
  query: readonly Entry[],
  params: readonly Entry[],
): JsonSubmission | Promise<JsonSubmission> {
  // A script's token comes in a header; then a forged request is refused before its body is read.
  if (!plan.isController) plan.csrf.settle(undefined);
  const { body } = exchange.incoming;
  const { maxBytes } = bodyLimitsOf(exchange.settings, plan.definition);
  const arrived = body.readArrived(maxBytes);
  if (arrived) return jsonSubmission(exchange, plan, query, params, arrived);
  return body.read(maxBytes).then((bytes) => jsonSubmission(exchange, plan, query, params, bytes));
}

function jsonSubmission(
  exchange: Exchange,
  plan: SubmissionPlan,
  query: readonly Entry[],
  params: readonly Entry[],
  bytes: Uint8Array,
): JsonSubmission {
  const value = parseJson(bytes);
  if (!plan.isController) return { kind: 'json', value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    plan.csrf.settle(undefined);
    return { kind: 'json', value, query, params };
  }
  const record = value as Record<string, unknown>;
  plan.csrf.settle(textIn(record, exchange.settings.csrfTokenName));
  const fields = extraFieldsOf(exchange.settings, plan.definition);
  const signed = verifySigned(exchange, fields, (name) => textIn(record, name));
  const own = Object.fromEntries(Object.entries(record).filter(([name]) => !fields.names.has(name)));
  const submission: JsonSubmission = { kind: 'json', value: own, query, params, signed };
  return (exchange.submitted = submission);
}

function textIn(record: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const given = Object.hasOwn(record, name) ? record[name] : undefined;
  if (given === undefined || typeof given === 'string') return given;
  throw new ActionError({ code: 'BAD_REQUEST', message: `The parameter ${name} must be a text.` });
}

function hasBody({ incoming }: Exchange): boolean {
  const length = incoming.header('content-length');
  return length === undefined ? incoming.header('transfer-encoding') !== undefined : length !== '0';
}

/** RFC 9110 section 15.5.16. Nothing is unpacked here: a kilobyte can stand for a gigabyte. */
function encoded(): ActionError {
  return new ActionError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'The body has a Content-Encoding. Send it as it is, not compressed.',
    headers: { 'Accept-Encoding': 'identity' },
  });
}

function unsupported(definition: Definition, type: string): ActionError {
  const forms = `${URLENCODED} or ${MULTIPART}`;
  const takes = { json: JSON_BODY, form: forms, any: `${JSON_BODY}, ${forms}` }[definition.accept];
  const sent = type === '' ? 'a body without a Content-Type' : type.slice(0, 100);
  return new ActionError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: `This action takes ${takes}; it was sent ${sent}.`,
    data: { accept: definition.accept },
    headers: { 'Accept-Post': takes.replace(' or ', ', ') },
  });
}
