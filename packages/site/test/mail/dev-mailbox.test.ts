import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseTransport } from '../../src/mail/choose-transport.ts';
import { createDevMailbox, type DevMailbox } from '../../src/mail/dev-mailbox.ts';
import { mailboxPage } from '../../src/mail/mailbox-page.ts';

const LINK = 'http://localhost:3000/setpassword?code=abc&id=1';
const MAIL = {
  to: 'ann@example.com',
  from: 'Site <no-reply@localhost>',
  subject: 'Reset your password',
  text: `Open this:\n${LINK}\n`,
  html: `<p onclick="x()">Open <a href="${LINK}">this</a><script>alert("mail")</script></p>`,
  messageId: '<1@localhost>',
};

let dataDir = '';
let lines: string[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'portico-mailbox-'));
  lines = [];
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function mailbox(options: { readonly keep?: number; readonly now?: () => number } = {}): DevMailbox {
  return createDevMailbox({ dataDir, log: (line) => void lines.push(line), ...options });
}

describe('the dev mailbox', () => {
  it('keeps a mail with its links and prints one line with the link', async () => {
    const box = mailbox({ now: () => 0 });
    await box.send(MAIL);
    expect(await box.list()).toMatchObject([
      {
        to: 'ann@example.com',
        subject: 'Reset your password',
        text: MAIL.text,
        html: MAIL.html,
        links: [LINK],
        date: '1970-01-01T00:00:00.000Z',
      },
    ]);
    expect(lines).toEqual([`Mail to ann@example.com: Reset your password ${LINK}`]);
  });

  it('lists the newest first, also those of one millisecond', async () => {
    const box = mailbox({ now: () => 5 });
    for (let at = 0; at < 12; at++) await box.send({ ...MAIL, subject: String(at) });
    expect((await box.list()).map(({ subject }) => Number(subject))).toEqual([
      11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
  });

  it('keeps its mails over a restart, and shows those that another process sent', async () => {
    await mailbox({ now: () => 1 }).send({ ...MAIL, subject: 'before' });
    const box = mailbox({ now: () => 2 });
    expect((await box.list()).map(({ subject }) => subject)).toEqual(['before']);
    await mailbox({ now: () => 3 }).send({ ...MAIL, subject: 'from elsewhere' });
    expect((await box.list()).map(({ subject }) => subject)).toEqual(['from elsewhere', 'before']);
  });

  it('keeps the last ones only, in memory and on disk', async () => {
    const box = mailbox({ keep: 3 });
    for (let at = 0; at < 5; at++) await box.send({ ...MAIL, subject: String(at) });
    expect((await box.list()).map(({ subject }) => subject)).toEqual(['4', '3', '2']);
    expect(await readdir(join(dataDir, 'mail'))).toHaveLength(3);
  });

  it('lets nobody else on the machine read the files', async () => {
    await mailbox().send(MAIL);
    const folder = join(dataDir, 'mail');
    const [file = ''] = await readdir(folder);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
  });

  it('passes over files that are no mails', async () => {
    const box = mailbox();
    await box.send(MAIL);
    const folder = join(dataDir, 'mail');
    await writeFile(join(folder, '00000000000001-000001-0a0b0c0d.json'), '{ broken');
    await writeFile(join(folder, '00000000000001-000002-0a0b0c0d.json'), '{"to":1}');
    await writeFile(join(folder, 'notes.txt'), 'hello');
    expect(await mailbox().list()).toHaveLength(1);
  });

  it('goes on in memory where it cannot write, and says so once', async () => {
    await writeFile(join(dataDir, 'mail'), 'a file where the folder should be');
    const box = mailbox();
    await box.send(MAIL);
    await box.send(MAIL);
    expect(await box.list()).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('Mails cannot be kept'))).toHaveLength(1);
  });

  it('prints nothing that a terminal would obey', async () => {
    await mailbox().send({ ...MAIL, to: 'a@b\u001b[2J', subject: 'x\r\ny\u009b31m' });
    expect(lines[0]).not.toMatch(/\p{Cc}/u);
  });
});

describe('the mailbox page', () => {
  const ask = (box: DevMailbox, path = '', accept = 'text/html', clientAddress = '127.0.0.1') =>
    mailboxPage(
      box,
      {
        request: new Request(`http://localhost:3000/_portico/mail${path}`, { headers: { accept } }),
        clientAddress,
      },
      { dev: false },
    );

  it('gives JSON, newest first', async () => {
    const box = mailbox({ now: () => 7 });
    await box.send(MAIL);
    await box.send({ ...MAIL, subject: 'newer' });
    const answer = await ask(box, '', 'application/json');
    const mails = (await answer.json()) as Array<Record<string, unknown>>;
    expect(mails.map(({ subject }) => subject)).toEqual(['newer', 'Reset your password']);
    expect(Object.keys(mails[0] ?? {}).sort()).toEqual(
      ['date', 'html', 'id', 'links', 'subject', 'text', 'to'].sort(),
    );
    expect(mails[0]?.['links']).toEqual([LINK]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('shows the names of attached files, on a page and as JSON, over a restart too', async () => {
    const attachments = [{ filename: 'Käse.pdf', mediaType: 'application/pdf', content: new Uint8Array(9) }];
    await mailbox().send({ ...MAIL, attachments });
    const box = mailbox();
    const [mail] = await box.list();
    const json = (await (await ask(box, '', 'application/json')).json()) as Array<Record<string, unknown>>;
    expect(json[0]?.['attachments']).toEqual([
      { filename: 'Käse.pdf', mediaType: 'application/pdf', bytes: 9 },
    ]);
    expect(await (await ask(box, `?id=${mail?.id}`)).text()).toContain('Käse.pdf (application/pdf, 9 bytes)');
  });

  it('lists the mails and shows one, its HTML shut in a frame without scripts', async () => {
    const box = mailbox();
    await box.send({ ...MAIL, subject: 'Hi <b>Ann</b>' });
    const list = await (await ask(box)).text();
    expect(list).toContain('Hi &lt;b&gt;Ann&lt;/b&gt;');
    const [, href = ''] = /href="(\?id=[^"]+)"/.exec(list) ?? [];
    const answer = await ask(box, href);
    const message = await answer.text();
    expect(message).toContain(`href="${LINK.replace('&', '&amp;')}"`);
    expect(message).toContain('sandbox=""');
    expect(message).toContain('&lt;script&gt;alert(&quot;mail&quot;)&lt;/script&gt;');
    expect(message).not.toContain('<script');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('says when there is no mail, and when one is gone', async () => {
    expect(await (await ask(mailbox())).text()).toContain('No mail yet');
    const gone = await ask(mailbox(), '?id=../../etc/passwd');
    expect(gone.status).toBe(404);
  });

  it('is not there for others', async () => {
    const box = mailbox();
    await box.send(MAIL);
    for (const accept of ['text/html', 'application/json']) {
      const answer = await ask(box, '', accept, '203.0.113.9');
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('Reset');
    }
  });
});

describe('chooseTransport', () => {
  const choice = { smtpUrl: undefined, transport: undefined, production: false, log: () => undefined };

  it('prefers the app’s own, then SMTP, then the dev mailbox', () => {
    const own = { send: async () => undefined };
    const smtpUrl = 'smtp://127.0.0.1:2525';
    expect(chooseTransport({ ...choice, dataDir, smtpUrl, transport: own }).transport).toBe(own);
    expect(chooseTransport({ ...choice, dataDir, smtpUrl }).mailbox).toBeUndefined();
    const { transport, mailbox: box } = chooseTransport({ ...choice, dataDir });
    expect(transport).toBe(box);
  });

  it('has no mailbox in production, and refuses to start without a way to send', () => {
    const production = { ...choice, dataDir, production: true };
    expect(() => chooseTransport(production)).toThrow('Set SMTP_URL');
    expect(() => chooseTransport({ ...production, smtpUrl: '' })).toThrow('Set SMTP_URL');
    expect(chooseTransport({ ...production, smtpUrl: 'smtps://mail.example.com' }).mailbox).toBeUndefined();
  });
});
