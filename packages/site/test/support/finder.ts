// Shorter ones are looked for one by one.
const KEY = 12;
const SLOT_BITS = 18;

/** A number for the last three characters, made of the one before and the next character. */
const slotAfter = (slot: number, code: number): number => ((slot << 6) ^ code) & ((1 << SLOT_BITS) - 1);

const slotOf = (start: string): number =>
  slotAfter(slotAfter(slotAfter(0, start.charCodeAt(0)), start.charCodeAt(1)), start.charCodeAt(2));

/**
 * Which of many values stand in a text. A run of the tests knows thousands of codes and sessions, and looks for each of them
 * in each of thousands of answers: one walk over a text looks for all of them at once.
 */
export function createFinder(values: Iterable<string>): (text: string) => readonly string[] {
  const short: string[] = [];
  const byKey = new Map<string, string[]>();
  // Whether a value may begin with these three characters: nearly always not.
  const begins = new Uint8Array(1 << SLOT_BITS);
  for (const value of values) {
    if (value.length < KEY) {
      short.push(value);
      continue;
    }
    const key = value.slice(0, KEY);
    begins[slotOf(key)] = 1;
    byKey.set(key, [...(byKey.get(key) ?? []), value]);
  }
  return (text) => {
    const found = new Set(short.filter((value) => text.includes(value)));
    let slot = 0;
    for (let end = 0; end < text.length; end++) {
      slot = slotAfter(slot, text.charCodeAt(end));
      if (begins[slot] === 0) continue;
      const at = end - 2;
      for (const value of byKey.get(text.slice(at, at + KEY)) ?? [])
        if (text.startsWith(value, at)) found.add(value);
    }
    return [...found];
  };
}
