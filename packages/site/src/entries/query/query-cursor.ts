import { createHash } from 'node:crypto';
import { ActionError } from 'portico';
import { isStorableText } from '../../lib/storable-text.ts';
import { ENTRY_COLUMNS } from './entry-columns.ts';
import type { Comparable, EntryQuerySpec, OrderKey } from './entry-query-spec.ts';

type Ordered = Pick<EntryQuerySpec, 'sections' | 'sites' | 'order' | 'words'>;
type Place = readonly (Comparable | null)[];

// Texts are sorted by 200 characters; slugs and URIs are not longer than a URL.
const MAX_LENGTH = 8000;

/** The place of an entry in a query's order, as a text for URLs. */
export function writeCursor(query: Ordered, place: Place): string {
  return Buffer.from(JSON.stringify([scopeOf(query), ...place])).toString('base64url');
}

/** The place that `writeCursor` wrote for such a query. Throws 400 for anything else: it comes from a URL. */
export function readCursor(query: Ordered, cursor: string): Place {
  const [scope, ...place] = parsed(cursor);
  const kinds = kindsOf(query);
  const fits =
    scope === scopeOf(query) &&
    place.length === kinds.length &&
    kinds.every((kind, at) => isOfKind(place[at], kind));
  if (!fits) throw invalid();
  return place as Place;
}

function parsed(cursor: string): readonly unknown[] {
  if (typeof cursor !== 'string' || cursor.length > MAX_LENGTH || !/^[\w-]+$/.test(cursor)) throw invalid();
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value)) return value;
  } catch {
    // Told below.
  }
  throw invalid();
}

function invalid(): ActionError {
  return new ActionError({
    code: 'BAD_REQUEST',
    message: 'This cursor is none of this list. Begin with its first page.',
  });
}

/** Two queries that are sorted alike have the same. */
function scopeOf({ sections, sites, order, words }: Ordered): string {
  const text = JSON.stringify([sections, sites, order, words]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

type Kind = 'whole' | 'number' | 'text';
interface PlaceKind {
  readonly kind: Kind;
  readonly nullable: boolean;
}

function kindsOf({ order, sites }: Ordered): readonly PlaceKind[] {
  return [
    ...order.map(({ key }) => kindOf(key)),
    { kind: 'whole', nullable: false },
    ...(sites.length > 1 ? [{ kind: 'text', nullable: false } as const] : []),
  ];
}

function kindOf(key: OrderKey): PlaceKind {
  if ('by' in key) return { kind: key.by === 'tree' ? 'text' : 'number', nullable: key.by === 'tree' };
  if ('field' in key) return { kind: key.as, nullable: true };
  const { kind, nullable } = ENTRY_COLUMNS[key.column];
  return { kind: kind === 'text' ? 'text' : 'whole', nullable };
}

function isOfKind(value: unknown, { kind, nullable }: PlaceKind): boolean {
  if (value === null) return nullable;
  if (kind === 'text') return typeof value === 'string' && isStorableText(value);
  return kind === 'whole' ? Number.isSafeInteger(value) : typeof value === 'number';
}
