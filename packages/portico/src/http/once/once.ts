import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ActionError } from '../../wire/error.ts';
import type { OnceClaim, OnceState, OnceStore } from './once-store.ts';

/** A submission that nobody ran before: it is ours to run, and its repeats wait until one of the two is called. */
export interface OnceHold {
  /** Keeps the outcome for the repeats. Never rejects. */
  settle(outcome: string): Promise<void>;
  /** Lets a repeat run again. Never rejects. */
  release(): Promise<void>;
}

/** What became of an attempt to run a submission. */
export type OnceEntered =
  | { readonly kind: 'first'; readonly hold: OnceHold }
  | { readonly kind: 'repeat'; readonly outcome: string }
  /** Something else was sent under this id. */
  | { readonly kind: 'other' }
  /** The first is still running, and it was waited for as long as one waits. */
  | { readonly kind: 'running' };

export interface Once {
  /** Rejects with `SERVICE_UNAVAILABLE` where the store does. `signal`: whoever waits for an answer is gone. */
  enter(key: string, fingerprint: string, signal: AbortSignal): Promise<OnceEntered>;
}

export interface OnceParts {
  readonly store: OnceStore;
  /** How long an outcome is kept. */
  readonly seconds: number;
  readonly warn: (message: string, details?: unknown) => void;
  /** How long a claim holds that nobody renews, as its process died. Default 60. */
  readonly leaseSeconds?: number;
}

const LEASE_SECONDS = 60;
const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 500;

/** Claims in a store, renewed while their handler runs, and the waiting of repeats for the first. */
export function createOnce({ store, seconds, warn, leaseSeconds = LEASE_SECONDS }: OnceParts): Once {
  function hold(claim: OnceClaim): OnceHold {
    const lost = (): void =>
      warn('portico: an action with `once` ran longer than its claim held, so a repeat may have run too.');
    const renew = (): Promise<void> =>
      store.renew(claim, leaseSeconds).then(
        (held) => (held ? undefined : lost()),
        (error: unknown) => warn('portico: the claim of an action with `once` could not be renewed.', error),
      );
    const timer = setInterval(() => void renew(), (leaseSeconds * 1000) / 3).unref();
    return {
      async settle(outcome) {
        clearInterval(timer);
        try {
          if (!(await store.settle(claim, outcome, seconds))) lost();
        } catch (error) {
          warn(
            'portico: the outcome of an action with `once` could not be kept. Its claim keeps repeats out for ' +
              `${leaseSeconds} seconds at most; one that comes later runs the action again.`,
            error,
          );
        }
      },
      async release() {
        clearInterval(timer);
        try {
          await store.release(claim);
        } catch (error) {
          warn(
            'portico: the claim of an action with `once` could not be released; it ends by itself.',
            error,
          );
        }
      },
    };
  }

  return {
    async enter(key, fingerprint, signal) {
      const claim: OnceClaim = { key, fingerprint, holder: randomUUID() };
      const until = Date.now() + leaseSeconds * 1000;
      for (let wait = SHORTEST_PAUSE_MS; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)) {
        const found = await reached(() => store.claim(claim, leaseSeconds));
        if (found.state === 'claimed') return { kind: 'first', hold: hold(claim) };
        if (found.fingerprint !== fingerprint) return { kind: 'other' };
        if (found.state === 'settled') return { kind: 'repeat', outcome: found.outcome };
        if (Date.now() > until || !(await passed(wait, signal))) return { kind: 'running' };
      }
    },
  };
}

async function passed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return pause(milliseconds, true, { signal }).catch(() => false);
}

async function reached(ask: () => Promise<OnceState>): Promise<OnceState> {
  try {
    return await ask();
  } catch (cause) {
    throw new ActionError({
      code: 'SERVICE_UNAVAILABLE',
      message:
        'Nothing was done: whether this was sent before cannot be found out right now. Try again in a moment.',
      cause,
      headers: { 'Retry-After': '5' },
    });
  }
}
