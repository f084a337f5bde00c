import { viewOf, type AppView, type Surroundings } from './app-view.ts';
import { sortFindings, type Finding } from './finding.ts';
import {
  deletesInPublic,
  destructiveInPublic,
  largeBodies,
  passwordsWithoutLimit,
  writesWithoutLimit,
} from './findings/actions.ts';
import { corsForAll, corsWithCookies, originModeAcrossSites, trustsEveryOrigin } from './findings/origins.ts';
import { oldNode, shownErrors } from './findings/runtime.ts';
import { keptSecret, noSecret, weakSecret } from './findings/secrets.ts';
import { insecureCookies, insecureSiteUrl, noSiteUrl, trustsEveryPeer } from './findings/site.ts';
import { memoryLimits, memoryOnce, memorySessions } from './findings/stores.ts';

type Check = (view: AppView) => Finding | undefined;

const CHECKS: readonly Check[] = [
  noSecret,
  weakSecret,
  keptSecret,
  shownErrors,
  oldNode,
  noSiteUrl,
  insecureSiteUrl,
  insecureCookies,
  trustsEveryPeer,
  trustsEveryOrigin,
  originModeAcrossSites,
  corsForAll,
  corsWithCookies,
  memoryLimits,
  memoryOnce,
  memorySessions,
  destructiveInPublic,
  deletesInPublic,
  passwordsWithoutLimit,
  writesWithoutLimit,
  largeBodies,
];

/**
 * What is weak or wrong in an app, by its options and actions, the worst first. Calls nothing of the app but functions that
 * judge an origin. Throws a `TypeError` for what `createPortico` did not return.
 */
export function examine(portico: object, surroundings?: Surroundings): Finding[] {
  const view = viewOf(portico, surroundings);
  return sortFindings(CHECKS.flatMap((check) => check(view) ?? []));
}
