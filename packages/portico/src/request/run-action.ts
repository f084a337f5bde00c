import type { Exchange } from '../context/exchange.ts';
import { asPublic } from '../context/request-context.ts';
import { failed, type Outcome } from '../define/outcome.ts';
import type { MountedAction } from '../define/tree.ts';
import type { Match } from '../match/match-url.ts';
import { createCsrfCheck } from '../receive/csrf-check.ts';
import { createOnceGuard } from '../receive/once-guard.ts';
import { readSubmission } from '../receive/read-submission.ts';
import { execute } from '../run/execute.ts';

/** Runs the pipeline for a request, unless its headers tell a forgery: then nothing else is asked. */
export function runAction(
  exchange: Exchange,
  match: Match,
  mounted: MountedAction,
): Outcome | Promise<Outcome> {
  const { name, action } = mounted;
  const { settings } = exchange;
  const csrf = createCsrfCheck(exchange, match.door, action.definition.csrf);
  if (csrf.refusal) return failed(name, action, csrf.refusal);
  const isController = match.style === 'controller';
  const plan = {
    definition: action.definition,
    csrf,
    isController,
    params: match.params,
    actionField:
      isController && match.onPage && settings.actionParam !== false ? settings.actionParam : undefined,
    takesListEdits: match.style !== 'rpc' && !exchange.wantsJson,
  };
  return execute({
    name,
    action,
    context: asPublic(exchange.context),
    counter: settings.limits,
    onError: (error) => exchange.reportError(error),
    submit: () => readSubmission(exchange, plan),
    once: createOnceGuard(exchange, mounted),
    validateOnly: exchange.precognition && (exchange.precognition.only ?? 'all'),
  });
}
