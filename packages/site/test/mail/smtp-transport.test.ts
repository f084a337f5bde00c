import { afterEach, describe, expect, it } from 'vitest';
import { MailRefusedError, type MailTransport } from '../../src/mail/mail-transport.ts';
import { createOutboxSender } from '../../src/mail/outbox-sender.ts';
import { createSmtpTransport } from '../../src/mail/smtp-transport.ts';
import { createFakeOutbox } from './fake-outbox.ts';
import { createFakeTimers } from './fake-timers.ts';
import { startSmtpServer, type SmtpServer } from './smtp-server.ts';

const MAIL = {
  to: 'ann@example.com',
  from: '"Salt, Glaze" <no-reply@example.com>',
  subject: 'Réset your password',
  text: 'Open https://example.com/setpassword?code=abc',
  html: '<p>Open <a href="https://example.com/setpassword?code=abc">this</a></p>',
  messageId: '<7.abc@example.com>',
};

const open: Array<{ close?(): Promise<void> }> = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close?.();
});

async function setUp(): Promise<{ server: SmtpServer; transport: MailTransport }> {
  const server = await startSmtpServer();
  const transport = createSmtpTransport(server.url);
  open.push(server, transport);
  return { server, transport };
}

describe('the SMTP transport', () => {
  it('opens no connection before the first mail', async () => {
    const { server } = await setUp();
    expect(server.connections).toBe(0);
  });

  it('hands over a mail with text, HTML and the Message-ID it was given', async () => {
    const { server, transport } = await setUp();
    await transport.send(MAIL);
    const [message = ''] = server.messages;
    expect(server.commands).toContain('MAIL FROM:<no-reply@example.com>');
    expect(server.commands).toContain('RCPT TO:<ann@example.com>');
    expect(message).toMatch(/^Message-ID: <7\.abc@example\.com>$/im);
    expect(message).toMatch(/^To: ann@example\.com$/m);
    expect(message).toMatch(/^From: "Salt, Glaze" <no-reply@example\.com>$/m);
    expect(message).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(message).toContain('text/plain');
    expect(message).toContain('text/html');
  });

  it.each([
    ['a second address', 'ann@example.com, eve@example.com'],
    ['a name that hides one', '"eve@example.com x"@example.com'],
    ['a line break', 'ann@example.com\r\nRCPT TO:<eve@example.com>'],
    ['a closing bracket', 'ann@example.com>, <eve@example.com'],
  ])('sends to nobody else, whatever the address: %s', async (_, to) => {
    const { server, transport } = await setUp();
    await transport.send({ ...MAIL, to }).catch(() => undefined);
    const receivers = server.commands.filter((line) => line.startsWith('RCPT'));
    expect(receivers.length).toBeLessThanOrEqual(1);
    expect(receivers.filter((line) => /^RCPT TO:<eve@example\.com>/.test(line))).toEqual([]);
    expect(server.messages.filter((message) => /^(?:Bcc|Cc):/im.test(message))).toEqual([]);
  });

  it('sends files under their names, and says whom to answer', async () => {
    const { server, transport } = await setUp();
    const content = new TextEncoder().encode('%PDF-1.7');
    const attachments = [{ filename: 'Käse.pdf', mediaType: 'application/pdf', content }];
    await transport.send({ ...MAIL, replyTo: 'eve@example.org', attachments });
    const [message = ''] = server.messages;
    expect(message).toMatch(/^Reply-To: eve@example\.org$/m);
    expect(message).toMatch(/^From: "Salt, Glaze" <no-reply@example\.com>$/m);
    expect(message).toMatch(/^Content-Type: application\/pdf/m);
    expect(message).toMatch(/^Content-Disposition: attachment/m);
    expect(message).toContain(btoa('%PDF-1.7'));
  });

  it('refuses for good what the server refuses for good', async () => {
    const { server, transport } = await setUp();
    server.replies['RCPT TO'] = '550 5.1.1 no such user';
    await expect(transport.send(MAIL)).rejects.toThrow(MailRefusedError);
    delete server.replies['RCPT TO'];
    server.replies['.'] = '554 5.6.0 I do not like it';
    await expect(transport.send(MAIL)).rejects.toThrow(MailRefusedError);
  });

  it.each([
    ['RCPT TO', '450 4.2.1 mailbox busy'],
    ['RCPT TO', '554 5.7.1 relay access denied'],
    ['MAIL FROM', '550 5.1.8 unknown sender'],
    ['.', '451 4.3.0 try later'],
  ])('is hopeful after %s: %s', async (command, reply) => {
    const { server, transport } = await setUp();
    server.replies[command] = reply;
    const sent = transport.send(MAIL);
    await expect(sent).rejects.toThrow(reply);
    await expect(sent).rejects.not.toThrow(MailRefusedError);
    delete server.replies[command];
    await transport.send(MAIL);
    expect(server.messages).toHaveLength(1);
  });

  it('says where it could not connect to', async () => {
    const { server, transport } = await setUp();
    await server.close();
    const sent = transport.send(MAIL);
    await expect(sent).rejects.toThrow(/ECONNREFUSED/);
    await expect(sent).rejects.not.toThrow(MailRefusedError);
  });

  it.each(['', 'mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://user:secret word@'])(
    'refuses %j as the URL of a server, without repeating it',
    (url) => {
      const make = (): unknown => createSmtpTransport(url);
      expect(make).toThrow('SMTP_URL is not the URL of a mail server');
      expect(make).not.toThrow('secret');
    },
  );
});

describe('the outbox over SMTP', () => {
  it('delivers after a temporary refusal, and gives up a receiver that does not exist', async () => {
    const { server, transport } = await setUp();
    const outbox = createFakeOutbox();
    const timers = createFakeTimers();
    const logger = { error: () => undefined, warn: () => undefined };
    const sender = createOutboxSender({
      outbox,
      transport,
      storage: { read: async () => undefined },
      from: MAIL.from,
      host: 'example.com',
      now: timers.now,
      logger,
      timers,
    });
    outbox.add('1');
    outbox.add('2');
    server.replies['RCPT TO:<1@EXAMPLE.COM>'] = '450 4.2.0 greylisted';
    server.replies['RCPT TO:<2@EXAMPLE.COM>'] = '550 5.1.1 no such user';
    await sender.settled();
    expect(server.messages).toHaveLength(0);
    expect(outbox.rows[0]?.dueAt).toBeGreaterThan(0);
    expect(outbox.rows[1]?.dueAt).toBeNull();

    delete server.replies['RCPT TO:<1@EXAMPLE.COM>'];
    timers.advance(outbox.rows[0]?.dueAt ?? 0);
    await sender.settled();
    expect(server.messages).toHaveLength(1);
    expect(outbox.rows[0]?.sentAt).not.toBeNull();
    await sender.stop();
  });
});
