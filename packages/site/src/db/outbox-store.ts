import type { Kysely } from 'kysely';
import type { OutboxStore, QueuedMessage } from '../mail/outbox-store.ts';
import { atomically } from './atomically.ts';
import type { DatabaseKind } from './connect.ts';
import { createDiscardedFileStore } from './discarded-file-store.ts';
import type { Tables } from './tables.ts';

export function createOutboxStore(db: Kysely<Tables>, kind: DatabaseKind): OutboxStore {
  /** Runs `mark`, and in the same transaction discards the attachments of a mail; `mark` is told the mail without them. */
  async function letGo(
    id: string,
    dueAt: number,
    mark: (transaction: Kysely<Tables>, message?: string) => Promise<unknown>,
  ): Promise<void> {
    const row = await db
      .selectFrom('outbox')
      .select('message')
      .where('id', '=', Number(id))
      .executeTakeFirst();
    const { attachments = [], ...message } = JSON.parse(row?.message ?? '{}') as Partial<QueuedMessage>;
    if (attachments.length === 0) return void (await mark(db));
    await atomically(db, async (transaction) => {
      const files = createDiscardedFileStore(transaction);
      for (const { storageKey } of attachments) await files.discard(storageKey, dueAt);
      await mark(transaction, JSON.stringify(message));
    });
  }

  return {
    async enqueue({ key, message }, now) {
      await db
        .insertInto('outbox')
        .values({
          mail_key: key,
          message: JSON.stringify(message),
          attempts: 0,
          due_at: now,
          created_at: now,
        })
        .execute();
    },

    async claim(now, leaseMs, limit) {
      return atomically(db, async (transaction) => {
        const due = transaction
          .selectFrom('outbox')
          .select(['id', 'mail_key', 'message', 'attempts'])
          .where('due_at', '<=', now)
          .where('sent_at', 'is', null)
          .orderBy('due_at')
          .orderBy('id')
          .limit(limit);
        // Two senders at once take different mails. On SQLite the transaction has kept the other one out.
        const rows = await (kind === 'postgres' ? due.forUpdate().skipLocked() : due).execute();
        if (rows.length === 0) return [];
        await transaction
          .updateTable('outbox')
          // Counted before it is tried: a mail that brings the process down is not tried for ever.
          .set((eb) => ({ due_at: now + leaseMs, attempts: eb('attempts', '+', 1) }))
          .where(
            'id',
            'in',
            rows.map(({ id }) => id),
          )
          .execute();
        return rows.map(({ id, mail_key, message, attempts }) => ({
          id: String(id),
          key: mail_key,
          message: JSON.parse(message ?? '{}') as QueuedMessage,
          attempts,
        }));
      });
    },

    async markSent(id, now) {
      const sent = { sent_at: now, message: null, due_at: null, last_error: null };
      await letGo(id, now, (transaction) =>
        transaction.updateTable('outbox').set(sent).where('id', '=', Number(id)).execute(),
      );
    },

    async markFailed(id, error, retryAt) {
      const mark = (transaction: Kysely<Tables>, message?: string) =>
        transaction
          .updateTable('outbox')
          .set({ last_error: error, due_at: retryAt, ...(message !== undefined && { message }) })
          .where('id', '=', Number(id))
          // Another sender may have sent it after this one's lease ran out.
          .where('sent_at', 'is', null)
          .execute();
      await (retryAt === null ? letGo(id, 0, mark) : mark(db));
    },

    async nextDueAt() {
      const row = await db
        .selectFrom('outbox')
        .select('due_at')
        .where('due_at', 'is not', null)
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return row?.due_at ?? null;
    },

    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('outbox')
        .where('sent_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
