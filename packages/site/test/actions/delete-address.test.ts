import { expect, it } from 'vitest';
import type { Address } from '../../src/addresses/address.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import { describeSites, pageOf, type TestSite } from '../support/site.ts';

const DELETE = 'users/delete-address';

async function addressOf(site: TestSite, { id }: { readonly id: number }): Promise<Address> {
  const { database, now } = site.site.services;
  return database.addresses.insert(
    {
      ownerId: id,
      title: 'Home',
      countryCode: 'DE',
      addressLine1: 'Unter den Linden 1',
      locality: 'Berlin',
      postalCode: '10117',
      administrativeArea: null,
      dependentLocality: null,
      sortingCode: null,
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
    },
    now(),
  );
}

const isThere = async (site: TestSite, { id }: Address): Promise<boolean> =>
  (await site.site.services.database.addresses.find(id)) !== undefined;

describeSites('POST users/delete-address', (open) => {
  it('deletes one’s own address and answers with it', async () => {
    const site = await open();
    const ada = await site.user();
    const [address, other] = [await addressOf(site, ada), await addressOf(site, ada)];
    const visits = await site.login(ada);
    const answer = await visits.json(DELETE, { addressId: address.id });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      message: 'Address deleted.',
      modelName: 'address',
      modelId: address.id,
      address: { id: address.id, uid: address.uid, ownerId: ada.id, title: 'Home', locality: 'Berlin' },
    });
    expect([await isThere(site, address), await isThere(site, other)]).toEqual([false, true]);
  });

  it('can be asked for by a form without JavaScript', async () => {
    const site = await open();
    const ada = await site.user();
    const address = await addressOf(site, ada);
    const visits = await site.login(ada);
    const answer = await visits.form('/page/book', DELETE, { addressId: address.id });
    expect([answer.status, answer.location]).toEqual([303, '/page/book']);
    expect(pageOf(await visits.get('/page/book')).flashes).toEqual({ notice: 'Address deleted.' });
    expect(await isThere(site, address)).toBe(false);
  });

  it('needs the id of an address', async () => {
    const site = await open();
    const visits = await site.login(await site.user());
    for (const fields of [{}, { addressId: '' }, { addressId: 'abc' }, { addressId: '1.5' }]) {
      const answer = await visits.form('/page/book', DELETE, fields);
      expect(answer.status).toBe(422);
      const { variables, flashes } = pageOf(answer);
      expect(variables['errors']).toEqual({ addressId: ['Say which address: its ID.'] });
      expect(flashes).toEqual({ error: 'Couldn’t delete address.' });
    }
  });

  it('answers for a stranger’s address as for one that there is none of', async () => {
    const site = await open();
    const address = await addressOf(site, await site.user());
    const visits = await site.login(await site.user());
    for (const addressId of [address.id, address.id + 1000, 0, 2_147_483_648, Number.MAX_SAFE_INTEGER]) {
      const answer = await visits.json(DELETE, { addressId });
      expect([answer.status, answer.json.message]).toEqual([400, `Invalid address ID: ${addressId}`]);
    }
    const form = await visits.form('/page/book', DELETE, { addressId: address.id });
    expect(form.status).toBe(400);
    expect(pageOf(form).flashes).toEqual({ error: `Invalid address ID: ${address.id}` });
    expect(await isThere(site, address)).toBe(true);
  });

  it('leads where the form says, with what was deleted', async () => {
    const site = await open(SIGNING);
    const ada = await site.user();
    const address = await addressOf(site, ada);
    const visits = await site.login(ada);
    const { redirect } = await signedBy(visits, '/page/without/{id}');
    const { successMessage } = await signedBy(visits, 'Gone.');
    const sent = { addressId: address.id, redirect, successMessage };
    expect((await visits.json(DELETE, { ...sent, redirect: '/page/without/{id}' })).status).toBe(400);
    expect(await isThere(site, address)).toBe(true);
    const answer = await visits.form('/page/book', DELETE, sent);
    expect([answer.status, answer.location]).toEqual([303, `/page/without/${address.id}`]);
    expect(pageOf(await visits.get('/page')).flashes).toEqual({ notice: 'Gone.' });
  });

  it('takes editUsers for the addresses of others, and an administrator for an administrator’s', async () => {
    const site = await open();
    const [hers, admins] = [
      await addressOf(site, await site.user()),
      await addressOf(site, await site.user({ admin: true })),
    ];
    const editor = await site.login(await site.user({ permissions: ['viewUsers', 'editUsers'] }));
    expect((await editor.json(DELETE, { addressId: hers.id })).status).toBe(200);
    expect((await editor.json(DELETE, { addressId: admins.id })).status).toBe(403);
    expect([await isThere(site, hers), await isThere(site, admins)]).toEqual([false, true]);
    const admin = await site.login(await site.user({ admin: true }));
    expect((await admin.json(DELETE, { addressId: admins.id })).status).toBe(200);
  });

  it('is no business of guests, nor of requests without a token', async () => {
    const site = await open();
    const ada = await site.user();
    const address = await addressOf(site, ada);
    expect((await site.visitor().json(DELETE, { addressId: address.id })).status).toBe(401);
    expect((await site.visitor().form('/page', DELETE, { addressId: address.id })).status).toBe(401);
    const visits = await site.login(ada);
    expect((await visits.json(DELETE, { addressId: address.id }, { csrf: false })).status).toBe(400);
    expect(await isThere(site, address)).toBe(true);
  });

  it('deletes once when it is asked twice at once', async () => {
    const site = await open();
    const ada = await site.user();
    const address = await addressOf(site, ada);
    const visits = await site.login(ada);
    const answers = await Promise.all([1, 2, 3].map(() => visits.json(DELETE, { addressId: address.id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });
});
