import type { Exchange } from '../context/exchange.ts';
import { failed, type Outcome } from '../define/outcome.ts';
import type { MountedAction } from '../define/tree.ts';
import type { Match } from '../match/match-url.ts';
import { methodRefusal } from '../match/methods.ts';
import type { Pages } from '../present/render-page.ts';
import { ActionError } from '../wire/error.ts';

/**
 * The action a request may run, or what refuses it before anything runs: a name that is none, another verb than the
 * action's, a page that is not there.
 */
export function admit(exchange: Exchange, match: Match, pages: Pages): MountedAction | Outcome {
  const { mounted, malformed } = match;
  if (malformed !== undefined) {
    return failed('', undefined, new ActionError({ code: 'BAD_REQUEST', message: malformed }));
  }
  if (!mounted) {
    const error = new ActionError({ code: 'NOT_FOUND', message: 'There is no action of this name.' });
    return failed('', undefined, error);
  }
  const refusal = methodRefusal(mounted.action.definition, exchange.incoming.method, match);
  if (refusal) return failed(mounted.name, mounted.action, refusal);
  if (match.style === 'page' && pages.has?.(exchange.path) === false) {
    const error = new ActionError({ code: 'NOT_FOUND', message: 'There is no page here to post a form to.' });
    return failed(mounted.name, undefined, error);
  }
  return mounted;
}
