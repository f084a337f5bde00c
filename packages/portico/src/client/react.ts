import type { ActionErrors, ActionObject, ActionOutput } from '../define/action.ts';
import type { SafeResult } from '../wire/result.ts';

/** An action as `portico:actions` and `createClient` have it: a function in browsers, a definition on a server. */
type Given = ActionObject | ((form: FormData) => Promise<unknown>);

type ResultOf<A> = A extends (...args: never[]) => Promise<infer Result>
  ? Result
  : SafeResult<ActionOutput<A>, ActionErrors<A>>;

/** What React 19 takes as the `action` of a form. On a server it is a plain form that posts to its page. */
export interface FormAction {
  (form: FormData): Promise<void>;
}

/** What `useActionState` takes. Its state is the action's last result. */
export interface StateAction<Result> {
  (state: Awaited<Result> | undefined, form: FormData): Promise<Result>;
}

/**
 * An action for `useActionState`: `useActionState(withState(actions.like), undefined)`. The state is the result, `data` or
 * `error`. Without JavaScript the form posts to its page, and the initial state is what `getActionResult` found there.
 */
export function withState<A extends Given>(action: A): StateAction<ResultOf<A>> {
  const query = String(action);
  const run = (_state: unknown, form: FormData): Promise<unknown> => callable(action)(form);
  return withFormPost(run, query) as StateAction<ResultOf<A>>;
}

/** An action for `<form action={formAction(actions.like)}>`, where what comes back is not shown by the form. */
export function formAction<A extends Given>(action: A): FormAction {
  const run = async (form: FormData): Promise<void> => {
    await callable(action)(form);
  };
  return withFormPost(run, String(action));
}

/**
 * Gives React's server renderer what it asks a function for (`$$FORM_ACTION`), also after it has bound the state to it:
 * a form that posts, to the page it stands on.
 */
function withFormPost<F extends (...args: never[]) => unknown>(run: F, query: string): F {
  const post = {
    // `data: new FormData()` has React add `$ACTION_KEY`, which is of no use here and a strict schema would refuse.
    $$FORM_ACTION: () => ({
      name: null,
      method: 'POST',
      encType: 'multipart/form-data',
      action: query,
      data: null,
    }),
    $$IS_SIGNATURE_EQUAL: (name: unknown) => query === `?_action=${encodeURIComponent(String(name))}`,
  };
  Object.assign(run, post);
  Object.defineProperty(run, 'bind', {
    value: (...args: Parameters<typeof Function.prototype.bind>) =>
      Object.assign(Function.prototype.bind.apply(run, args) as F, post),
  });
  return run;
}

function callable(action: Given): (form: FormData) => Promise<unknown> {
  if (typeof action === 'function') return action as (form: FormData) => Promise<unknown>;
  throw new TypeError(
    `portico/react: the action ${String(action)} was called while React rendered on a server. Call it in the browser, or ` +
      'by ctx.callAction in a page.',
  );
}
