import type { Exchange } from '../context/exchange.ts';
import { precognitionReply } from '../present/precognition.ts';
import { answered, type Presentation } from '../present/presentation.ts';
import type { Outcome } from '../define/outcome.ts';
import { presentController } from '../doors/controller.ts';
import { presentPage } from '../doors/page.ts';
import { presentRpc } from '../doors/rpc.ts';
import type { Match } from '../match/match-url.ts';
import type { Pages } from '../present/render-page.ts';

/** Hands the outcome to the door it came in by. */
export function present(exchange: Exchange, match: Match, outcome: Outcome, pages: Pages): Presentation {
  const told = exchange.precognition && precognitionReply(outcome);
  if (told) return answered(told);
  switch (match.style) {
    case 'rpc':
      return presentRpc(exchange, outcome);
    case 'page':
      return presentPage(exchange, outcome);
    case 'controller':
      return presentController(exchange, outcome, match.onPage || hasOwnPage(exchange, match, pages));
  }
}

/** A route may lead to an action at the path of the very page its form stands on: `POST /login`. */
function hasOwnPage(exchange: Exchange, match: Match, pages: Pages): boolean {
  return match.routed && pages.has?.(exchange.path) === true;
}
