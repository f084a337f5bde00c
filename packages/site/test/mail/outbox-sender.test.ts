import { describe, expect, it } from 'vitest';
import { MailRefusedError, type MailTransport } from '../../src/mail/mail-transport.ts';
import { createOutboxSender, type OutboxSender } from '../../src/mail/outbox-sender.ts';
import type { Timers } from '../../src/mail/timers.ts';
import { createFakeOutbox, type FakeOutbox } from './fake-outbox.ts';
import { createFakeTimers, type FakeTimers } from './fake-timers.ts';

type Sent = Parameters<MailTransport['send']>[0];

interface Bench {
  readonly outbox: FakeOutbox;
  readonly timers: FakeTimers;
  readonly sender: OutboxSender;
  readonly sent: Sent[];
  readonly logs: string[];
  /** What the storage has. */
  readonly files: Map<string, string>;
  /** What the transport does with a mail. Default: takes it. */
  onSend: (mail: Sent) => Promise<void> | void;
  closed: number;
  /** Another process on the same outbox, which wakes by these timers. */
  another(timers?: Timers): OutboxSender;
}

function bench(): Bench {
  const outbox = createFakeOutbox();
  const timers = createFakeTimers();
  const logs: string[] = [];
  const sent: Sent[] = [];
  const files = new Map<string, string>();
  const transport: MailTransport = {
    async send(mail) {
      sent.push(mail);
      await made.onSend(mail);
    },
    async close() {
      made.closed += 1;
    },
  };
  const another = (own: Timers = timers): OutboxSender =>
    createOutboxSender({
      outbox,
      transport,
      storage: {
        async read(key) {
          const content = files.get(key);
          if (content === 'broken') throw new Error('disk on fire');
          const bytes = new TextEncoder().encode(content);
          return content === undefined
            ? undefined
            : { bytes: bytes.length, stream: new Blob([bytes]).stream() };
        },
      },
      from: 'Site <no-reply@example.com>',
      host: 'example.com',
      now: timers.now,
      logger: {
        error: (...args) => void logs.push(`error ${args.join(' ')}`),
        warn: (...args) => void logs.push(`warn ${args.join(' ')}`),
      },
      timers: own,
      random: () => 0.5,
    });
  const made: Bench = {
    outbox,
    timers,
    sent,
    logs,
    files,
    closed: 0,
    onSend: () => undefined,
    sender: another(),
    another,
  };
  return made;
}

/** A promise and what settles it. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

const MINUTE = 60_000;

describe('the outbox sender', () => {
  it('sends what is due, once, and marks it', async () => {
    const { outbox, sender, sent } = bench();
    outbox.add('1');
    outbox.add('2');
    await sender.settled();
    await sender.settled();
    expect(sent.map(({ to }) => to)).toEqual(['1@example.com', '2@example.com']);
    expect(sent[0]).toMatchObject({ from: 'Site <no-reply@example.com>', subject: 'Hi' });
    expect(outbox.rows.map(({ sentAt, dueAt }) => [sentAt, dueAt])).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it('asks nothing of the database before it is woken', async () => {
    const { outbox, sender, timers } = bench();
    outbox.add('1');
    timers.advance(10 * MINUTE);
    await sender.stop();
    expect(outbox.calls).toEqual({});
  });

  it('sends no more than five at a time', async () => {
    const made = bench();
    let now = 0;
    let most = 0;
    made.onSend = async () => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now -= 1;
    };
    for (let id = 1; id <= 12; id++) made.outbox.add(String(id));
    await made.sender.settled();
    expect(made.sent).toHaveLength(12);
    expect(most).toBe(5);
  });

  it('looks once for many calls of wake, and once more for those that come meanwhile', async () => {
    const made = bench();
    const asked = gate();
    const sending = gate();
    made.onSend = () => {
      asked.open();
      return sending.passed;
    };
    made.outbox.add('1');
    for (let call = 0; call < 100; call++) made.sender.wake();
    const settled = made.sender.settled();
    await asked.passed;
    for (let call = 0; call < 100; call++) made.sender.wake();
    sending.open();
    await settled;
    // One mail, one empty claim; then the second look, which finds nothing.
    expect(made.outbox.calls['claim']).toBe(3);
  });

  it('finds a mail that was enqueued while it looked', async () => {
    const made = bench();
    made.outbox.add('1');
    made.onSend = ({ to }) => {
      if (to !== '1@example.com') return;
      made.outbox.add('2');
      made.sender.wake();
    };
    await made.sender.settled();
    expect(made.sent.map(({ to }) => to)).toEqual(['1@example.com', '2@example.com']);
  });

  it('tries again later what could not be sent, with the same Message-ID', async () => {
    const made = bench();
    made.onSend = () => Promise.reject(new Error('451 try later <1@example.com>'));
    made.outbox.add('1');
    await made.sender.settled();
    expect(made.outbox.rows[0]).toMatchObject({ dueAt: MINUTE, error: '451 try later <(address)>' });
    expect(made.timers.waits).toEqual([MINUTE]);

    made.onSend = () => undefined;
    made.timers.advance(MINUTE);
    await made.sender.settled();
    expect(made.outbox.rows[0]?.sentAt).toBe(MINUTE);
    expect(made.sent).toHaveLength(2);
    expect(new Set(made.sent.map(({ messageId }) => messageId)).size).toBe(1);
    expect(made.sent[0]?.messageId).toMatch(/^<1\.[0-9a-f]+@example\.com>$/);
  });

  it('waits longer each time, gives up after thirteen tries and says so without what the mail says', async () => {
    const made = bench();
    made.onSend = () => {
      throw new Error('connect ECONNREFUSED');
    };
    made.outbox.add('1');
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 13; attempt++) {
      await made.sender.settled();
      const { dueAt } = made.outbox.rows[0]!;
      if (dueAt === null) break;
      waits.push((dueAt - made.timers.now()) / MINUTE);
      made.timers.advance(dueAt - made.timers.now());
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
    expect(made.sent).toHaveLength(13);
    expect(made.outbox.rows[0]).toMatchObject({ dueAt: null, sentAt: null, error: 'connect ECONNREFUSED' });
    // One line when it began, one when it ended.
    expect(made.logs).toEqual([
      'warn Mail forgot_password (1) could not be sent and is tried again: connect ECONNREFUSED',
      'error Mail forgot_password (1) is given up after 13 tries: connect ECONNREFUSED',
    ]);
  });

  it('gives up at once what is refused for good', async () => {
    const made = bench();
    made.onSend = () => Promise.reject(new MailRefusedError('550 no such user'));
    made.outbox.add('1');
    await made.sender.settled();
    expect(made.outbox.rows[0]).toMatchObject({ dueAt: null, error: '550 no such user' });
    expect(made.logs).toEqual(['error Mail forgot_password (1) is given up after 1 try: 550 no such user']);
  });

  it('logs an outage of the mail server once, not once a mail', async () => {
    const made = bench();
    made.onSend = () => Promise.reject(new Error('down'));
    for (let id = 1; id <= 20; id++) made.outbox.add(String(id));
    await made.sender.settled();
    expect(made.logs).toHaveLength(1);
  });

  it('is not held up for ever by a transport that never answers', async () => {
    const made = bench();
    const asked = gate();
    made.onSend = () => {
      asked.open();
      return new Promise(() => undefined);
    };
    made.outbox.add('1');
    const settled = made.sender.settled();
    await asked.passed;
    made.timers.advance(5 * MINUTE);
    await settled;
    expect(made.outbox.rows[0]?.error).toContain('did not answer');
    expect(made.outbox.rows[0]?.dueAt).toBe(6 * MINUTE);
  });

  it('leaves what a process was sending when it died to the next, with the same Message-ID', async () => {
    const made = bench();
    made.outbox.add('1');
    // Sent, and the process was gone before it could write that down.
    made.outbox.broken.markSent = new Error('terminated');
    await made.another({ after: () => () => undefined }).settled();
    delete made.outbox.broken.markSent;
    const next = made.sender;
    await next.settled();
    expect(made.sent).toHaveLength(1);

    made.timers.advance(10 * MINUTE);
    await next.settled();
    expect(made.sent).toHaveLength(2);
    expect(made.sent[1]?.messageId).toBe(made.sent[0]?.messageId);
    expect(made.outbox.rows[0]?.sentAt).toBe(10 * MINUTE);
  });

  it('does not send twice what it could not mark because the database was away', async () => {
    const made = bench();
    made.outbox.add('1');
    made.outbox.broken.markSent = new Error('connection lost');
    await made.sender.settled();
    made.timers.advance(11 * MINUTE);
    await made.sender.settled();
    expect(made.outbox.rows[0]?.sentAt).toBeNull();
    delete made.outbox.broken.markSent;
    await made.sender.settled();
    expect(made.sent).toHaveLength(1);
    expect(made.outbox.rows[0]?.sentAt).toBe(11 * MINUTE);
  });

  it('outlives an outage of the database, with a line at its beginning and one at its end', async () => {
    const made = bench();
    made.outbox.add('1');
    made.outbox.broken.claim = new Error('connect ECONNREFUSED postgres://user:secret@db/site');
    for (let call = 0; call < 50; call++) {
      await made.sender.settled();
      made.timers.advance(MINUTE);
    }
    expect(made.logs).toEqual([
      'error The outbox cannot be read; mail waits until it can be. connect ECONNREFUSED (link)',
    ]);
    delete made.outbox.broken.claim;
    await made.sender.settled();
    expect(made.sent).toHaveLength(1);
    expect(made.logs).toHaveLength(2);
    expect(made.logs[1]).toContain('can be read again');
  });

  it('sends the other mails of a batch when one of them cannot be marked', async () => {
    const made = bench();
    made.outbox.add('1');
    made.outbox.add('2');
    made.outbox.broken.markSent = new Error('connection lost');
    await made.sender.settled();
    expect(made.sent).toHaveLength(2);
  });

  it.each([
    ['a minute, for the mail of other processes', [], MINUTE],
    ['until the next mail is due', [{ dueAt: 20_000 }], 20_000],
    ['no longer than a minute', [{ dueAt: 5 * MINUTE }], MINUTE],
  ])('sleeps %s', async (_, rows, expected) => {
    const { outbox, sender, timers } = bench();
    for (const [at, row] of rows.entries()) outbox.add(String(at), row);
    await sender.settled();
    expect(timers.waits).toEqual([expected]);
  });

  it('wakes by itself and has one timer at a time', async () => {
    const { outbox, sender, sent, timers } = bench();
    await sender.settled();
    outbox.add('1');
    timers.advance(MINUTE);
    await sender.settled();
    expect(sent).toHaveLength(1);
    expect(timers.waits).toEqual([MINUTE]);
  });

  it('stops: waits for what is being sent, takes nothing more, closes the transport', async () => {
    const made = bench();
    const asked = gate();
    const sending = gate();
    made.onSend = () => {
      asked.open();
      return sending.passed;
    };
    for (let id = 1; id <= 6; id++) made.outbox.add(String(id));
    made.sender.wake();
    await asked.passed;
    let isStopped = false;
    const stopped = made.sender.stop().then(() => (isStopped = true));
    await Promise.resolve();
    expect(isStopped).toBe(false);
    sending.open();
    await stopped;
    expect(made.sent).toHaveLength(5);
    expect(made.outbox.rows.filter(({ sentAt }) => sentAt !== null)).toHaveLength(5);
    expect(made.closed).toBe(1);
    expect(made.timers.waits).toEqual([]);

    made.sender.wake();
    await made.sender.settled();
    expect(made.sent).toHaveLength(5);
  });

  it('says nothing of receivers, links and codes in its log', async () => {
    const made = bench();
    made.onSend = ({ to, text }) =>
      Promise.reject(new Error(`554 <${to}> https://example.com/setpassword?code=x ${text}`));
    made.outbox.add('1', { attempts: 12 });
    made.outbox.add('2');
    await made.sender.settled();
    expect(made.logs).toHaveLength(2);
    for (const line of [...made.logs, ...made.outbox.rows.map(({ error }) => error)]) {
      expect(line).not.toMatch(/@|https?:|code=/);
    }
  });
});

describe('a mail with attachments', () => {
  const attachments = [
    { filename: 'a.pdf', mediaType: 'application/pdf', storageKey: 'assets/aa/a.pdf' },
    { filename: 'b.txt', mediaType: 'text/plain', storageKey: 'assets/bb/b.txt' },
  ];
  const message = { to: 'a@example.com', subject: 'Hi', text: 'Hi', html: '<p>Hi</p>', attachments };

  it('goes out with what is in its files, and without their keys', async () => {
    const { outbox, sender, sent, files } = bench();
    files.set('assets/aa/a.pdf', '%PDF-').set('assets/bb/b.txt', 'text');
    outbox.add('1', { message });
    await sender.settled();
    const [mail] = sent;
    expect(mail?.attachments?.map(({ content }) => new TextDecoder().decode(content))).toEqual([
      '%PDF-',
      'text',
    ]);
    expect(mail?.attachments?.[0]).toEqual({
      filename: 'a.pdf',
      mediaType: 'application/pdf',
      content: new TextEncoder().encode('%PDF-'),
    });
    expect(JSON.stringify(mail)).not.toContain('assets/');
  });

  it('goes out without a file that is gone, and that is logged', async () => {
    const { outbox, sender, sent, files, logs } = bench();
    files.set('assets/bb/b.txt', 'text');
    outbox.add('1', { message });
    await sender.settled();
    expect(sent[0]?.attachments?.map(({ filename }) => filename)).toEqual(['b.txt']);
    expect(logs.join()).toContain('goes out without a.pdf');
  });

  it('waits while its files cannot be read', async () => {
    const { outbox, sender, sent, files } = bench();
    files.set('assets/aa/a.pdf', 'broken').set('assets/bb/b.txt', 'text');
    outbox.add('1', { message });
    await sender.settled();
    expect(sent).toEqual([]);
    expect(outbox.rows[0]).toMatchObject({ sentAt: null, error: expect.stringContaining('disk on fire') });
    expect(outbox.rows[0]?.dueAt).toBeGreaterThan(0);
  });
});
