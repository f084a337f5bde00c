import type { Exchange } from '../context/exchange.ts';
import type { Presentation } from '../present/presentation.ts';
import type { Outcome } from '../define/outcome.ts';
import { presentController } from '../doors/controller.ts';
import { presentPage } from '../doors/page.ts';
import { presentRpc } from '../doors/rpc.ts';
import type { Match } from '../match/match-url.ts';

/** Hands the outcome to the door it came in by. */
export function present(exchange: Exchange, match: Match, outcome: Outcome): Presentation {
  switch (match.style) {
    case 'rpc':
      return presentRpc(exchange, outcome);
    case 'page':
      return presentPage(exchange, outcome);
    case 'controller':
      return presentController(exchange, outcome, match.onPage);
  }
}
