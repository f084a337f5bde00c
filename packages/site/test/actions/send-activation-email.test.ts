import { describe, expect, test } from 'vitest';
import type { User } from '../../src/users/user.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites, PASSWORD, type Answer } from '../support/site.ts';

const SEND = 'users/send-activation-email';
const pending = { status: 'pending', verified: false } as const;
const ONLY = 'Activation emails can only be sent to inactive or pending users';

/** An answer as a stranger can compare it: what was sent in is taken out. */
function shape(answer: Answer, name: string): unknown {
  const headers = [...answer.headers].filter(
    ([header]) => !/^(?:date|set-cookie|content-length)$/.test(header),
  );
  return { status: answer.status, headers, text: answer.text.replaceAll(name, '…') };
}

describeSites('users/send-activation-email', (open) => {
  test.each(['email', 'loginName'])('mails a pending user the link once more, by %s', async (name) => {
    const app = await open();
    const user = await app.user(pending);
    const answer = await app.visitor().json(SEND, { [name]: user.email });
    expect(answer.json).toEqual({ message: 'Activation email sent.' });
    const mail = await app.post.to(user.email);
    expect(mail.subject).toBe('Activate your account');
    const verified = await app.visitor().json('users/verify-email', { code: mail.code, id: user.uid });
    expect(verified.json).toMatchObject({ status: 'active' });
  });

  test('leads to the page for a password where there is none yet', async () => {
    const app = await open();
    const user = await app.user({ ...pending, password: null });
    await app.visitor().json(SEND, { loginName: user.username });
    expect((await app.post.to(user.email)).link).toContain('/setpassword?');
  });

  test.each<[string, Partial<User>]>([
    ['active', {}],
    ['closed', { status: 'inactive', approved: false }],
    ['suspended', { ...pending, suspended: true }],
    ['nobody’s', { email: 'other@example.com' }],
  ])('enumeration: an account that is %s gets none, and the answer is the same', async (_what, changes) => {
    const app = await open({ preventUserEnumeration: false });
    const waiting = await app.user(pending);
    const name = 'asked@example.com';
    const user = await app.user({ email: name, ...changes });
    const shapes = [];
    for (const email of [waiting.email, name]) {
      const visitor = app.visitor();
      const answers = [await visitor.json(SEND, { email }), await visitor.form('/page', SEND, { email })];
      shapes.push(answers.map((answer) => shape(answer, email)));
    }
    expect(shapes[0]).toEqual(shapes[1]);
    await app.site.housekeep();
    expect(app.post.mails.map(({ to }) => to)).not.toContain(user.email);
  });

  test('CVE-2026-29069: a guest cannot have mails sent by user ids', async () => {
    const app = await open();
    const user = await app.user(pending);
    const closed = await app.user({ status: 'inactive', verified: false, approved: false });
    for (const visitor of [
      app.visitor(),
      await app.login(await app.user({ permissions: ROLES.moderator })),
    ]) {
      for (const { id } of [user, closed]) {
        const answer = await visitor.json(SEND, { userId: id });
        expect([answer.status, answer.json.message]).toEqual([400, 'Username or email is required.']);
      }
    }
    expect(app.post.mails).toEqual([]);
    expect(await app.site.services.database.users.find(closed.id)).toMatchObject({ status: 'inactive' });
  });

  describe('by userId, with administrateUsers', () => {
    async function setUp(
      changes: Partial<User> & { password?: null },
      role: Partial<User> = { permissions: ROLES.administrator },
    ) {
      const app = await open();
      const target = await app.user(changes);
      const staff = await app.login(await app.user(role));
      return { app, target, send: (userId = target.id) => staff.json(SEND, { userId }) };
    }
    const stored = (app: Awaited<ReturnType<typeof setUp>>['app'], { id }: { id: number }) =>
      app.site.services.database.users.find(id);

    test.each<[string, Partial<User>]>([
      ['pending', pending],
      ['closed', { status: 'inactive', approved: false }],
      ['waiting to be let in', { status: 'inactive', verified: false, approved: false }],
    ])('lets an account in that is %s, once its owner has used the link', async (_what, changes) => {
      const { app, target, send } = await setUp(changes);
      expect((await send()).status).toBe(200);
      expect(await stored(app, target)).toMatchObject({ status: 'pending', approved: true, verified: false });
      const { code } = await app.post.to(target.email);
      await app.visitor().json('users/verify-email', { code, id: target.uid });
      expect(
        (await app.visitor().json('users/login', { loginName: target.email, password: PASSWORD })).status,
      ).toBe(200);
    });

    test('sends none to an active user', async () => {
      const { app, send } = await setUp({});
      const answer = await send();
      expect([answer.status, answer.json.message]).toEqual([400, ONLY]);
      expect((await send(999_999)).status).toBe(404);
      expect(app.post.mails).toEqual([]);
    });

    test('sends none to an administrator, unless one asks (CVE-2026-86731)', async () => {
      const admin = { status: 'inactive', approved: false, admin: true } as const;
      const { app, target, send } = await setUp(admin);
      expect((await send()).status).toBe(403);
      expect(await stored(app, target)).toMatchObject({ status: 'inactive' });
      const boss = await app.login(await app.user({ admin: true }));
      expect((await boss.json(SEND, { userId: target.id })).status).toBe(200);
    });

    test('says that the address was taken meanwhile', async () => {
      const { app, target, send } = await setUp({ email: 'twice@example.com', status: 'inactive' });
      await app.user({ email: 'twice@example.com' });
      const answer = await send();
      expect([answer.status, answer.json.message]).toEqual([
        409,
        'Email "twice@example.com" has already been taken.',
      ]);
      expect(await stored(app, target)).toMatchObject({ status: 'inactive' });
    });
  });

  test('is limited by the visitor’s address and by the account', async () => {
    const app = await open({
      limits: { passwordReset: { points: 3, seconds: 60 }, passwordResetAccount: { points: 2, seconds: 60 } },
    });
    const ask = async (email: string): Promise<number> => (await app.visitor().json(SEND, { email })).status;
    expect([await ask('a@example.com'), await ask('A@Example.com'), await ask('a@example.com')]).toEqual([
      200, 200, 429,
    ]);
    expect(await ask('b@example.com')).toBe(429);
  });
});
