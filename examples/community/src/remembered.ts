import type { Accounts } from './accounts/site.ts';

const KEPT_MS = 60_000;

interface Remembered {
  readonly until: number;
  readonly value: Promise<unknown>;
}

const known = new WeakMap<Accounts, Map<string, Remembered>>();

/**
 * What `work` gives, or gave within the last minute under that name: for what takes reading all there is, so that nobody keeps
 * the database busy by asking for it again and again. The names are few, each with one type.
 */
export function remembered<Value>(
  accounts: Accounts,
  name: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const values = known.get(accounts) ?? new Map<string, Remembered>();
  known.set(accounts, values);
  const now = Date.now();
  const found = values.get(name);
  if (found !== undefined && found.until > now) return found.value as Promise<Value>;
  const value = work();
  values.set(name, { until: now + KEPT_MS, value });
  value.catch(() => values.delete(name));
  return value;
}
