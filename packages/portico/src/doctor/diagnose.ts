import type { Answered, KnownOfApp } from './answered.ts';
import { sortFindings, type Finding } from './finding.ts';
import { bodyBuffered, bodyChanged, bodyTooLarge, chunkedRefused } from './findings/proxy-bodies.ts';
import { answersCached, compressedWithoutVary } from './findings/proxy-caches.ts';
import {
  cookiesDropped,
  fetchMetadataDropped,
  foreignOriginHidden,
  originChanged,
  originDropped,
} from './findings/proxy-headers.ts';
import { believesSpoofed, cookiesInTheClear, otherOrigin, peerNotTrusted } from './findings/proxy-trust.ts';
import { explorerOpen, noAnswer, withoutTls } from './findings/reach.ts';
import type { ProbeResults, Unanswered } from './probe-client.ts';

type Check = (answered: Answered) => Finding | undefined;

const CHECKS: readonly Check[] = [
  peerNotTrusted,
  otherOrigin,
  believesSpoofed,
  cookiesInTheClear,
  originDropped,
  originChanged,
  foreignOriginHidden,
  fetchMetadataDropped,
  cookiesDropped,
  bodyTooLarge,
  chunkedRefused,
  bodyChanged,
  bodyBuffered,
  answersCached,
  compressedWithoutVary,
  explorerOpen,
  withoutTls,
];

/** What stands between visitors and the app, judged by what came through; the worst first. */
export function diagnose(results: ProbeResults | Unanswered, known: KnownOfApp): Finding[] {
  if (!results.isAnswered) return [noAnswer(results)];
  const answered: Answered = { ...results, known };
  return sortFindings(CHECKS.flatMap((check) => check(answered) ?? []));
}
