import { expect, it } from 'vitest';
import type { MailMessage } from '../../src/mail/outbox-store.ts';
import { describeDatabases } from '../support/databases.ts';
import { HOSTILE } from './fixtures.ts';

const NOW = 1_700_000_000_000;
const LEASE = 60_000;

function mail(subject: string): { key: string; message: MailMessage } {
  return {
    key: 'forgot_password',
    message: { to: 'ada@example.com', subject, text: 'The code is 123', html: '<p>The code is 123' },
  };
}

describeDatabases('the outbox', ({ open }) => {
  it('gives out what is due, oldest first, no more than asked for', async () => {
    const { outbox } = (await open()).database;
    expect(await outbox.nextDueAt()).toBeNull();
    expect(await outbox.claim(NOW, LEASE, 10)).toEqual([]);
    await outbox.enqueue(mail('later'), NOW + 5);
    await outbox.enqueue(mail('first'), NOW - 1);
    await outbox.enqueue(mail('second'), NOW);
    await outbox.enqueue(mail('third'), NOW);
    expect(await outbox.nextDueAt()).toBe(NOW - 1);
    const claimed = await outbox.claim(NOW, LEASE, 2);
    expect(claimed).toEqual([
      { id: claimed[0]!.id, ...mail('first'), attempts: 0 },
      { id: claimed[1]!.id, ...mail('second'), attempts: 0 },
    ]);
    expect((await outbox.claim(NOW, LEASE, 10)).map(({ message }) => message.subject)).toEqual(['third']);
    expect(await outbox.nextDueAt()).toBe(NOW + 5);
  });

  it('keeps a message as it is', async () => {
    const { outbox } = (await open()).database;
    for (const text of HOSTILE)
      await outbox.enqueue({ key: text, message: { ...mail(text).message, replyTo: text } }, NOW);
    const claimed = await outbox.claim(NOW, LEASE, 100);
    expect(claimed.map(({ key, message }) => [key, message.subject, message.replyTo])).toEqual(
      HOSTILE.map((text) => [text, text, text]),
    );
  });

  it('gives a mail to the next when the lease has run out, and says that it was tried', async () => {
    const { outbox } = (await open()).database;
    await outbox.enqueue(mail('a'), NOW);
    const [first] = await outbox.claim(NOW, LEASE, 1);
    expect(await outbox.claim(NOW + LEASE - 1, LEASE, 1)).toEqual([]);
    expect(await outbox.nextDueAt()).toBe(NOW + LEASE);
    const [again] = await outbox.claim(NOW + LEASE, LEASE, 1);
    expect(again).toEqual({ ...first, attempts: 1 });
  });

  it('erases the text of what was sent, and the row in time', async () => {
    const { database, kysely } = await open();
    const { outbox } = database;
    await outbox.enqueue(mail('a'), NOW);
    await outbox.enqueue(mail('b'), NOW + 1);
    const [claimed] = await outbox.claim(NOW, LEASE, 1);
    await outbox.markSent(claimed!.id, NOW + 10);
    const rows = await kysely.selectFrom('outbox').selectAll().orderBy('id').execute();
    expect(rows[0]).toMatchObject({ message: null, due_at: null, sent_at: NOW + 10, attempts: 1 });
    expect(JSON.stringify(rows[0])).not.toContain('123');
    expect(await outbox.claim(NOW + 2 * LEASE, LEASE, 10)).toHaveLength(1);
    expect(await outbox.purge(NOW + 10)).toBe(0);
    expect(await outbox.purge(NOW + 11)).toBe(1);
    expect(await kysely.selectFrom('outbox').select('mail_key').execute()).toHaveLength(1);
  });

  it('tries a failed mail again when told, and keeps one that was given up', async () => {
    const { database, kysely } = await open();
    const { outbox } = database;
    await outbox.enqueue(mail('a'), NOW);
    const [claimed] = await outbox.claim(NOW, LEASE, 1);
    await outbox.markFailed(claimed!.id, 'greylisted', NOW + 500);
    expect(await outbox.claim(NOW + 499, LEASE, 1)).toEqual([]);
    const [again] = await outbox.claim(NOW + 500, LEASE, 1);
    expect(again).toEqual({ ...claimed, attempts: 1 });
    await outbox.markFailed(again!.id, 'no such mailbox', null);
    expect(await outbox.nextDueAt()).toBeNull();
    expect(await outbox.claim(NOW + 10 * LEASE, LEASE, 1)).toEqual([]);
    expect(await outbox.purge(NOW + 10 * LEASE)).toBe(0);
    expect(await kysely.selectFrom('outbox').select('last_error').execute()).toEqual([
      { last_error: 'no such mailbox' },
    ]);
  });

  it('does not send again what a slow sender reports as failed after another has sent it', async () => {
    const { outbox } = (await open()).database;
    await outbox.enqueue(mail('a'), NOW);
    const [slow] = await outbox.claim(NOW, LEASE, 1);
    const [quick] = await outbox.claim(NOW + LEASE, LEASE, 1);
    await outbox.markSent(quick!.id, NOW + LEASE);
    await outbox.markFailed(slow!.id, 'timeout', NOW + LEASE);
    expect(await outbox.claim(NOW + 5 * LEASE, LEASE, 1)).toEqual([]);
    expect(await outbox.nextDueAt()).toBeNull();
  });

  it('never gives one mail to two senders', async () => {
    const senders = [(await open()).database, (await open()).database, (await open()).database];
    const { outbox } = senders[0]!;
    for (let n = 0; n < 40; n++) await outbox.enqueue(mail(`mail ${n}`), NOW);
    const claims = await Promise.all(
      Array.from({ length: 12 }, (_, n) => senders[n % 3]!.outbox.claim(NOW, LEASE, 4)),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await outbox.claim(NOW, LEASE, 100);
    expect(new Set([...ids, ...rest.map(({ id }) => id)]).size).toBe(40);
  });

  it('goes back with its transaction', async () => {
    const { outbox, transaction } = (await open()).database;
    const failed = transaction(async (stores) => {
      await stores.outbox.enqueue(mail('never'), NOW);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await outbox.claim(NOW, LEASE, 10)).toEqual([]);
  });

  it('discards the files of what was sent or given up, and of nothing that is tried again', async () => {
    const { outbox, discardedFiles } = (await open()).database;
    const keys = ['assets/aa/sent.pdf', 'assets/aa/failed.pdf', 'assets/aa/given-up.pdf'];
    for (const storageKey of keys) {
      const attachments = [{ filename: 'a.pdf', mediaType: 'application/pdf', storageKey }];
      await outbox.enqueue({ key: 'contact_form', message: { ...mail('a').message, attachments } }, NOW);
    }
    const [sent, failed, givenUp] = await outbox.claim(NOW, LEASE, 3);
    expect(sent?.message.attachments?.[0]?.storageKey).toBe(keys[0]);
    await outbox.markSent(sent!.id, NOW);
    await outbox.markFailed(failed!.id, 'busy', NOW + LEASE);
    await outbox.markFailed(givenUp!.id, 'no such user', null);
    expect((await discardedFiles.due(NOW, 10)).toSorted()).toEqual([keys[2], keys[0]]);
    const [again] = await outbox.claim(NOW + LEASE, LEASE, 3);
    expect(again?.message.attachments?.[0]?.storageKey).toBe(keys[1]);
  });
});
