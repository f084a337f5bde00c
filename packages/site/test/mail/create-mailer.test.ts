import { describe, expect, it } from 'vitest';
import { createMailer } from '../../src/mail/create-mailer.ts';
import type { MailTemplates, MailVariables } from '../../src/mail/mail-templates.ts';
import { createFakeOutbox } from './fake-outbox.ts';

const user = { email: 'ann@example.com', username: 'ann', friendlyName: 'Ann' };
const reset = { user, link: 'https://example.com/setpassword?code=abc', expiresIn: 60 };

function mailer(templates: Partial<MailTemplates> = {}, wake = (): void => undefined) {
  const settings = { siteName: 'Saltglaze', siteUrl: 'https://example.com', mail: { templates } };
  return createMailer({ settings, now: () => 1000, wake });
}

describe('the mailer', () => {
  it('writes a mail into the outbox it is handed, with the site’s name and address', async () => {
    const outbox = createFakeOutbox();
    await mailer().enqueue(outbox, 'forgot_password', 'ann@example.com', reset);
    const [row] = outbox.rows;
    expect(row).toMatchObject({ key: 'forgot_password', dueAt: 1000, message: { to: 'ann@example.com' } });
    expect(row?.message.subject).toBe('Reset your password');
    expect(row?.message.text).toContain('Saltglaze');
    expect(row?.message.text).toContain(reset.link);
  });

  it('takes the app’s own templates, and ours for the others', async () => {
    const outbox = createFakeOutbox();
    const own = mailer({
      forgot_password: ({ siteName, siteUrl, link }: MailVariables) => ({
        subject: `${siteName}\r\nBcc: all@example.com`,
        text: `${siteUrl} ${link}`,
        html: '<p>Hi</p>',
      }),
      account_activation: undefined,
    } as unknown as Partial<MailTemplates>);
    await own.enqueue(outbox, 'forgot_password', 'ann@example.com', reset);
    await own.enqueue(outbox, 'account_activation', 'ann@example.com', reset);
    expect(outbox.rows.map(({ message }) => message.subject)).toEqual([
      'Saltglaze Bcc: all@example.com',
      'Activate your account',
    ]);
    expect(outbox.rows[0]?.message.text).toBe(`https://example.com ${reset.link}`);
  });

  it.each([
    'https://evil.example/setpassword?code=abc',
    'https://example.com.evil.example/',
    'https://example.com@evil.example/',
    'http://example.com/',
    '/setpassword?code=abc',
    'javascript:alert(1)',
  ])('refuses a link that does not lead to the configured site: %s', async (link) => {
    const outbox = createFakeOutbox();
    const sent = mailer().enqueue(outbox, 'forgot_password', 'ann@example.com', { ...reset, link });
    await expect(sent).rejects.toThrow('does not lead to https://example.com');
    await expect(sent).rejects.not.toThrow('abc');
    expect(outbox.rows).toEqual([]);
  });

  it('names the template that failed', async () => {
    const broken = mailer({
      forgot_password() {
        throw new TypeError('no such variable');
      },
    });
    await expect(
      broken.enqueue(createFakeOutbox(), 'forgot_password', 'ann@example.com', reset),
    ).rejects.toThrow('The mail template forgot_password failed.');
  });

  it('keeps line breaks out of the receiver', async () => {
    const outbox = createFakeOutbox();
    await mailer().enqueue(outbox, 'test_email', 'ann@example.com\r\nBcc: all@example.com', {});
    expect(outbox.rows[0]?.message.to).not.toMatch(/[\r\n]/);
  });

  it('passes on that something was committed', () => {
    let woken = 0;
    mailer({}, () => (woken += 1)).wake();
    expect(woken).toBe(1);
  });
});
