/**
 * A JSON Schema pattern, which may match anywhere, as an HTML `pattern`, which must match the whole value.
 * `undefined` where a browser would not take it: browsers compile patterns with the `v` flag (HTML standard, 4.10.5.3.6).
 */
export function htmlPattern(pattern: string): string | undefined {
  const whole = anchored(pattern) ?? `[\\s\\S]*(?:${pattern})[\\s\\S]*`;
  try {
    new RegExp(pattern, 'v');
    new RegExp(`^(?:${whole})$`, 'v');
    return whole;
  } catch {
    return undefined;
  }
}

/** What stands between `^` and `$`, where both anchor the whole of the pattern. */
function anchored(pattern: string): string | undefined {
  if (!pattern.startsWith('^') || !/(?:^|[^\\])(?:\\\\)*\$$/.test(pattern)) return undefined;
  const inner = pattern.slice(1, -1);
  return splits(inner) ? undefined : inner;
}

/** True where a `|` outside of groups and classes ends what an anchor belongs to. */
function splits(pattern: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let position = 0; position < pattern.length; position++) {
    const char = pattern[position];
    if (char === '\\') position++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth === 0) return true;
  }
  return false;
}
