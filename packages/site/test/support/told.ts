import type { Answer } from './visitor.ts';

/** What an answer tells beyond what was sent: all but the submitted model, to be compared for two different users. */
export function told({ status, json }: Answer): Record<string, unknown> {
  const { user: _user, ...rest } = json as Record<string, unknown>;
  return { status, ...rest };
}
