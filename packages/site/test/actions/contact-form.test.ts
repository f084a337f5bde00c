import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { sweepFiles } from '../../src/files/file-sweeper.ts';
import { createLocalStorage } from '../../src/files/local-storage.ts';
import { MailRefusedError, type OutgoingMail } from '../../src/mail/mail-transport.ts';
import { temporaryFolder } from '../files/folder.ts';
import { jpeg } from '../files/pictures.ts';
import { PDF } from '../files/sample-files.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import { describeSites, pageOf } from '../support/site.ts';

const SEND = 'contact-form/send';
const TO = 'desk@example.com';
const MESSAGE = { fromEmail: 'eve@example.org', message: 'Hello' };

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describeSites('the contact form', (open) => {
  async function setUp(contactForm: object = {}, options: Parameters<typeof open>[0] = {}) {
    const app = await open({
      ...options,
      contactForm: { toEmail: TO, ...contactForm },
      limits: { contactForm: false, ...options.limits },
    });
    return { app, visitor: app.visitor() };
  }

  describe('sending', () => {
    test('a message goes to whoever runs the site, with the visitor as whom to answer', async () => {
      const { app, visitor } = await setUp();
      const answer = await visitor.json(SEND, { ...MESSAGE, fromName: 'Eve', subject: 'Pots' });
      expect([answer.status, answer.json]).toEqual([
        200,
        {
          message: 'Your message has been sent.',
          modelName: 'submission',
          submission: { fromEmail: 'eve@example.org', fromName: 'Eve', subject: 'Pots', message: 'Hello' },
        },
      ]);
      const mail = (await app.post.to(TO)) as unknown as OutgoingMail;
      expect(mail.subject).toBe('New message from the site - Pots');
      expect(mail.replyTo).toBe('eve@example.org');
      expect(mail.from).toContain('no-reply@');
      expect(mail.text).toContain('Eve <eve@example.org> wrote by the contact form of Test site:\n\nHello\n');
      expect(mail.attachments).toBeUndefined();
    });

    test('a form without JavaScript says so and goes back to its page', async () => {
      const { app, visitor } = await setUp({ successFlashMessage: 'Thanks!' });
      const answer = await visitor.form('/page/contact', SEND, {
        fromEmail: 'eve@example.org',
        fromName: 'Eve',
        subject: '',
        message: { topic: 'Sales', tags: ['a', 'b'], body: 'One\r\nTwo' },
      });
      expect([answer.status, answer.location]).toEqual([303, '/page/contact']);
      expect(pageOf(await visitor.get('/page/contact')).flashes).toEqual({ notice: 'Thanks!' });
      const mail = await app.post.to(TO);
      expect(mail.subject).toBe('New message from the site');
      expect(mail.text).toContain('topic: Sales\n\ntags: a, b\n\nOne\nTwo\n');
    });

    test('takes a signed redirect and signed messages', async () => {
      const { visitor } = await setUp({}, SIGNING);
      const { redirect = '' } = await signedBy(visitor, '/page/thanks?from={fromName}');
      const { successMessage = '' } = await signedBy(visitor, 'As you like it');
      const form = await visitor.form('/page', SEND, {
        ...MESSAGE,
        fromName: 'E & E',
        redirect,
        successMessage,
      });
      expect([form.status, form.location]).toEqual([303, '/page/thanks?from=E%20%26%20E']);
      expect(pageOf(await visitor.get('/page')).flashes).toEqual({ notice: 'As you like it' });
    });

    test('everybody of toEmail gets a mail of their own', async () => {
      const { app, visitor } = await setUp({ toEmail: [TO, 'chief@example.com', TO], prependSubject: '' });
      await visitor.json(SEND, { ...MESSAGE, subject: 'Pots' });
      expect((await app.post.to('chief@example.com')).subject).toBe('Pots');
      await app.post.to(TO);
      expect(app.post.mails.map(({ to }) => to).toSorted()).toEqual(['chief@example.com', TO]);
    });

    test('a typed call works too', async () => {
      const { visitor } = await setUp();
      const answer = await visitor.send('/_actions/contactForm.send', {
        method: 'POST',
        body: JSON.stringify({ ...MESSAGE, message: { body: 'Hi', topic: 'x' } }),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
      });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('topic');
    });

    test('only the fields that are allowed are let through, and body', async () => {
      const { app, visitor } = await setUp({ allowedMessageFields: ['topic'] });
      const message = { topic: 'Sales', secret: 'SECRET', body: 'Hi' };
      const { json } = await visitor.json(SEND, { ...MESSAGE, message });
      expect(json.submission.message).toEqual({ topic: 'Sales', body: 'Hi' });
      expect((await app.post.to(TO)).text).not.toContain('SECRET');
    });
  });

  describe('what is wrong', () => {
    test.each<[string, object, Record<string, string>]>([
      ['no address', { message: 'x' }, { fromEmail: 'Your email address cannot be blank.' }],
      ['no message', { fromEmail: 'a@example.com' }, { message: 'The message cannot be blank.' }],
      ['a blank message', { ...MESSAGE, message: '  \n' }, { message: 'The message cannot be blank.' }],
      [
        'a blank map',
        { ...MESSAGE, message: { body: '', topic: ' ' } },
        { message: 'The message cannot be blank.' },
      ],
      ['a map without parts', { ...MESSAGE, message: {} }, { message: 'The message cannot be blank.' }],
      [
        'a list',
        { ...MESSAGE, message: ['a'] },
        { message: 'The message must be a text, or a map of texts.' },
      ],
      ['a map within', { ...MESSAGE, message: { a: { b: 'c' } } }, { 'message.a': 'It must be a text.' }],
      [
        'an address that is none',
        { ...MESSAGE, fromEmail: 'eve' },
        { fromEmail: 'Your email address is not a valid one.' },
      ],
      [
        'two addresses',
        { ...MESSAGE, fromEmail: 'a@example.com, b@example.com' },
        { fromEmail: 'Your email address is not a valid one.' },
      ],
      [
        'a header in the address',
        { ...MESSAGE, fromEmail: 'a@example.com\r\nBcc: b@example.com' },
        { fromEmail: 'It must be one line of text.' },
      ],
      [
        'a header in the name',
        { ...MESSAGE, fromName: 'Eve\r\nBcc: b@example.com' },
        { fromName: 'It must be one line of text.' },
      ],
      [
        'a header in the subject',
        { ...MESSAGE, subject: 'x\nBcc: b@example.com' },
        { subject: 'It must be one line of text.' },
      ],
      [
        'a long subject',
        { ...MESSAGE, subject: 'x'.repeat(256) },
        { subject: 'It is too long: 255 characters are the most.' },
      ],
      [
        'a long message',
        { ...MESSAGE, message: 'x'.repeat(50_001) },
        { message: 'It is too long: 50000 characters are the most.' },
      ],
      ['a NUL', { ...MESSAGE, message: 'a\0b' }, { message: 'It has characters that are no text.' }],
      [
        'half a character',
        { ...MESSAGE, message: { body: '\uD800' } },
        { 'message.body': 'It has characters that are no text.' },
      ],
    ])('%s', async (_name, fields, errors) => {
      const { app, visitor } = await setUp();
      const { status, json } = await visitor.json(SEND, { ...fields });
      expect(status).toBe(400);
      expect(json.message).toBe('Couldn’t send your message.');
      expect(json.errors).toEqual(
        Object.fromEntries(Object.entries(errors).map(([path, text]) => [path, [text]])),
      );
      expect(json.modelName).toBe('submission');
      await app.site.housekeep();
      expect(app.post.mails).toEqual([]);
    });

    test('a page again keeps what was typed', async () => {
      const { visitor } = await setUp();
      const answer = await visitor.form('/page/contact', SEND, {
        fromEmail: 'eve',
        message: { body: 'Dear all' },
      });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('Dear all');
    });

    test('hostile names of parts reach nothing', async () => {
      const { visitor } = await setUp();
      const message = JSON.parse('{"__proto__":{"admin":true},"constructor":"x","body":"Hi"}') as object;
      const answer = await visitor.json(SEND, { ...MESSAGE, message });
      expect([answer.status, answer.json.submission.message]).toEqual([
        200,
        { constructor: 'x', body: 'Hi' },
      ]);
      expect({}).not.toHaveProperty('admin');
      const header = await visitor.json(SEND, { ...MESSAGE, message: { 'a\r\nBcc: x': 'y' } });
      expect([header.status, Object.keys(header.json.errors)]).toEqual([400, ['message']]);
    });

    test('markup arrives as text', async () => {
      const { app, visitor } = await setUp();
      const evil = '<img src=x onerror=alert(1)>';
      await visitor.json(SEND, {
        ...MESSAGE,
        fromName: evil,
        subject: evil,
        message: { [evil]: evil, body: evil },
      });
      const { html } = await app.post.to(TO);
      expect(html).not.toContain('<img');
      expect(html.match(/&lt;img src=x/g)?.length).toBeGreaterThanOrEqual(4);
    });

    test('without receivers there is no contact form', async () => {
      const app = await open();
      const answer = await app.visitor().json(SEND, { ...MESSAGE, toEmail: TO });
      expect([answer.status, answer.json.message]).toEqual([404, 'There is no contact form.']);
    });

    test('a visitor cannot choose whom it goes to', async () => {
      const { app, visitor } = await setUp();
      await visitor.json(SEND, { ...MESSAGE, toEmail: 'victim@example.com', to: 'victim@example.com' });
      await app.post.to(TO);
      expect(app.post.mails.map(({ to }) => to)).toEqual([TO]);
    });

    test('counts by the visitor’s address', async () => {
      const { visitor } = await setUp({}, { limits: { contactForm: { points: 2, seconds: 60 } } });
      expect((await visitor.json(SEND, MESSAGE)).status).toBe(200);
      expect((await visitor.json(SEND, MESSAGE)).status).toBe(200);
      expect((await visitor.json(SEND, MESSAGE)).status).toBe(429);
      const form = await visitor.form('/page', SEND, MESSAGE);
      expect(form.status).toBe(429);
      expect(pageOf(form).variables).toMatchObject({ submission: { message: MESSAGE.message } });
    });

    test('without a token nothing is sent', async () => {
      const { visitor } = await setUp();
      expect((await visitor.json(SEND, MESSAGE, { csrf: false })).status).toBe(400);
    });
  });

  describe('attachments', () => {
    async function withFiles(contactForm: object = {}, options: Parameters<typeof open>[0] = {}) {
      const folder = await temporaryFolder();
      const set = await setUp(
        { allowAttachments: true, ...contactForm },
        { storage: createLocalStorage(folder), ...options },
      );
      return { ...set, folder, sweep: () => sweepFiles(set.app.site.services, 100) };
    }
    const cv = (): File => new File([PDF], '../cv.exe.pdf', { type: 'text/html' });

    test('one or several go with the mail, and are gone when it has gone', async () => {
      const { app, visitor, folder, sweep } = await withFiles({ toEmail: [TO, 'chief@example.com'] });
      const one = await visitor.upload(SEND, { ...MESSAGE, attachment: cv() });
      expect(one.status).toBe(200);
      expect(one.text).not.toMatch(/storageKey|assets\//);
      const first = (await app.post.to(TO)) as unknown as OutgoingMail;
      expect(first.attachments?.map(({ filename, mediaType }) => [filename, mediaType])).toEqual([
        ['cv-exe.pdf', 'application/pdf'],
      ]);
      expect(Buffer.compare(first.attachments?.[0]?.content ?? Buffer.alloc(0), PDF)).toBe(0);
      expect(first.text).toContain('Attached: cv-exe.pdf');

      const shot = new File([await jpeg()], 'me.jpg');
      await visitor.upload(SEND, { ...MESSAGE, subject: 'two', attachment: [cv(), shot] });
      await app.site.housekeep();
      const sent = app.post.mails as readonly OutgoingMail[];
      expect(sent.map(({ attachments }) => attachments?.length)).toEqual([1, 1, 2, 2]);
      await sweep();
      expect(await filesIn(folder)).toEqual([]);
    });

    test.each<[string, () => File, RegExp]>([
      [
        'a program',
        () => new File(['MZ\x90'], 'a.exe'),
        /^“a\.exe” is not allowed in a message\. Send a picture/,
      ],
      ['a page', () => new File(['<html>'], 'a.pdf'), /^“a\.pdf” is not allowed/],
      ['a film', () => new File(['\0\0\0\x18ftypmp42\0\0\0\0mp42'], 'a.mp4'), /^“a\.mp4” is not allowed/],
    ])('%s is refused, and nothing is sent', async (_name, file, message) => {
      const { app, visitor } = await withFiles();
      const answer = await visitor.upload(SEND, { ...MESSAGE, attachment: [file(), cv()] });
      expect([answer.status, answer.json.errors.attachment[0]]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
      await app.site.housekeep();
      expect(app.post.mails).toEqual([]);
    });

    test('text is no file', async () => {
      const { visitor } = await withFiles();
      for (const attachment of ['cv.pdf', ['cv.pdf']]) {
        const { status, json } = await visitor.json(SEND, { ...MESSAGE, attachment });
        expect([status, Object.values(json.errors as object)]).toEqual([
          400,
          [[expect.stringMatching(/^attachment(?:\.0)? must be a file, or up to 10\.$/)]],
        ]);
      }
    });

    test('all together have a limit', async () => {
      const { visitor } = await withFiles({ maxAttachmentBytes: 1_048_576 });
      const big = (): File => new File(['x'.repeat(600_000)], 'a.txt');
      const answer = await visitor.upload(SEND, { ...MESSAGE, attachment: [big(), big()] });
      expect([answer.status, answer.json.errors]).toEqual([
        400,
        { attachment: ['The files are too large: 1 MB together are the most.'] },
      ]);
    });

    test('are not taken unless the site takes them', async () => {
      const { app, visitor, folder } = await withFiles({ allowAttachments: false });
      expect((await visitor.upload(SEND, { ...MESSAGE, attachment: cv() })).status).toBe(413);
      await app.site.housekeep();
      expect(app.post.mails).toEqual([]);
      expect(await filesIn(folder)).toEqual([]);
    });

    test('a mail that cannot be sent keeps its files for the next try, one that is given up lets them go', async () => {
      let failure: Error | undefined = new Error('The mail server is busy.');
      const mails: OutgoingMail[] = [];
      const transport = {
        async send(mail: OutgoingMail) {
          if (failure) throw failure;
          mails.push(mail);
        },
      };
      const { app, visitor, folder, sweep } = await withFiles({}, { mail: { transport } });
      expect((await visitor.upload(SEND, { ...MESSAGE, attachment: cv() })).status).toBe(200);
      await app.site.housekeep();
      app.clock.advance(2 * 3600);
      await sweep();
      expect(await filesIn(folder)).toHaveLength(1);
      failure = undefined;
      await app.site.housekeep();
      expect(mails[0]?.attachments).toHaveLength(1);
      await sweep();
      expect(await filesIn(folder)).toEqual([]);

      failure = new MailRefusedError('No such user.');
      await visitor.upload(SEND, { ...MESSAGE, attachment: cv() });
      await app.site.housekeep();
      await sweep();
      expect(await filesIn(folder)).toEqual([]);
    });
  });
});
