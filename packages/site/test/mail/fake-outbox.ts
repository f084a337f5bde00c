import type { MailMessage, OutboxStore } from '../../src/mail/outbox-store.ts';

interface FakeRow {
  readonly id: string;
  readonly key: string;
  readonly message: MailMessage;
  attempts: number;
  dueAt: number | null;
  sentAt: number | null;
  error: string | null;
}

export interface FakeOutbox extends OutboxStore {
  readonly rows: FakeRow[];
  /** While it is set, every call of that method rejects with it. */
  readonly broken: Partial<Record<keyof OutboxStore, Error>>;
  /** How often each method was called. */
  readonly calls: Record<string, number>;
  /** Puts a mail in, due at once. */
  add(id: string, more?: Partial<FakeRow>): void;
}

/** An outbox in memory, by the rules of its port. */
export function createFakeOutbox(): FakeOutbox {
  const rows: FakeRow[] = [];
  const broken: FakeOutbox['broken'] = {};
  const calls: Record<string, number> = {};
  const find = (id: string): FakeRow => rows.find((row) => row.id === id)!;
  const called = (method: keyof OutboxStore): void => {
    calls[method] = (calls[method] ?? 0) + 1;
    if (broken[method]) throw broken[method];
  };

  return {
    rows,
    broken,
    calls,
    add(id, more = {}) {
      const message = { to: `${id}@example.com`, subject: 'Hi', text: `Code ${id}`, html: '<p>Hi</p>' };
      rows.push({
        id,
        key: 'forgot_password',
        message,
        attempts: 0,
        dueAt: 0,
        sentAt: null,
        error: null,
        ...more,
      });
    },
    async enqueue({ key, message }, now) {
      called('enqueue');
      const id = String(rows.length + 1);
      rows.push({ id, key, message, attempts: 0, dueAt: now, sentAt: null, error: null });
    },
    async claim(now, leaseMs, limit) {
      called('claim');
      const due = rows.filter(({ dueAt }) => dueAt !== null && dueAt <= now).slice(0, limit);
      return due.map((row) => {
        const mail = { id: row.id, key: row.key, message: row.message, attempts: row.attempts };
        Object.assign(row, { dueAt: now + leaseMs, attempts: row.attempts + 1 });
        return mail;
      });
    },
    async markSent(id, now) {
      called('markSent');
      Object.assign(find(id), { sentAt: now, dueAt: null });
    },
    async markFailed(id, error, retryAt) {
      called('markFailed');
      Object.assign(find(id), { error, dueAt: retryAt });
    },
    async nextDueAt() {
      called('nextDueAt');
      const due = rows.flatMap(({ dueAt }) => dueAt ?? []);
      return due.length === 0 ? null : Math.min(...due);
    },
    async purge() {
      return 0;
    },
  };
}
