import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText } from '../../src/mail/duration-text.ts';
import { errorText } from '../../src/mail/error-text.ts';
import { greetingName } from '../../src/mail/greeting-name.ts';
import { headerText } from '../../src/mail/header-text.ts';
import { mailLinks } from '../../src/mail/mail-links.ts';
import { mayReadMailbox } from '../../src/mail/mailbox-access.ts';
import { messageId } from '../../src/mail/message-id.ts';
import { retryDelay } from '../../src/mail/retry-delay.ts';
import { senderAddress } from '../../src/mail/sender-address.ts';
import { isRefusal } from '../../src/mail/smtp-refusal.ts';

describe('greetingName', () => {
  it.each([
    ['Ann', 'Ann'],
    ['  Ann \t Lee ', 'Ann Lee'],
    ['St. John', 'St. John'],
    ['J.R. Tolkien', 'J.R. Tolkien'],
    ['O’Brien-Müller', 'O’Brien-Müller'],
    ['李小龍', '李小龍'],
    ['Ann\u200b', 'Ann'],
    ['Ann\nLee', 'Ann Lee'],
    [null, undefined],
    ['', undefined],
    ['\u0007', undefined],
    ['x'.repeat(51), undefined],
    ['www.evil.com', undefined],
    ['see evil.co', undefined],
    ['a://b', undefined],
    ['\\\\evil\\share', undefined],
    ['<b>', undefined],
  ])('%j → %j', (name, expected) => {
    expect(greetingName(name)).toBe(expected);
  });
});

describe('headerText', { timeout: 30_000 }, () => {
  it('is one line without control characters, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(headerText(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      }),
    );
  });
});

describe('durationText', () => {
  it.each([
    [0, 'a minute'],
    [119, 'a minute'],
    [900, '15 minutes'],
    [3600, 'an hour'],
    [5400, '90 minutes'],
    [7199, '119 minutes'],
    [7200, '2 hours'],
    [86_400, '24 hours'],
    [172_800, '2 days'],
    [200_000, '2 days'],
  ])('%i seconds → %s', (seconds, expected) => {
    expect(durationText(seconds)).toBe(expected);
  });
});

describe('errorText', () => {
  it.each([
    ['550 5.1.1 <bob@example.com>: no such user', '550 5.1.1 <(address)>: no such user'],
    ['554 spam: https://example.com/setpassword?code=abc', '554 spam: (link)'],
    ['queued as 4f1b6a7e9c0d4f1b6a7e9c0d', 'queued as (…)'],
    ['line one\r\nline two\u001b[31m', 'line one line two [31m'],
  ])('%j → %j', (message, expected) => {
    expect(errorText(new Error(message))).toBe(expected);
  });

  it('is short, and takes what is no error', () => {
    expect(errorText('a b '.repeat(1000)).length).toBeLessThanOrEqual(300);
    expect(errorText(undefined)).toBe('undefined');
  });
});

describe('retryDelay', () => {
  const minutes = (failures: number, random: number): number | null => {
    const ms = retryDelay(failures, () => random);
    return ms === null ? null : ms / 60_000;
  };

  it('doubles from a minute to six hours and gives up after the thirteenth failure', () => {
    const delays = Array.from({ length: 13 }, (_, index) => minutes(index + 1, 0.5));
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, null]);
  });

  it('spreads by a quarter, within its bounds', () => {
    expect([minutes(5, 0), minutes(5, 1)]).toEqual([12, 20]);
    expect([minutes(1, 0), minutes(9, 1)]).toEqual([1, 320]);
  });
});

describe('isRefusal', () => {
  const reply = (command: string, response: string, code = 'EENVELOPE') => ({
    code,
    command,
    response,
    permanent: response.startsWith('5'),
  });

  it.each([
    ['a receiver that does not exist', reply('RCPT TO', '550 5.1.1 no such user'), true],
    ['a receiver refused without an enhanced code', reply('RCPT TO', '553 no'), true],
    ['content that is refused', reply('DATA', '552 5.3.4 too big', 'EMESSAGE'), true],
    [
      'a receiver nodemailer refuses',
      { code: 'EENVELOPE', command: 'API', message: 'Invalid recipient ""' },
      true,
    ],
    ['a busy mailbox', reply('RCPT TO', '450 4.2.1 later'), false],
    ['relaying denied', reply('RCPT TO', '554 5.7.1 relay access denied'), false],
    ['a login that is asked for', reply('RCPT TO', '530 authentication required'), false],
    ['a refused sender', reply('MAIL FROM', '550 5.1.8 who are you'), false],
    ['a wrong password', reply('AUTH PLAIN', '535 5.7.8 no', 'EAUTH'), false],
    [
      'a bad sender address of ours',
      { code: 'EENVELOPE', command: 'API', message: 'Invalid sender ""' },
      false,
    ],
    ['no connection', { code: 'ESOCKET', command: 'CONN' }, false],
    ['nothing', undefined, false],
  ])('%s: %#', (_, error, expected) => {
    expect(isRefusal(error)).toBe(expected);
  });
});

describe('mailLinks', () => {
  it('takes the links of the text, each once and without punctuation', () => {
    const text = 'Open https://a.example/x?code=1. (https://b.example/) https://a.example/x?code=1';
    expect(mailLinks({ text, html: '' })).toEqual(['https://a.example/x?code=1', 'https://b.example/']);
  });

  it('takes those of the HTML where the text has none, and no scripts', () => {
    const html = '<a href="https://a.example/?x=1&amp;y=2">x</a><a href="javascript:alert(1)">y</a>';
    expect(mailLinks({ text: 'Hello', html })).toEqual(['https://a.example/?x=1&y=2']);
  });
});

describe('messageId', () => {
  const message = { to: 'ann@example.com', subject: 'Hi', text: 'code 1', html: '' };

  it('is the same for the same mail, and another one for another mail under the same id', () => {
    const id = messageId('7', message, 'example.com');
    expect(id).toMatch(/^<7\.[0-9a-f]{24}@example\.com>$/);
    expect(messageId('7', { ...message }, 'example.com')).toBe(id);
    expect(messageId('7', { ...message, text: 'code 2' }, 'example.com')).not.toBe(id);
  });
});

describe('senderAddress', () => {
  const mail = { templates: {} };

  it.each([
    ['Saltglaze', '"Saltglaze" <no-reply@example.com>'],
    ['Salt, "Glaze" \\ Co', '"Salt, \\"Glaze\\" \\\\ Co" <no-reply@example.com>'],
    ['Salt\r\nBcc: x', '"Salt Bcc: x" <no-reply@example.com>'],
  ])('%j → %s', (siteName, expected) => {
    expect(senderAddress({ siteName, siteUrl: 'https://example.com:8443/shop', mail })).toBe(expected);
  });

  it('is the setting where there is one', () => {
    const settings = {
      siteName: 'x',
      siteUrl: 'https://example.com',
      mail: { ...mail, from: 'Us <us@example.org>' },
    };
    expect(senderAddress(settings)).toBe('Us <us@example.org>');
  });
});

describe('mayReadMailbox', () => {
  const here = {
    clientAddress: '127.0.0.1',
    dev: false,
    hostname: 'localhost',
    siteHost: 'site.example',
    isForwarded: false,
  };

  it.each([
    ['this machine', {}, true],
    ['this machine by IPv6', { clientAddress: '::1', hostname: '[::1]' }, true],
    ['this machine by a mapped address', { clientAddress: '::ffff:127.0.0.1' }, true],
    ['this machine under the name of the site', { hostname: 'site.example' }, true],
    ['another machine', { clientAddress: '192.168.1.7' }, false],
    ['an address that only begins alike', { clientAddress: '127.evil.example' }, false],
    ['an unknown address', { clientAddress: undefined }, false],
    ['a proxy on this machine', { isForwarded: true }, false],
    ['a name that was made to resolve here', { hostname: 'evil.example' }, false],
    ['the same in dev mode', { hostname: 'evil.example', dev: true }, false],
    [
      'another machine in dev mode',
      { clientAddress: '192.168.1.7', hostname: '192.168.1.2', dev: true },
      true,
    ],
    ['an unknown address in dev mode', { clientAddress: undefined, dev: true }, true],
  ])('%s: %j → %s', (_, visitor, expected) => {
    expect(mayReadMailbox({ ...here, ...visitor })).toBe(expected);
  });
});
