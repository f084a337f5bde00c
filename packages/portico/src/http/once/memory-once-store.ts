import type { OnceClaim, OnceState, OnceStore } from './once-store.ts';

interface Kept extends OnceClaim {
  readonly outcome: string | undefined;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

// A flood of ids must not fill the memory: outcomes give way, oldest first. What is running never does.
const MAX_CHARACTERS = 16 * 1024 * 1024;
const PER_ENTRY = 512;

/**
 * Outcomes in this process's memory: for one process, tests and demonstrations, since they end with it. Holds at most 16 Mi
 * characters and then forgets the oldest. `now` gives epoch milliseconds.
 */
export function createMemoryOnceStore(
  now: () => number = Date.now,
  maxCharacters: number = MAX_CHARACTERS,
): OnceStore & { readonly size: number } {
  const entries = new Map<string, Kept>();
  let characters = 0;

  function put(claim: OnceClaim, outcome: string | undefined, seconds: number): void {
    drop(claim.key);
    // Put in anew, it stands behind all that are older.
    entries.set(claim.key, { ...claim, outcome, expiresAt: now() + seconds * 1000 });
    characters += sizeOf(outcome);
    for (const [key, entry] of entries) {
      if (characters <= maxCharacters && entry.expiresAt > now()) break;
      if (key !== claim.key && (entry.outcome !== undefined || entry.expiresAt <= now())) drop(key);
    }
  }

  function drop(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    characters -= sizeOf(entry.outcome);
  }

  /** Whether the claim runs under its key, be its time over or not. */
  function holds({ key, holder }: OnceClaim): boolean {
    const entry = entries.get(key);
    return entry !== undefined && entry.holder === holder && entry.outcome === undefined;
  }

  return {
    get size() {
      return entries.size;
    },
    async claim(claim, seconds): Promise<OnceState> {
      const there = entries.get(claim.key);
      if (there === undefined || there.expiresAt <= now()) {
        put(claim, undefined, seconds);
        return { state: 'claimed' };
      }
      const { fingerprint, outcome } = there;
      return outcome === undefined
        ? { state: 'running', fingerprint }
        : { state: 'settled', fingerprint, outcome };
    },
    async renew(claim, seconds) {
      const held = holds(claim);
      if (held) put(claim, undefined, seconds);
      return held;
    },
    async settle(claim, outcome, seconds) {
      const held = holds(claim);
      if (held) put(claim, outcome, seconds);
      return held;
    },
    async release(claim) {
      if (holds(claim)) drop(claim.key);
    },
  };
}

function sizeOf(outcome: string | undefined): number {
  return PER_ENTRY + (outcome?.length ?? 0);
}
