import type { Logger } from 'portico';
import type { FileStorage } from '../files/file-storage.ts';
import { createDelivery } from './delivery.ts';
import { errorText } from './error-text.ts';
import type { MailTransport } from './mail-transport.ts';
import type { OutboxStore } from './outbox-store.ts';
import { systemTimers, type Timers } from './timers.ts';

export interface OutboxSenderOptions {
  readonly outbox: OutboxStore;
  readonly transport: MailTransport;
  /** Where attachments lie. */
  readonly storage: Pick<FileStorage, 'read'>;
  readonly from: string;
  /** What stands behind the `@` of a `Message-ID`: the site's host. */
  readonly host: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
  /** How many are sent at once. Default 5. */
  readonly concurrency?: number;
  readonly timers?: Timers;
  /** From 0 to 1, for the spread of retries. */
  readonly random?: () => number;
}

/** Sends what stands in the outbox, also what other processes put there or left behind. */
export interface OutboxSender {
  /** Looks at the outbox now; also starts it. Returns at once, and many calls make one look. */
  wake(): void;
  /** Resolves once nothing is due, or once the database cannot be asked. For tests. */
  settled(): Promise<void>;
  /** Sends nothing more, waits for what is being sent, and closes the transport. */
  stop(): Promise<void>;
}

// Longer than a delivery may take, so that nobody sends a second time what is still under way.
const LEASE = 10 * 60_000;
// Other processes enqueue, too.
const LONGEST_SLEEP = 60_000;
// What is due but was not handed out is another process's; it may be on its way.
const SHORTEST_SLEEP = 1000;

export function createOutboxSender(options: OutboxSenderOptions): OutboxSender {
  const { outbox, transport, now, logger, concurrency = 5, timers = systemTimers } = options;
  const delivery = createDelivery({ ...options, timers });
  let round: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  let isOutage = false;
  let cancelSleep = (): void => undefined;

  function wake(): void {
    if (isStopped) return;
    isWanted = true;
    round ??= runRounds();
  }

  async function runRounds(): Promise<void> {
    // The caller may be in the middle of something: nothing of this is done on its time.
    await Promise.resolve();
    cancelSleep();
    let sleep = LONGEST_SLEEP;
    while (isWanted && !isStopped) {
      isWanted = false;
      sleep = await sendDue();
    }
    round = undefined;
    if (!isStopped) cancelSleep = timers.after(sleep, wake);
  }

  /** Sends until nothing is due. Returns how long to sleep. Never rejects. */
  async function sendDue(): Promise<number> {
    try {
      await delivery.markUnmarked();
      for (;;) {
        const mails = isStopped ? [] : await outbox.claim(now(), LEASE, concurrency);
        if (mails.length === 0) break;
        // All of them come to an end before anything else happens: `stop()` counts on it.
        const ends = await Promise.allSettled(mails.map((mail) => delivery.deliver(mail)));
        const broken = ends.find((end) => end.status === 'rejected');
        if (broken) throw broken.reason;
      }
      const dueAt = await outbox.nextDueAt();
      if (isOutage) logger.warn('The outbox can be read again: mail goes out.');
      isOutage = false;
      return dueAt === null ? LONGEST_SLEEP : clamp(dueAt - now());
    } catch (error) {
      if (!isOutage) {
        logger.error(`The outbox cannot be read; mail waits until it can be. ${errorText(error)}`);
      }
      isOutage = true;
      return LONGEST_SLEEP;
    }
  }

  return {
    wake,
    async settled() {
      wake();
      await round;
    },
    async stop() {
      isStopped = true;
      cancelSleep();
      await round;
      await transport.close?.();
    },
  };
}

function clamp(ms: number): number {
  return Math.min(LONGEST_SLEEP, Math.max(SHORTEST_SLEEP, ms));
}
