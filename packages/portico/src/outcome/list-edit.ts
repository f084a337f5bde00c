import type { Entry } from '../define/submission.ts';
import { isForbiddenKey, parseFieldName } from '../lib/field-path.ts';

/** A form after one of its list buttons was pressed. */
export interface ListEdit {
  /** Every entry that was sent but those of a removed row; the rows of the list are numbered from 0 without gaps. */
  readonly entries: readonly Entry[];
  /** How many rows the list has now, by its dotted path: a row that was just added has no entries that would say so. */
  readonly rows: ReadonlyMap<string, number>;
}

type Operation = 'add' | 'remove' | 'up' | 'down';

interface Intent {
  readonly operation: Operation;
  readonly list: readonly string[];
  readonly index: number;
}

const INTENT = /^(?:(add):(.+)|(remove|up|down):(.+):(0|[1-9]\d{0,8}))$/s;
const INDEX = /^(?:0|[1-9]\d{0,8})$/;
const MAX_DEPTH = 32;

/**
 * Carries out what a list button asks for: `add:items`, `remove:items:2`, `up:items:2`, `down:items:2`; the list's name in
 * any notation. Asking for a row that is not there changes nothing. `undefined`: no button of ours asks for this.
 */
export function applyListEdit(entries: readonly Entry[], intent: string): ListEdit | undefined {
  const parsed = parseIntent(intent);
  if (!parsed) return undefined;
  const { operation, list, index } = parsed;
  const rowOf = rowsOf(entries, list);
  const count = rowOf.size === 0 ? 0 : Math.max(...rowOf.values()) + 1;
  const edited: Entry[] = [];
  for (const entry of entries) {
    const row = rowOf.get(entry);
    if (row === undefined) {
      edited.push(entry);
      continue;
    }
    const moved = movedTo(row, operation, index, count);
    if (moved !== undefined) edited.push([renumbered(entry[0], list.length, moved), entry[1]]);
  }
  const removed = operation === 'remove' && index < count ? 1 : 0;
  return {
    entries: edited,
    rows: new Map([[list.join('.'), count + (operation === 'add' ? 1 : 0) - removed]]),
  };
}

function parseIntent(intent: string): Intent | undefined {
  const match = INTENT.exec(intent);
  const operation = (match?.[1] ?? match?.[3]) as Operation | undefined;
  if (!match || !operation) return undefined;
  const list = parseFieldName(match[2] ?? match[4] ?? '');
  if (!list || list.length > MAX_DEPTH) return undefined;
  if (list.some((segment) => segment === '' || isForbiddenKey(segment))) return undefined;
  return { operation, list, index: Number(match[5] ?? 0) };
}

/** The row each entry belongs to: numbered ones in the order of their numbers, then `tags` and `tags[]` as they came. */
function rowsOf(entries: readonly Entry[], list: readonly string[]): Map<Entry, number> {
  const numbers = new Map<Entry, number>();
  const plain: Entry[] = [];
  for (const entry of entries) {
    const below = segmentsBelow(entry[0], list);
    if (!below) continue;
    const [first = ''] = below;
    if (below.length > 0 && INDEX.test(first)) numbers.set(entry, Number(first));
    // A blank under the list's own name is the hidden field that clears it, and no row.
    else if (first === '' && below.length <= 1 && (below.length === 1 || entry[1] !== '')) plain.push(entry);
  }
  const ranks = new Map(
    [...new Set(numbers.values())].sort((a, b) => a - b).map((number, rank) => [number, rank]),
  );
  const rows = new Map<Entry, number>();
  for (const [entry, number] of numbers) rows.set(entry, ranks.get(number) ?? 0);
  for (const entry of plain) rows.set(entry, ranks.size + rows.size - numbers.size);
  return rows;
}

function segmentsBelow(name: string, list: readonly string[]): string[] | undefined {
  const segments = parseFieldName(name);
  if (!segments || segments.length < list.length) return undefined;
  return list.every((segment, at) => segment === segments[at]) ? segments.slice(list.length) : undefined;
}

function movedTo(row: number, operation: Operation, index: number, count: number): number | undefined {
  if (operation === 'add' || index >= count) return row;
  if (operation === 'remove') return row === index ? undefined : row > index ? row - 1 : row;
  const other = operation === 'up' ? index - 1 : index + 1;
  if (other < 0 || other >= count) return row;
  return row === index ? other : row === other ? index : row;
}

/** The name with another row number at a depth, in brackets: `items.2.qty` becomes `items[1][qty]`. */
function renumbered(name: string, depth: number, row: number): string {
  const segments = parseFieldName(name) ?? [name];
  const after = segments.slice(depth + 1);
  const all = [...segments.slice(0, depth), String(row), ...after];
  // A segment with a bracket in it can only have come from dots.
  return all.reduce((prefix, segment) =>
    segment.includes(']') ? `${prefix}.${segment}` : `${prefix}[${segment}]`,
  );
}
