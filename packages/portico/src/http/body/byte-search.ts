// Node's own search runs over whole vector registers; a runtime without Buffer goes byte by byte.
const nativeIndexOf = typeof Buffer === 'function' ? Buffer.prototype.indexOf : undefined;

/** Where `needle` begins in `haystack` at or after `from`, else -1. */
export function indexOfBytes(haystack: Uint8Array, needle: Uint8Array, from: number): number {
  if (nativeIndexOf !== undefined) return nativeIndexOf.call(haystack, needle, from);
  const [first] = needle;
  if (first === undefined) return from;
  for (let at = haystack.indexOf(first, from); at >= 0; at = haystack.indexOf(first, at + 1)) {
    if (startsAt(haystack, needle, at) === needle.length) return at;
  }
  return -1;
}

/** How many bytes at the end of `haystack`, from `from` on, could be the beginning of `needle`. */
export function partialAtEnd(haystack: Uint8Array, needle: Uint8Array, from: number): number {
  const [first] = needle;
  if (first === undefined) return 0;
  const earliest = Math.max(from, haystack.length - needle.length + 1);
  for (let at = haystack.indexOf(first, earliest); at >= 0; at = haystack.indexOf(first, at + 1)) {
    if (startsAt(haystack, needle, at) === haystack.length - at) return haystack.length - at;
  }
  return 0;
}

/** How many bytes of `haystack` at `at` agree with the beginning of `needle`. */
export function startsAt(haystack: Uint8Array, needle: Uint8Array, at: number): number {
  let count = 0;
  while (count < needle.length && at + count < haystack.length && haystack[at + count] === needle[count])
    count++;
  return count;
}
