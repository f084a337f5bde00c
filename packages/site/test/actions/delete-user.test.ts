import { expect, test } from 'vitest';
import type { NewAddress } from '../../src/addresses/address.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites, pageOf, type TestSite } from '../support/site.ts';
import { told } from '../support/told.ts';

const photo = {
  id: 'photo-id',
  storageKey: 'photos/aa/photo-id.webp',
  mediaType: 'image/webp',
  width: 1,
  height: 1,
  bytes: 1,
};

const address = (ownerId: number): NewAddress => ({
  ownerId,
  title: 'Home',
  countryCode: 'DE',
  administrativeArea: null,
  locality: 'Berlin',
  dependentLocality: null,
  postalCode: '10115',
  sortingCode: null,
  addressLine1: 'Street 1',
  addressLine2: null,
  addressLine3: null,
  organization: null,
  organizationTaxId: null,
  fullName: null,
  firstName: null,
  lastName: null,
  latitude: null,
  longitude: null,
  fields: {},
});

const exists = async ({ site }: TestSite, id: number): Promise<boolean> =>
  (await site.services.database.users.find(id)) !== undefined;

describeSites('users/delete-user', (open) => {
  test('deletes a user with addresses, sessions, codes and photo', async () => {
    const site = await open();
    const { database, now } = site.site.services;
    const actor = await site.login(await site.user({ permissions: ROLES.deleter }));
    const target = await site.user({ photo });
    const { id: addressId } = await database.addresses.insert(address(target.id), now());
    const visitor = await site.login(target);
    await site.visitor().json('users/send-password-reset-email', { loginName: target.email });
    const { code } = await site.post.to(target.email);

    const answer = await actor.json('users/delete-user', { userId: target.id });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ message: 'User deleted.', modelName: 'user', modelId: target.id });
    expect(await exists(site, target.id)).toBe(false);
    expect(await database.addresses.find(addressId)).toBeUndefined();
    expect(await database.sessions.listOf(target.id, now())).toEqual([]);
    expect(await database.discardedFiles.due(now(), 10)).toEqual([photo.storageKey]);
    expect((await visitor.read('users/session-info')).json.isGuest).toBe(true);
    const fields = { code, id: target.uid, newPassword: 'another long password' };
    expect((await site.visitor().json('users/set-password', fields)).status).toBe(400);
    // The address is free again.
    await site.user({ email: target.email });
  });

  test('by a form', async () => {
    const site = await open();
    const actor = await site.login(await site.user({ permissions: ROLES.deleter }));
    const target = await site.user({ password: null });
    const refused = await actor.form('/page/users', 'users/delete-user', {
      userId: target.id,
      transferContentTo: 'x',
    });
    expect(refused.status).toBe(422);
    expect(pageOf(refused).flashes).toEqual({ error: 'Couldn’t delete user.' });
    expect(pageOf(refused).variables['user']).toEqual({ userId: String(target.id), transferContentTo: 'x' });
    const answer = await actor.form('/page/users', 'users/delete-user', {
      userId: target.id,
      transferContentTo: '',
    });
    expect([answer.status, answer.location]).toEqual([303, '/page/users']);
    expect(pageOf(await actor.get('/page/users')).flashes).toEqual({ notice: 'User deleted.' });
    expect(await exists(site, target.id)).toBe(false);
  });

  test('needs deleteUsers for others, and tells nobody else who there is', async () => {
    const site = await open();
    const target = await site.user({ password: null });
    const admin = await site.user({ password: null, admin: true });
    expect((await site.visitor().json('users/delete-user', { userId: target.id })).status).toBe(401);
    const little = await site.login(await site.user({ permissions: ROLES.administrator }), {
      elevated: true,
    });
    const forbidden = await little.json('users/delete-user', { userId: target.id });
    const nobody = await little.json('users/delete-user', { userId: 999_999 });
    expect([forbidden.status, nobody.status]).toEqual([403, 403]);
    expect(told(nobody)).toEqual(told(forbidden));
    const deleter = await site.login(await site.user({ permissions: ROLES.deleter }));
    expect((await deleter.json('users/delete-user', { userId: 999_999 })).status).toBe(404);
    const onAdmin = await deleter.json('users/delete-user', { userId: admin.id });
    expect([onAdmin.status, onAdmin.json.reason]).toEqual([403, 'admin-target']);
    expect((await deleter.json('users/delete-user', {})).json.errors).toHaveProperty('userId');
    expect((await deleter.read('users/delete-user', { userId: String(target.id) })).status).toBe(400);
    expect(await exists(site, target.id)).toBe(true);
    expect(await exists(site, admin.id)).toBe(true);
  });

  test('one’s own account goes with an elevated session only, and signs out', async () => {
    const site = await open();
    const self = await site.user();
    const visitor = await site.login(self, { elevated: true });
    site.clock.advance(site.site.services.settings.elevatedSessionDuration + 1);
    const refused = await visitor.json('users/delete-user', { userId: self.id });
    expect([refused.status, refused.json.code]).toEqual([403, 'ELEVATION_REQUIRED']);
    expect(await exists(site, self.id)).toBe(true);
    const elevated = await site.login(self, { elevated: true });
    const answer = await elevated.form('/page', 'users/delete-user', { userId: self.id });
    expect(answer.status).toBe(303);
    const page = pageOf(await elevated.get('/page'));
    expect(page.user).toBeNull();
    expect(page.flashes).toEqual({ notice: 'User deleted.' });
    expect(await exists(site, self.id)).toBe(false);
    expect((await visitor.read('users/session-info')).json.isGuest).toBe(true);
  });

  test('the last administrator stays', async () => {
    const site = await open();
    const last = await site.user({ admin: true });
    const visitor = await site.login(last, { elevated: true });
    const answer = await visitor.json('users/delete-user', { userId: last.id });
    expect([answer.status, answer.json.reason]).toEqual([409, 'last-admin']);
    expect(answer.json.message).toBe(
      'You cannot delete the last administrator. Make another user an administrator first.',
    );
    expect(await exists(site, last.id)).toBe(true);
  });

  test('two administrators who delete each other at once leave one', async () => {
    const site = await open();
    const users = [await site.user({ admin: true }), await site.user({ admin: true })] as const;
    const [one, two] = [await site.login(users[0]), await site.login(users[1])];
    await Promise.all([
      one.json('users/delete-user', { userId: users[1].id }),
      two.json('users/delete-user', { userId: users[0].id }),
    ]);
    const left = await Promise.all(users.map(({ id }) => exists(site, id)));
    expect(left.filter(Boolean).length).toBe(1);
  });

  test('transferContentTo must be another user who exists', async () => {
    const site = await open();
    const actor = await site.login(await site.user({ permissions: ROLES.deleter }));
    const heir = await site.user({ password: null });
    const target = await site.user({ password: null });
    for (const transferContentTo of [999_999, target.id, 0, 'abc', [heir.id]]) {
      const answer = await actor.json('users/delete-user', { userId: target.id, transferContentTo });
      expect(answer.status, String(transferContentTo)).toBe(400);
      expect(answer.json.errors).toHaveProperty('transferContentTo');
    }
    expect(await exists(site, target.id)).toBe(true);
    const answer = await actor.json('users/delete-user', { userId: target.id, transferContentTo: heir.id });
    expect(answer.status).toBe(200);
    expect(await exists(site, target.id)).toBe(false);
  });

  test('whoever may only delete himself learns nothing of others by naming heirs', async () => {
    const site = await open();
    const self = await site.user();
    const heir = await site.user({ password: null });
    const visitor = await site.login(self, { elevated: true });
    const answers = [];
    for (const transferContentTo of [heir.id, 999_999, self.id])
      answers.push(await visitor.json('users/delete-user', { userId: self.id, transferContentTo }));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(new Set(answers.map(({ json }) => JSON.stringify(json.errors))).size).toBe(1);
    expect(await exists(site, self.id)).toBe(true);
  });
});
