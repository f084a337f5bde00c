import type { ProbeResults } from './probe-client.ts';

/** What is known of the app beside what it answered. */
export interface KnownOfApp {
  readonly siteUrl: string | undefined;
  /** Whether an action has a limit by address. */
  readonly limitsByAddress: boolean;
}

/** What came of asking, and what is known without. */
export interface Answered extends ProbeResults {
  readonly known: KnownOfApp;
}
