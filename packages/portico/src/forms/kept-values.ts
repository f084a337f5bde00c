import type { KeptInput } from '../outcome/kept-input.ts';
import { isForbiddenKey } from '../lib/field-path.ts';
import { fieldAt } from '../schema/constraints.ts';
import type { Plan } from '../schema/plan.ts';
import { isIndex, pathOf, segmentsOf } from './field-name.ts';
import { isListPlan } from './field-plan.ts';

/** What was submitted, by field. Rows of lists are numbered from 0 without gaps, whatever numbers were sent. */
export interface KeptValues {
  /** What was sent for a field, under any notation of its name; `undefined` for nothing. */
  texts(segments: readonly string[]): readonly string[] | undefined;
  /** How many rows of a list to show. Never more than were sent, but for one that was just added. */
  rows(segments: readonly string[]): number;
  /** Whether a field stands in a row that was just added, of which nothing was sent. */
  isInNewRow(segments: readonly string[]): boolean;
}

const MAX_DEPTH = 32;

/** Sorts kept input by field. A page may show it again although it was refused, so nothing of it is trusted. */
export function readKept(plan: Plan, kept: KeptInput): KeptValues {
  const entries: Array<{ segments: readonly string[]; value: string }> = [];
  for (const [name, value] of kept.values) {
    const segments = segmentsOf(plan, name);
    if (segments.length <= MAX_DEPTH && !segments.some(isForbiddenKey)) entries.push({ segments, value });
  }
  const ranks = rowRanks(
    plan,
    entries.map((entry) => entry.segments),
  );
  const values = new Map<string, string[]>();
  const rows = new Map<string, number>();
  for (const { segments, value } of entries) {
    const numbered = renumber(segments, ranks, rows);
    const path = pathOf(numbered);
    const known = values.get(path);
    if (known) known.push(value);
    else values.set(path, [value]);
  }
  const sent = (segments: readonly string[]): number => rows.get(pathOf(segments)) ?? 0;
  const shown = (segments: readonly string[]): number =>
    Math.max(sent(segments), kept.rows?.get(pathOf(segments)) ?? 0);
  return {
    texts: (segments) => values.get(pathOf(segments)),
    rows: shown,
    isInNewRow: (segments) =>
      segments.some((segment, at) => {
        const list = segments.slice(0, at);
        return (
          at > 0 &&
          isIndex(segment) &&
          isListPlan(fieldAt(plan, pathOf(list))) &&
          Number(segment) >= sent(list)
        );
      }),
  };
}

/** For each list, by the path it was sent under, which of its numbers is the how-manieth. */
function rowRanks(plan: Plan, names: ReadonlyArray<readonly string[]>): Map<string, Map<string, number>> {
  const numbers = new Map<string, Set<string>>();
  for (const segments of names) {
    for (let at = 1; at < segments.length; at++) {
      const list = segments.slice(0, at);
      const path = pathOf(list);
      const holder = fieldAt(plan, path);
      // Nothing is known of what is below, however deep a client makes it.
      if (!holder) break;
      const segment = segments[at] ?? '';
      if (!isIndex(segment) || !isListPlan(holder)) continue;
      const known = numbers.get(path);
      if (known) known.add(segment);
      else numbers.set(path, new Set([segment]));
    }
  }
  const ranks = new Map<string, Map<string, number>>();
  for (const [path, found] of numbers) {
    const sorted = [...found].sort((a, b) => Number(a) - Number(b));
    ranks.set(path, new Map(sorted.map((number, rank) => [number, rank])));
  }
  return ranks;
}

function renumber(
  segments: readonly string[],
  ranks: ReadonlyMap<string, ReadonlyMap<string, number>>,
  rows: Map<string, number>,
): string[] {
  const numbered: string[] = [];
  for (const [at, segment] of segments.entries()) {
    const ofList = at === 0 ? undefined : ranks.get(pathOf(segments.slice(0, at)));
    const rank = ofList?.get(segment);
    if (ofList && rank !== undefined) rows.set(pathOf(numbered), ofList.size);
    numbered.push(rank === undefined ? segment : String(rank));
  }
  return numbered;
}
