/** What to say where there are too few or too many: `undefined` where the count is right. */
export function countFault(
  label: string,
  count: number,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  noun: string,
  plural = `${noun}s`,
): { readonly '': readonly string[] } | undefined {
  const say = (bound: string, limit: number): { readonly '': readonly string[] } => ({
    '': [`${label} should contain at ${bound} ${limit} ${limit === 1 ? noun : plural}.`],
  });
  if (min !== undefined && count < min) return say('least', min);
  return max !== undefined && count > max ? say('most', max) : undefined;
}
