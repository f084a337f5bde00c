import type { Definition } from '../define/action.ts';
import type { Outcome } from '../define/outcome.ts';
import { ownValue, renderRedirect } from '../http/redirect-template.ts';
import { asciiUrl } from '../lib/ascii-url.ts';
import type { Exchange } from '../context/exchange.ts';
import { memo } from '../lib/memo.ts';
import { modelOf } from './model.ts';
import type { Settings } from '../context/settings.ts';

export interface ResolvedRedirect {
  readonly to: string;
  readonly status: number;
}

/**
 * Where a success goes: the signed `redirect` of the form, else what the handler recorded, else the action's own.
 * `undefined`: nobody says.
 */
export function resolveRedirect(exchange: Exchange, outcome: Outcome): ResolvedRedirect | undefined {
  const { settings } = exchange;
  const base = settings.base === '' ? '/' : settings.base;
  const signed = outcome.submission?.signed?.redirect;
  if (signed === undefined && outcome.redirect === undefined && outcome.action) {
    const fixed = fixedRedirect(settings, outcome.action.definition);
    if (fixed !== null) return { to: fixed, status: 303 };
  }
  const template = signed ?? (outcome.redirect ? undefined : outcome.action?.definition.redirect);
  if (template !== undefined) {
    const model = modelOf(outcome)?.value;
    // Custom fields go by their handles alone where nothing else has that name.
    const sources = [model, outcome.data, ownValue(model, 'fields')];
    return { to: renderRedirect(template, sources, base, settings.siteUrl ?? exchange.origin), status: 303 };
  }
  if (!outcome.redirect) return undefined;
  // Written by the handler, not by a visitor, yet it may have put a visitor's text in: no header may break out of it.
  return { to: asciiUrl(outcome.redirect.to), status: outcome.redirect.status ?? 303 };
}

/** The action's own redirect where it is no template: worked out once. `null` for any other. */
const fixedRedirect: (settings: Settings, definition: Definition) => string | null = memo(
  ({ base }: Settings, { redirect }: Definition) =>
    redirect === undefined || redirect.includes('{')
      ? null
      : renderRedirect(redirect, [], base === '' ? '/' : base),
);
