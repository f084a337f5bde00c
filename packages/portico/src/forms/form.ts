import type { Exchange } from '../context/exchange.ts';
import { exchangeOf } from '../context/request-context.ts';
import type { ActionInput, AnyAction } from '../define/action.ts';
import { actionName } from '../define/action-name.ts';
import type { PorticoContext } from '../define/context.ts';
import { stateOf } from '../http/session/session.ts';
import { fileCapacity } from '../schema/file-capacity.ts';
import type { Plan } from '../schema/plan.ts';
import type { StandardSchema } from '../schema/standard.ts';
import { isInputError } from '../wire/error.ts';
import { FORM_ID_FIELD, ONCE_FIELD, PAGE_PARAM } from '../wire/names.ts';
import { csrfToken } from './csrf.ts';
import { createField, type FormState } from './field.ts';
import { formPlan } from './form-plan.ts';
import type { Form, FormInput, FormOptions, HiddenField } from './form-types.ts';
import { readKept } from './kept-values.ts';
import { createList } from './list.ts';
import { formOnceId } from './once-input.ts';
import { signedParam, signedRedirect } from './signed-inputs.ts';

/**
 * One instance of an action's form, for the page that `ctx` belongs to: attributes, hidden fields, and for each field its
 * constraints, value and errors. After a failed submission of this very form the fields show what was typed.
 *
 * Throws for an action that takes no forms or no POST, or that no app has mounted, and for a `schema` that no form can send.
 */
export function form<A extends AnyAction, Schema extends StandardSchema | undefined = undefined>(
  ctx: PorticoContext,
  action: A,
  options: FormOptions<FormInput<ActionInput<A>, Schema>, Schema> = {},
): Form<FormInput<ActionInput<A>, Schema>> {
  const exchange = exchangeOf(ctx);
  const name = actionName(action);
  const { accept, methods } = action.definition;
  if (!methods.includes('POST')) {
    throw new Error(
      `form(): the action ${name} answers GET only, and forms of this kind are posted. Add 'POST' to its method.`,
    );
  }
  if (accept === 'json') {
    throw new Error(`form(): the action ${name} takes JSON only. Give it accept: 'form', or 'any' for both.`);
  }
  const plan = formPlan(action.definition.plan, options.schema);
  const { id } = options;
  const failure = exchange.failure && isOwn(exchange.failure, name, id) ? exchange.failure : undefined;
  const kept = exchange.kept && isOwn(exchange.kept, name, id) ? exchange.kept : undefined;
  const error = failure?.error;
  const inputError = isInputError(error) ? error : undefined;
  const state: FormState = {
    plan,
    actionPlan: action.definition.plan,
    kept: kept && readKept(plan, kept),
    values: options.values,
    idPrefix: (id ?? name).replaceAll('.', '-'),
    errors: inputError?.fields,
  };
  const multipart = fileCapacity(plan) > 0;
  const url = targetOf(exchange, name);
  const common = { method: 'post', action: url } as const;
  const ownId = id === undefined ? {} : { id };
  return {
    attributes: { ...common, ...(multipart && { enctype: 'multipart/form-data' }), ...ownId },
    props: { ...common, ...(multipart && { encType: 'multipart/form-data' }), ...ownId },
    hidden: hiddenFields(ctx, exchange, action, options),
    errors: inputError?.formErrors ?? [],
    message: error && (exchange.context.variables.message ?? error.message),
    hasRows: holdsRows(plan, new Set()),
    field: (field) => createField(state, field),
    // The plan knows the rows' fields; that their types do, too, cannot be shown to the checker.
    list: ((list: string) => createList(state, list)) as Form<FormInput<ActionInput<A>, Schema>>['list'],
  };
}

function isOwn(
  submitted: { readonly action: string; readonly formId: string | undefined },
  name: string,
  id: string | undefined,
): boolean {
  return submitted.action === name && (submitted.formId ?? '') === (id ?? '');
}

/** `?page=2&_action=newsletter`: a query alone would replace the page's own, so it is repeated. */
function targetOf(exchange: Exchange, name: string): string {
  const { recordedRender } = exchange.context;
  // A page that an action has rendered in its own place is not the page of the address bar.
  const page = recordedRender?.path ?? exchange.pagePath;
  const [path = '', search = ''] = page.split('#', 1)[0]?.split('?', 2) ?? [];
  const query = new URLSearchParams(search);
  query.delete(PAGE_PARAM);
  query.append(PAGE_PARAM, name);
  return `${recordedRender ? path : ''}?${query.toString()}`;
}

/** In the order of the wire: token, one-time id and signed values must come before any file. */
function hiddenFields(
  ctx: PorticoContext,
  exchange: Exchange,
  action: AnyAction,
  options: Omit<FormOptions, 'values' | 'schema'>,
): readonly HiddenField[] {
  const hidden: HiddenField[] = [];
  const { redirect, successMessage, failMessage, id } = options;
  if (options.csrf ?? wantsToken(exchange)) {
    hidden.push({ name: exchange.settings.csrfTokenName, value: csrfToken(ctx) });
  }
  if (action.definition.once !== false) {
    hidden.push({ name: ONCE_FIELD, value: formOnceId(exchange, actionName(action), id) });
  }
  if (redirect !== undefined) hidden.push({ name: 'redirect', value: signedRedirect(ctx, redirect) });
  if (successMessage !== undefined) {
    hidden.push({ name: 'successMessage', value: signedParam(ctx, 'successMessage', successMessage) });
  }
  if (failMessage !== undefined)
    hidden.push({ name: 'failMessage', value: signedParam(ctx, 'failMessage', failMessage) });
  if (id !== undefined) hidden.push({ name: FORM_ID_FIELD, value: id });
  return hidden;
}

function wantsToken(exchange: Exchange): boolean {
  const { csrf } = exchange.settings;
  if (csrf !== 'auto') return csrf === 'token';
  const session = exchange.sessionIfLoaded;
  return session !== undefined && stateOf(session).exists;
}

function holdsRows(plan: Plan, seen: Set<unknown>): boolean {
  switch (plan.kind) {
    case 'array':
    case 'set':
      return plan.items?.kind !== 'choice' && plan.items?.kind !== 'file';
    case 'object':
      // A plan may hold itself.
      if (seen.has(plan.properties)) return false;
      seen.add(plan.properties);
      return [...plan.properties.values()].some((child) => holdsRows(child, seen));
    case 'union':
      return [...plan.variants.values()].some((variant) => holdsRows(variant, seen));
    default:
      return false;
  }
}
