import { exchangeOf } from '../context/request-context.ts';
import type { ActionObject } from '../define/action.ts';
import { actionName } from '../define/action-name.ts';
import type { PorticoContext } from '../define/context.ts';
import { fileCapacity } from '../schema/file-capacity.ts';
import { createField, type FormState } from './field.ts';
import { form } from './form.ts';
import type { Form, FormOptions } from './form-types.ts';
import { readKept } from './kept-values.ts';
import { createList } from './list.ts';

/** What a generated form is made of. Its attributes name a method too, as an action that reads is sent by GET. */
export interface DescribedForm extends Pick<
  Form,
  'hidden' | 'errors' | 'message' | 'field' | 'list' | 'hasRows'
> {
  readonly attributes: {
    readonly method: 'get' | 'post';
    readonly action: string;
    readonly enctype?: 'multipart/form-data';
    readonly id?: string;
  };
}

/**
 * `form()`, and the same for an action that no form can be posted to, because it takes JSON or GET only: its fields are
 * described all the same, and the form leads to the RPC path. Throws for an action that no app has mounted.
 */
export function describedForm(
  ctx: PorticoContext,
  action: ActionObject,
  options: Pick<FormOptions, 'id' | 'values' | 'csrf'>,
): DescribedForm {
  const { accept, methods, plan } = action.definition;
  const { kept } = exchangeOf(ctx);
  const isPosted = methods.includes('POST');
  if (isPosted && accept !== 'json') return form(ctx, action, options);
  const state: FormState = {
    plan,
    actionPlan: plan,
    kept: kept?.action === actionName(action) ? readKept(plan, kept) : undefined,
    values: options.values,
    idPrefix: (options.id ?? actionName(action)).replaceAll('.', '-'),
    errors: undefined,
  };
  return {
    attributes: {
      method: isPosted ? 'post' : 'get',
      action: action.path,
      ...(fileCapacity(plan) > 0 && { enctype: 'multipart/form-data' }),
      ...(options.id !== undefined && { id: options.id }),
    },
    hidden: [],
    errors: [],
    message: undefined,
    // An unseen button too many does no harm.
    hasRows: true,
    field: (name) => createField(state, name),
    list: ((name: string) => createList(state, name)) as Form['list'],
  };
}
