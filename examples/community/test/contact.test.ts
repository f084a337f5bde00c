import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailTo, type Mail } from './mailbox.ts';
import { removeFolder, startSite, temporaryFolder, type Site } from './site.ts';
import { formOf, Visitor } from './visitor.ts';

const DESK = 'desk@studio.test';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let site: Site;
let guest: Visitor;
beforeAll(async () => {
  site = await startSite(temporaryFolder(), { CONTACT_EMAIL: DESK });
  guest = new Visitor(site.url);
});
afterAll(async () => {
  await site.stop();
  removeFolder(site.dataFolder);
}, 30_000);

const MESSAGE = { fromName: 'Ada Lovelace', fromEmail: 'ada@example.org', message: 'Do you mend lids?' };

function send(fields: Readonly<Record<string, string | File>>, visitor = guest) {
  return visitor.submit('/contact', 'contactForm.send', { ...MESSAGE, ...fields });
}

const mail = (subject: string): Promise<Mail> => mailTo(guest, DESK, subject);

describe('the contact form', () => {
  test('sends a mail with a file, and says so', async () => {
    const attachment = new File([PNG], '../lid.png', { type: 'image/png' });
    const sent = await send({ subject: 'A lid', attachment });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/contact']);
    expect((await guest.get('/contact')).body).toContain('Your message is on its way to the studio.');
    const { text } = await mail('Saltglaze - A lid');
    for (const part of ['Ada Lovelace', 'ada@example.org', 'Do you mend lids?', 'lid.webp'])
      expect(text).toContain(part);
  });

  test('keeps what was typed where something is wrong, and sends nothing', async () => {
    const failed = await send({ subject: 'Wrong & kept', fromEmail: 'nowhere', message: 'Typed <already>' });
    expect(failed.status).toBe(422);
    const { markup } = formOf(failed.body, 'contactForm.send');
    expect(markup).toContain('value="Wrong &amp; kept"');
    expect(markup).toContain('value="nowhere"');
    expect(markup).toContain('Typed &lt;already&gt;');
    expect(markup).toContain('aria-invalid="true"');
    expect(failed.body).toContain('Your message is not sent yet: see the form.');
  });

  test('takes no program, whatever it is called', async () => {
    const program = new File(['<!doctype html><script>alert(1)</script>'], 'a.png', { type: 'image/png' });
    const refused = await send({ subject: 'A program', attachment: program });
    expect(refused.status).toBe(422);
    expect(formOf(refused.body, 'contactForm.send').markup).toMatch(/contact__attachment-errors"><li>/);
  });

  test('no line break gets into a header', async () => {
    const refused = await send({ subject: 'Hello\r\nBcc: all@example.org' });
    expect(refused.status).toBe(422);
    expect(formOf(refused.body, 'contactForm.send').markup).toContain('It must be one line of text.');
  });

  test('knows a member’s name and address', async () => {
    const member = await site.member('ruth');
    const { markup } = formOf((await member.get('/contact')).body, 'contactForm.send');
    expect(markup).toContain('value="Ruth Tester"');
    expect(markup).toContain('value="ruth@studio.test"');
    // The fifth of this hour.
    expect((await send({ subject: 'By a member' }, member)).status).toBe(303);
  });

  test('a sixth in an hour is too many: it is refused before it is read', async () => {
    const many = await send({ subject: 'One too many' });
    expect(many.status).toBe(429);
    expect(Number(many.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(formOf(many.body, 'contactForm.send').markup).toContain('Send the message');
  });
});
