import type { Entry } from './entry.ts';

export interface Placing {
  readonly section: string;
  /** As deep as the structure may be. */
  readonly maxLevels: number;
  /** What is to be placed; none is a new entry. */
  readonly entry: Pick<Entry, 'id' | 'level'> | undefined;
  /** Below the entry, at any depth. */
  readonly descendants: ReadonlyArray<Pick<Entry, 'id' | 'level'>>;
  /** What it is to be placed below; none is the top. */
  readonly parent: Pick<Entry, 'id' | 'section' | 'level' | 'draft'> | undefined;
}

/** Why an entry cannot be placed there: the parent is of another section, stands below the entry, or is too deep down. */
export function placingFault({
  section,
  maxLevels,
  entry,
  descendants,
  parent,
}: Placing): string | undefined {
  if (parent !== undefined) {
    if (parent.section !== section || parent.draft) return 'There is no such parent entry in this section.';
    const isBelow = entry !== undefined && [entry, ...descendants].some(({ id }) => id === parent.id);
    if (isBelow) return 'An entry cannot be placed below itself.';
  }
  const depth = entry === undefined ? 0 : Math.max(0, ...descendants.map(({ level }) => level - entry.level));
  if ((parent?.level ?? 0) + 1 + depth <= maxLevels) return undefined;
  return `This section has at most ${maxLevels} ${maxLevels === 1 ? 'level' : 'levels'}.`;
}
