import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTemplates } from '../../src/mail/default-templates.ts';
import type { MailText, MailVariables } from '../../src/mail/mail-templates.ts';

const LINK = 'https://example.com/setpassword?code=abc&id=42';

const variables = (friendlyName: string | null, siteName = 'Saltglaze'): MailVariables => ({
  siteName,
  siteUrl: 'https://example.com',
  user: { email: 'ann@example.com', username: 'ann', friendlyName },
  link: LINK,
  expiresIn: 86_400,
});

const templates: ReadonlyArray<readonly [string, (variables: MailVariables) => MailText]> = [
  ['account_activation', defaultTemplates.account_activation],
  ['verify_new_email', defaultTemplates.verify_new_email],
  ['forgot_password', defaultTemplates.forgot_password],
  ['already_registered', defaultTemplates.already_registered],
  ['account_changed: email', (given) => defaultTemplates.account_changed({ ...given, change: 'email' })],
  [
    'account_changed: password',
    (given) => defaultTemplates.account_changed({ ...given, change: 'password' }),
  ],
];

describe.each(templates)('the mail %s', { timeout: 30_000 }, (name, template) => {
  it('has a subject, greets by name and carries the link, in text and HTML', () => {
    const mail = template(variables('Ann'));
    expect(mail.subject).not.toBe('');
    for (const part of [mail.text, mail.html]) expect(part).toContain('Hello Ann,');
    expect(mail.text).toContain(`\n${LINK}\n`);
    expect(mail.html).toContain(`href="${LINK.replace('&', '&amp;')}"`);
  });

  it('greets without a name whom it does not know by one', () => {
    const mail = template(variables(null));
    expect(mail.text).toMatch(/^Hello,\n/);
  });

  it('says how long the link lasts, where it is one that ends', () => {
    const { text, html } = template(variables('Ann'));
    for (const part of [text, html]) {
      expect(part.includes('24 hours')).toBe(!name.startsWith('account_changed'));
    }
  });

  it('is a document of its own that suits dark screens', () => {
    const { html } = template(variables('Ann'));
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).not.toMatch(/<script|<img|<link/);
  });

  it.each([
    ['markup', '<img src=x onerror=alert(1)>'],
    ['an attribute', '" onmouseover="alert(1)'],
    ['an entity', '&lt;b&gt;'],
    ['a link', 'http://evil.example'],
    ['a scheme of another kind', 'javascript://evil'],
    ['a host that mail programs make a link of', 'evil.example'],
    ['a host in other letters', 'пример.рф'],
    ['a host with a wide dot', 'evil。example'],
    ['an address', 'mallory@evil'],
    ['a path', 'evil/x'],
    ['a header', 'Ann\r\nBcc: all@example.com'],
    ['a line that pretends to be the mail', 'Ann\n\nYour account is locked, call now'],
    ['a text that turns around', 'Ann\u202e moc.live'],
    ['more than a name', 'You have won a prize that you can collect at our office in town today'],
  ])('takes no harm from a name that is %s', (_, hostile) => {
    const mail = template(variables(hostile));
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.text).toMatch(/^Hello( [^\n]{1,50})?,\n\n/);
    expect(linksOf(mail)).toEqual([LINK]);
    expect(mail.html).not.toContain('<img');
    expect(mail.html).not.toContain('\u202e');
    expect(mail.html).not.toContain('" onmouseover="');
  });

  it('is the same but for the greeting, whatever the name', () => {
    const plain = template(variables(null));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (friendlyName) => {
        const mail = template(variables(friendlyName));
        expect(mail.subject).toBe(plain.subject);
        expect(mail.text.slice(mail.text.indexOf('\n'))).toBe(plain.text.slice(plain.text.indexOf('\n')));
        const greeting = /<p class="text"[^>]*>Hello[^<>]*,<\/p>/;
        expect(mail.html).toMatch(greeting);
        expect(mail.html.replace(greeting, '')).toBe(plain.html.replace(greeting, ''));
      }),
    );
  });

  it('escapes the name of the site, too', () => {
    const { subject, html } = template(variables('Ann', 'Salt & "Glaze" <b>\r\nBcc: x'));
    expect(html).toContain('Salt &amp; &quot;Glaze&quot; &lt;b&gt;');
    expect(html).not.toContain('<b>');
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('the test mail', () => {
  it('names the site and its address', () => {
    const { subject, text, html } = defaultTemplates.test_email({
      siteName: 'Salt\r\nglaze',
      siteUrl: 'https://example.com',
    });
    expect(subject).toBe('Test mail from Salt glaze');
    expect(text).toContain('https://example.com');
    expect(html).toContain('https://example.com');
  });
});

function linksOf({ text, html }: MailText): string[] {
  const found = [...text.matchAll(/[a-z]+:\/\/\S+/g), ...html.matchAll(/(?<=href=")[^"]+/g)];
  return [...new Set(found.map(([link]) => link.replaceAll('&amp;', '&')))];
}
