import { expect, test } from 'vitest';
import { describeSites, type TestSite } from './support/site.ts';

const DAY = 86_400;

describeSites('housekeeping', (open) => {
  const isLeft = async ({ site }: TestSite, { id }: { readonly id: number }): Promise<boolean> =>
    (await site.services.database.users.find(id)) !== undefined;

  const registered = { password: null, status: 'pending', verified: false } as const;

  test('removes accounts that nobody activated once purgePendingUsersDuration is over', async () => {
    const app = await open({ purgePendingUsersDuration: DAY });
    const [pending, active] = [await app.user(registered), await app.user({ password: null })];
    app.clock.advance(DAY - 60);
    const recent = await app.user(registered);
    await app.site.housekeep();
    expect(await isLeft(app, pending)).toBe(true);
    app.clock.advance(61);
    await app.site.housekeep();
    expect(await isLeft(app, pending)).toBe(false);
    expect([await isLeft(app, active), await isLeft(app, recent)]).toEqual([true, true]);
  });

  test('keeps them for ever unless told otherwise', async () => {
    const app = await open();
    const pending = await app.user(registered);
    app.clock.advance(3650 * DAY);
    await app.site.housekeep();
    expect(await isLeft(app, pending)).toBe(true);
  });

  test('removes ended sessions purgeStaleUserSessionDuration after their end, and not before', async () => {
    const app = await open({ userSessionDuration: 600, purgeStaleUserSessionDuration: DAY });
    const user = await app.user();
    await app.login(user, { elevated: true });
    const { sessions } = app.site.services.database;
    // As if it were asked while it still ran: the store's lists leave out what has ended.
    const rows = async (): Promise<number> => (await sessions.listOf(user.id, 0)).length;
    app.clock.advance(600 + DAY - 60);
    await app.site.housekeep();
    expect(await rows()).toBe(1);
    expect(await sessions.listOf(user.id, Date.now())).toEqual([]);
    app.clock.advance(120);
    await app.site.housekeep();
    expect(await rows()).toBe(0);
  });
});
