import type { Logger } from 'portico';
import type { FileStorage } from '../files/file-storage.ts';
import { errorText } from './error-text.ts';
import { loadAttachments } from './load-attachments.ts';
import { messageId } from './message-id.ts';
import { MailRefusedError, type MailTransport } from './mail-transport.ts';
import type { OutboxStore, QueuedMail } from './outbox-store.ts';
import { retryDelay } from './retry-delay.ts';
import type { Timers } from './timers.ts';

export interface DeliveryOptions {
  readonly outbox: OutboxStore;
  readonly transport: MailTransport;
  /** Where attachments lie. */
  readonly storage: Pick<FileStorage, 'read'>;
  readonly from: string;
  readonly host: string;
  readonly now: () => number;
  readonly logger: Logger;
  readonly timers: Timers;
  readonly random?: () => number;
}

export interface Delivery {
  /** Hands one mail to the transport and writes down what came of it. Rejects only where that cannot be written down. */
  deliver(mail: QueuedMail): Promise<void>;
  /** Writes down what was sent while the database was away, before anything is sent again. */
  markUnmarked(): Promise<void>;
}

// A transport that never answers must not hold up the others, nor `stop()`.
const LONGEST_SEND = 5 * 60_000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, transport, storage, from, host, now, logger, timers, random = Math.random } = options;
  const unmarked = new Set<string>();
  // One line for an outage of the mail server, not one for each mail.
  let isFailing = false;

  async function deliver({ id, key, message, attempts }: QueuedMail): Promise<void> {
    if (!unmarked.has(id)) {
      try {
        const { attachments: queued = [], ...letter } = message;
        const attachments = await loadAttachments(storage, queued, (filename) =>
          logger.warn(`Mail ${key} (${id}) goes out without ${filename}, which the storage does not have.`),
        );
        const mail = { ...letter, from, messageId: messageId(id, message, host) };
        const sent = transport.send(attachments.length > 0 ? { ...mail, attachments } : mail);
        await withinTime(sent, timers);
      } catch (error) {
        return failed(id, key, attempts + 1, error);
      }
      isFailing = false;
      unmarked.add(id);
    }
    await outbox.markSent(id, now());
    unmarked.delete(id);
  }

  async function failed(id: string, key: string, failures: number, error: unknown): Promise<void> {
    const reason = errorText(error);
    const delay = error instanceof MailRefusedError ? null : retryDelay(failures, random);
    if (delay === null) {
      logger.error(`Mail ${key} (${id}) is given up after ${count(failures)}: ${reason}`);
    } else {
      if (!isFailing) logger.warn(`Mail ${key} (${id}) could not be sent and is tried again: ${reason}`);
      isFailing = true;
    }
    await outbox.markFailed(id, reason, delay === null ? null : now() + delay);
  }

  return {
    deliver,
    async markUnmarked() {
      for (const id of unmarked) {
        await outbox.markSent(id, now());
        unmarked.delete(id);
      }
    },
  };
}

function count(failures: number): string {
  return failures === 1 ? '1 try' : `${failures} tries`;
}

function withinTime(sending: Promise<void>, timers: Timers): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(LONGEST_SEND, () =>
      reject(new Error('The transport did not answer in five minutes.')),
    );
    void sending.then(resolve, reject).finally(cancel);
  });
}
