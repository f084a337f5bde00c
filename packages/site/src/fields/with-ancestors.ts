type ParentOf = (id: number) => number | null;

/** The ids with all that is above them in their structure, each right after its own ancestors. */
export function withAncestors(ids: readonly number[], parentOf: ParentOf): readonly number[] {
  const complete = new Set<number>();
  for (const id of ids) {
    for (const ancestor of ancestorsOf(id, parentOf)) complete.add(ancestor);
    complete.add(id);
  }
  return [...complete];
}

/** How many of the ids have none of the others below them. */
export function branchCount(ids: readonly number[], parentOf: ParentOf): number {
  const above = new Set(ids.flatMap((id) => ancestorsOf(id, parentOf)));
  return new Set(ids.filter((id) => !above.has(id))).size;
}

/** From the top. */
function ancestorsOf(id: number, parentOf: ParentOf): readonly number[] {
  const ancestors: number[] = [];
  let parent = parentOf(id);
  // A tree that bites its own tail is broken, and still no reason to hang.
  while (parent !== null && parent !== id && !ancestors.includes(parent)) {
    ancestors.unshift(parent);
    parent = parentOf(parent);
  }
  return ancestors;
}
