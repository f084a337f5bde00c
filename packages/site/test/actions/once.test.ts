import { describe, expect, test } from 'vitest';
import type { RequestMiddleware } from 'portico';
import { onceInput } from 'portico/html';
import { PDF } from '../files/sample-files.ts';
import { may, posts, SAVE, WRITER, writer } from '../support/newsroom.ts';
import { describeSites, PASSWORD, type Answer, type TestSiteOptions, type Visitor } from '../support/site.ts';

// A double click, the back button, a proxy that tries again: what makes something makes one.

const DESK = 'desk@example.com';
const ADA = { email: 'ada@example.com', password: PASSWORD };

/** A page of the app with a form: it has an id of its own each time it is printed. */
const formPage: RequestMiddleware = (ctx, next) => {
  if (ctx.url.pathname !== '/page/form') return next();
  return new Response(/value="([^"]+)"/.exec(String(onceInput(ctx)))?.[1]);
};

const idOfForm = async (visitor: Visitor): Promise<{ _once: string }> => ({
  _once: (await visitor.get('/page/form')).text,
});

const SITE: TestSiteOptions = {
  sections: [posts()],
  users: { allowPublicRegistration: true },
  contactForm: { toEmail: DESK },
  limits: { contactForm: false },
  portico: { use: [formPage] },
};

/** How each was answered, and whether that was said before. */
function told(answers: readonly Answer[]): unknown[] {
  return answers
    .map(({ status, headers }) => `${status} ${headers.get('idempotency-replayed') ?? 'ran'}`)
    .toSorted();
}

describeSites('what is sent twice', (open) => {
  async function setUp(options: TestSiteOptions = {}) {
    const app = await open({ ...SITE, ...options });
    const ada = await writer(app, [...may('posts', ...WRITER), 'viewAssets:uploads', 'saveAssets:uploads']);
    return { app, ada, database: app.site.services.database };
  }

  describe('at the same time by one form', () => {
    test('makes one entry, and leads to it both times', async () => {
      const { app, ada } = await setUp();
      const fields = {
        ...(await idOfForm(ada.visits)),
        sectionId: 'posts',
        title: 'Hello',
        fields: { body: 'x' },
      };
      const answers = await Promise.all([1, 2].map(() => ada.visits.form('/page', SAVE, fields)));
      expect(told(answers)).toEqual(['303 ran', '303 true']);
      const later = await ada.visits.form('/page', SAVE, fields);
      expect([told([later]), later.location]).toEqual([['303 true'], answers[0]?.location]);
      expect(await app.site.entries('posts').status('any').count()).toBe(1);
    });

    test('copies an entry once', async () => {
      const { app, ada } = await setUp();
      const made = await ada.visits.json(SAVE, { sectionId: 'posts', title: 'Hello', fields: { body: 'x' } });
      const fields = { ...(await idOfForm(ada.visits)), entryId: made.json.entry.id as number };
      const answers = await Promise.all(
        [1, 2].map(() => ada.visits.form('/page', 'entries/duplicate', fields)),
      );
      expect(told(answers)).toEqual(['303 ran', '303 true']);
      expect(await app.site.entries('posts').status('any').count()).toBe(2);
    });

    test('puts one address into the book, and one file into the volume', async () => {
      const { ada, database } = await setUp();
      const address = {
        ...(await idOfForm(ada.visits)),
        countryCode: 'GB',
        title: 'Home',
        addressLine1: '1 Kiln Lane',
        locality: 'Leeds',
        postalCode: 'LS1 1AA',
      };
      const saved = await Promise.all(
        [1, 2].map(() => ada.visits.form('/page', 'users/save-address', address)),
      );
      expect(told(saved)).toEqual(['303 ran', '303 true']);
      expect(await database.addresses.listOf(ada.id)).toHaveLength(1);

      const files = { ...(await idOfForm(ada.visits)), volume: 'uploads', files: [new File([PDF], 'a.pdf')] };
      const sent = await Promise.all([1, 2].map(() => ada.visits.upload('assets/upload', files)));
      expect(told(sent)).toEqual(['200 ran', '200 true']);
      expect(sent[0]?.json).toEqual(sent[1]?.json);
    });

    test('sends one message', async () => {
      const { app } = await setUp();
      const visitor = app.visitor();
      const fields = { ...(await idOfForm(visitor)), fromEmail: 'eve@example.org', message: 'Hello' };
      const send = (message: string): Promise<Answer> =>
        visitor.form('/page', 'contact-form/send', { ...fields, message });
      expect(told(await Promise.all([send('Hello'), send('Hello')]))).toEqual(['303 ran', '303 true']);
      // Another text is another message, and whoever wrote it says so by sending the page that answers.
      expect(told([await send('Goodbye')])).toEqual(['409 ran']);
      await visitor.form('/page', 'contact-form/send', {
        fromEmail: 'last@example.org',
        message: 'The last',
      });
      await mailed(app.post.mails, ({ replyTo }) => replyTo === 'last@example.org');
      expect(app.post.mails).toHaveLength(2);
    });

    test.each([
      ['where nobody is told that an address is taken', {}],
      ['where it is told', { preventUserEnumeration: false }],
    ])('registers once, with one mail: %s', async (_where, options) => {
      const { app, database } = await setUp(options);
      const visitor = app.visitor();
      const fields = { ...ADA, ...(await idOfForm(visitor)) };
      const answers = await Promise.all([1, 2].map(() => visitor.form('/page', 'users/save-user', fields)));
      expect(told(answers)).toEqual(['303 ran', '303 true']);
      expect(await database.users.findByEmail(ADA.email)).toBeDefined();
      const last = { ...ADA, email: 'last@example.com' };
      await app.visitor().form('/page', 'users/save-user', last);
      await app.post.to(last.email);
      // “Somebody registered with your address” would be the second.
      expect(app.post.mails.map(({ to }) => to)).toEqual([ADA.email, last.email]);
    });
  });

  test('is judged anew where it was refused: nothing came of it', async () => {
    const { app } = await setUp();
    const visitor = app.visitor();
    const id = await idOfForm(visitor);
    const wrong = await visitor.form('/page', 'users/save-user', { ...ADA, ...id, password: 'short' });
    const right = await visitor.form('/page', 'users/save-user', { ...ADA, ...id });
    expect(told([wrong, right])).toEqual(['303 ran', '422 ran']);
    await app.post.to(ADA.email);
  });

  test('over a newer version is the same conflict, and a new form saves', async () => {
    const { app, ada } = await setUp();
    const made = await ada.visits.json(SAVE, { sectionId: 'posts', title: 'One', fields: { body: 'x' } });
    const { id: entryId, version } = made.json.entry;
    await ada.visits.json(SAVE, { entryId, title: 'Two' });
    const stale = { ...(await idOfForm(ada.visits)), entryId, version, title: 'Three' };
    const answers = [
      await ada.visits.form('/page', SAVE, stale),
      await ada.visits.form('/page', SAVE, stale),
    ];
    expect(told(answers)).toEqual(['409 ran', '409 true']);
    const knowing = { ...stale, ...(await idOfForm(ada.visits)), version: version + 1 };
    expect(told([await ada.visits.form('/page', SAVE, knowing)])).toEqual(['303 ran']);
    expect((await app.site.entries('posts').where('id', entryId).first())?.title).toBe('Three');
  });

  test('by a script with the same Idempotency-Key gets the same answer', async () => {
    const { app, ada } = await setUp();
    const headers = { 'idempotency-key': 'a-key-of-the-script' };
    const send = (): Promise<Answer> =>
      ada.visits.json(SAVE, { sectionId: 'posts', title: 'Hello', fields: { body: 'x' } }, { headers });
    const [first, second] = [await send(), await send()];
    expect(told([first, second])).toEqual(['200 ran', '200 true']);
    expect(second.json).toEqual(first.json);
    expect(await app.site.entries('posts').status('any').count()).toBe(1);
  });
});

/** Waits until a mail is out: those that were enqueued before it are, too. */
async function mailed<Mail>(mails: readonly Mail[], isIt: (mail: Mail) => boolean): Promise<void> {
  await expect.poll(() => mails.some(isIt)).toBe(true);
}
