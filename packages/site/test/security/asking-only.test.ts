import { expect, test } from 'vitest';
import { may, posts, SAVE, WRITER, writer } from '../support/newsroom.ts';
import { describeSites, PASSWORD, type Answer, type Visitor } from '../support/site.ts';

// `Precognition: true` asks what would be refused, as often as somebody types. It must tell a stranger no more than sending does,
// and do nothing.

const ASKING = { headers: { precognition: 'true' } };

/** An answer as a stranger can compare it. */
function shape({ status, headers, text }: Answer): unknown {
  const names = [...headers.keys()].filter((name) => !['date', 'set-cookie'].includes(name));
  return { status, names, text };
}

describeSites('asking only', (open) => {
  test.each([{ preventUserEnumeration: true }, { preventUserEnumeration: false }])(
    'tells nobody who has an account: %j',
    async (options) => {
      const app = await open({ users: { allowPublicRegistration: true }, ...options });
      const known = await app.user();
      const pairs: ReadonlyArray<readonly [action: string, known: object, stranger: object]> = [
        [
          'users/save-user',
          { email: known.email, password: PASSWORD },
          { email: 'no@example.org', password: PASSWORD },
        ],
        [
          'users/save-user',
          { email: 'a@b.example', username: known.username },
          { email: 'a@b.example', username: 'nobody' },
        ],
        [
          'users/login',
          { loginName: known.email, password: PASSWORD },
          { loginName: known.email, password: 'a wrong guess' },
        ],
        [
          'users/login',
          { loginName: known.email, password: PASSWORD },
          { loginName: 'no@example.org', password: PASSWORD },
        ],
        ['users/send-password-reset-email', { loginName: known.email }, { loginName: 'no@example.org' }],
      ];
      for (const [action, first, second] of pairs) {
        const ask = async (visitor: Visitor, fields: object): Promise<unknown> =>
          shape(await visitor.json(action, { ...fields }, ASKING));
        expect(await ask(app.visitor(), first), action).toEqual(await ask(app.visitor(), second));
      }
      const { users } = await app.site.services.database.users.list({ limit: 10, offset: 0 });
      expect(users.map(({ id }) => id)).toEqual([known.id]);
      expect(app.post.mails).toEqual([]);
    },
  );

  test('signs nobody in, saves nothing and sends nothing', async () => {
    const app = await open({ sections: [posts()], contactForm: { toEmail: 'desk@example.com' } });
    const ada = await writer(app, may('posts', ...WRITER));
    const guest = app.visitor();
    const user = await app.site.services.database.users.find(ada.id);
    await guest.json('users/login', { loginName: user?.email, password: PASSWORD }, ASKING);
    expect((await guest.read('users/session-info')).json.isGuest).toBe(true);
    await guest.json('contact-form/send', { fromEmail: 'eve@example.org', message: 'Hello' }, ASKING);

    const entry = { sectionId: 'posts', title: 'Hello', fields: { body: 'x' } };
    const key = { 'idempotency-key': 'asked-before-it-is-sent' };
    const asked = await ada.visits.json(SAVE, entry, { headers: { ...ASKING.headers, ...key } });
    expect([asked.status, asked.headers.get('precognition-success')]).toEqual([204, 'true']);
    expect(await app.site.entries('posts').status('any').count()).toBe(0);
    // Nor does it use up the id of the form that is sent afterwards.
    const sent = await ada.visits.json(SAVE, entry, { headers: key });
    expect([sent.status, sent.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect(app.post.mails).toEqual([]);
  });
});
