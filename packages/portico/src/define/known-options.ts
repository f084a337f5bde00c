/** The options there are, all of them: what is left out, or too much, does not compile. */
export type KnownOptions<Options> = Readonly<Record<keyof Options & string, true>>;

/**
 * Refuses an option that nobody reads: a misspelled `access` would leave an action open to everybody. Types tell it where there
 * are types. Throws a `TypeError` that names the option that was probably meant.
 */
export function refuseUnknownOptions(
  where: string,
  given: object,
  known: Readonly<Record<string, true>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    const likely = Object.keys(known).find((candidate) =>
      isLike(name.toLowerCase(), candidate.toLowerCase()),
    );
    throw new TypeError(
      `${where}: there is no option ${JSON.stringify(name)}.${likely === undefined ? '' : ` Did you mean ${likely}?`}`,
    );
  }
}

/** Whether two words differ by one letter that is missing, too much or another, or by two neighbours in each other's place. */
function isLike(left: string, right: string): boolean {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  let end = 0;
  const shorter = Math.min(left.length, right.length);
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const [one, other] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  if (one.length <= 1 && other.length <= 1) return true;
  return one.length === 2 && other.length === 2 && one[0] === other[1] && one[1] === other[0];
}
