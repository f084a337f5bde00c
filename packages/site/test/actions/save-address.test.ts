import { expect, it, describe } from 'vitest';
import { field } from '../../src/fields/define.ts';
import type { Address } from '../../src/addresses/address.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import { describeSites, pageOf, type TestSite, type Visitor } from '../support/site.ts';

const SAVE = 'users/save-address';
const cupertino = {
  title: 'Home',
  countryCode: 'US',
  addressLine1: '1 Infinite Loop',
  locality: 'Cupertino',
  administrativeArea: 'CA',
  postalCode: '95014',
};
const fields = {
  note: field.text({ frontend: true }),
  floor: field.number({ frontend: true }),
  since: field.date({ frontend: true }),
  lift: field.lightswitch({ frontend: true }),
  risk: field.number({ label: 'Risk score' }),
};
const kinds = {
  size: field.dropdown({ frontend: true, options: ['s', { value: 'l', label: 'Large' }] }),
  contact: field.email({ frontend: true }),
  lift: field.lightswitch({ frontend: true, default: true }),
};

interface Member {
  readonly id: number;
  readonly visits: Visitor;
}

async function member(site: TestSite, options: Parameters<TestSite['user']>[0] = {}): Promise<Member> {
  const user = await site.user(options);
  return { id: user.id, visits: await site.login(user) };
}

const book = (site: TestSite, { id }: Member): Promise<readonly Address[]> =>
  site.site.services.database.addresses.listOf(id);

async function saved(site: TestSite, whose: Member, changes: object = {}): Promise<Address> {
  const answer = await whose.visits.json(SAVE, { ...cupertino, ...changes });
  expect(answer.status, answer.text).toBe(200);
  return (await book(site, whose)).at(-1) as Address;
}

describeSites('POST users/save-address', (open) => {
  describe('a full book', () => {
    const FULL = 'This address book is full: it holds at most 2 addresses. Delete one to add another.';

    async function setUp() {
      const site = await open({ addresses: { maxPerUser: 2 } });
      const ada = await member(site);
      await saved(site, ada);
      return { site, ada, last: await saved(site, ada) };
    }

    it('takes no further address, and keeps what was typed', async () => {
      const { site, ada } = await setUp();
      const answer = await ada.visits.json(SAVE, cupertino);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ code: 'BAD_REQUEST', formErrors: [FULL], errors: {} });
      expect(answer.json.address).toMatchObject({ locality: 'Cupertino' });
      const form = await ada.visits.form('/page', SAVE, cupertino);
      expect(form.status).toBe(422);
      expect(pageOf(form).variables).toMatchObject({ address: { locality: 'Cupertino' } });
      expect(await book(site, ada)).toHaveLength(2);
    });

    it('can be changed, and takes another once there is room', async () => {
      const { site, ada, last } = await setUp();
      await saved(site, ada, { addressId: last.id, title: 'Office' });
      await ada.visits.json('users/delete-address', { addressId: last.id });
      await saved(site, ada, { title: 'Third' });
      expect((await book(site, ada)).map(({ title }) => title)).toEqual(['Home', 'Third']);
    });

    it('is one user’s alone, and full for those who edit it, too', async () => {
      const { site, ada } = await setUp();
      const admin = await member(site, { admin: true });
      const answer = await admin.visits.json(SAVE, { ...cupertino, userId: ada.id });
      expect(answer.json.formErrors).toEqual([FULL]);
      await saved(site, admin);
    });

    it('takes one of two at once', async () => {
      const site = await open({ addresses: { maxPerUser: 1 } });
      const ada = await member(site);
      const headers = { 'x-csrf-token': await ada.visits.token() };
      const send = (): Promise<{ status: number }> =>
        ada.visits.json(SAVE, cupertino, { csrf: false, headers });
      const statuses = (await Promise.all([send(), send(), send()])).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([200, 400, 400]);
      expect(await book(site, ada)).toHaveLength(1);
    });
  });

  describe('a new address', () => {
    it('comes into one’s own book, and is answered as JSON', async () => {
      const site = await open();
      const ada = await member(site);
      const answer = await ada.visits.json(SAVE, {
        ...cupertino,
        fullName: 'Ada King',
        organization: 'Engines',
        organizationTaxId: 'T-1',
        addressLine2: 'Suite 2',
        addressLine3: 'Desk 3',
        latitude: 37.33,
        longitude: -122.03,
      });
      expect(answer.status).toBe(200);
      const [address] = await book(site, ada);
      expect(answer.json).toEqual({
        message: 'Address saved.',
        modelName: 'address',
        modelId: address?.id,
        address: {
          ...cupertino,
          id: address?.id,
          uid: address?.uid,
          ownerId: ada.id,
          fullName: 'Ada King',
          firstName: 'Ada',
          lastName: 'King',
          organization: 'Engines',
          organizationTaxId: 'T-1',
          addressLine2: 'Suite 2',
          addressLine3: 'Desk 3',
          latitude: 37.33,
          longitude: -122.03,
          dependentLocality: null,
          sortingCode: null,
          fields: {},
          lines: [
            'Ada King',
            'Engines',
            '1 Infinite Loop',
            'Suite 2',
            'Desk 3',
            'Cupertino, CA 95014',
            'United States',
          ],
          dateCreated: new Date(address?.createdAt ?? 0).toISOString(),
          dateUpdated: new Date(address?.updatedAt ?? 0).toISOString(),
        },
      });
      expect(address).toMatchObject({ ...cupertino, ownerId: ada.id, latitude: 37.33, longitude: -122.03 });
    });

    it('can be sent by a form without JavaScript, with blank ids and numbers as text', async () => {
      const site = await open();
      const ada = await member(site);
      const answer = await ada.visits.form('/page/book', SAVE, {
        ...cupertino,
        addressId: '',
        userId: '',
        latitude: '37.33',
        longitude: '',
      });
      expect([answer.status, answer.location]).toEqual([303, '/page/book']);
      expect(pageOf(await ada.visits.get('/page/book')).flashes).toEqual({ notice: 'Address saved.' });
      expect(await book(site, ada)).toMatchObject([{ ...cupertino, latitude: 37.33, longitude: null }]);
    });

    it('is in the default country unless another is named', async () => {
      const site = await open({ defaultCountryCode: 'DE' });
      const ada = await member(site);
      const berlin = { addressLine1: 'Unter den Linden 1', locality: 'Berlin', postalCode: '10117' };
      await ada.visits.json(SAVE, berlin);
      await ada.visits.json(SAVE, { ...berlin, countryCode: '' });
      expect((await book(site, ada)).map(({ countryCode }) => countryCode)).toEqual(['DE', 'DE']);
    });

    it('combines first and last name, and lets a full name win', async () => {
      const site = await open();
      const ada = await member(site);
      expect(await saved(site, ada, { firstName: 'Ada', lastName: 'King' })).toMatchObject({
        fullName: 'Ada King',
      });
      expect(await saved(site, ada, { fullName: 'Ada Byron', firstName: 'X', lastName: 'Y' })).toMatchObject({
        fullName: 'Ada Byron',
        firstName: 'Ada',
        lastName: 'Byron',
      });
    });

    it('is stored with the code of its area, and without what its country does not use', async () => {
      const site = await open();
      const ada = await member(site);
      expect(await saved(site, ada, { administrativeArea: 'california', sortingCode: 'X' })).toMatchObject({
        administrativeArea: 'CA',
        sortingCode: null,
      });
    });
  });

  describe('a change', () => {
    it('touches only what was sent', async () => {
      const site = await open({ addresses: { fields } });
      const ada = await member(site);
      const before = await saved(site, ada, {
        fields: { note: 'Ring', floor: 3 },
        firstName: 'Ada',
        lastName: 'King',
      });
      site.clock.advance(60);
      const answer = await ada.visits.json(SAVE, {
        addressId: before.id,
        lastName: 'Byron',
        fields: { floor: 4 },
      });
      expect(answer.json.address).toMatchObject({ id: before.id, fullName: 'Ada Byron' });
      const [after, ...others] = await book(site, ada);
      expect(others).toEqual([]);
      expect(after).toEqual({
        ...before,
        fullName: 'Ada Byron',
        lastName: 'Byron',
        fields: { ...before.fields, floor: 4 },
        updatedAt: after?.updatedAt,
      });
      expect(after?.updatedAt).toBeGreaterThan(before.updatedAt);
    });

    it('clears what was sent empty, by form and by JSON', async () => {
      const site = await open();
      const ada = await member(site);
      const { id } = await saved(site, ada, { organization: 'Engines', latitude: 1 });
      await ada.visits.form('/page', SAVE, { addressId: id, organization: '', latitude: '' });
      expect(await book(site, ada)).toMatchObject([{ organization: null, latitude: null, title: 'Home' }]);
      await ada.visits.json(SAVE, { addressId: id, title: null });
      expect(await book(site, ada)).toMatchObject([{ title: null }]);
    });

    it('keeps the country where none is sent', async () => {
      const site = await open({ defaultCountryCode: 'DE' });
      const ada = await member(site);
      const { id } = await saved(site, ada);
      await ada.visits.form('/page', SAVE, { addressId: id, countryCode: '', title: 'Work' });
      expect(await book(site, ada)).toMatchObject([{ countryCode: 'US', title: 'Work' }]);
    });

    it('is judged as a whole: what fitted the former country may not fit the new one', async () => {
      const site = await open();
      const ada = await member(site);
      const { id } = await saved(site, ada);
      const answer = await ada.visits.json(SAVE, { addressId: id, countryCode: 'CA' });
      expect(answer.status).toBe(400);
      expect(Object.keys(answer.json.errors)).toEqual(['administrativeArea', 'postalCode']);
      expect(await book(site, ada)).toMatchObject([cupertino]);
    });

    it('loses nothing of another tab’s that is saved at the same moment', async () => {
      const site = await open({ addresses: { fields } });
      const ada = await member(site);
      const { id } = await saved(site, ada, { fields: { note: 'Old', floor: 1 } });
      const changes = [
        { title: 'Work' },
        { organization: 'Engines' },
        { addressLine2: 'Suite 2' },
        { latitude: 5 },
        { fields: { note: 'New' } },
        { fields: { floor: 2 } },
      ];
      const answers = await Promise.all(
        changes.map((change) => ada.visits.json(SAVE, { addressId: id, ...change })),
      );
      expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 200));
      expect(await book(site, ada)).toMatchObject([
        {
          ...cupertino,
          title: 'Work',
          organization: 'Engines',
          addressLine2: 'Suite 2',
          latitude: 5,
          fields: { note: 'New', floor: 2 },
        },
      ]);
    });
  });

  describe('what does not fit', () => {
    it('is answered by field, with what was sent, and nothing is stored', async () => {
      const site = await open();
      const ada = await member(site);
      const answer = await ada.visits.json(SAVE, { ...cupertino, postalCode: '94043-12', latitude: 91 });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({
        message: 'Couldn’t save address.',
        code: 'BAD_REQUEST',
        modelName: 'address',
        address: { ...cupertino, postalCode: '94043-12', latitude: 91 },
        errors: {
          postalCode: ['ZIP code is not valid for United States: “94043-12”. It looks like 95014.'],
          latitude: ['Latitude must be a number from -90 to 90.'],
        },
      });
      expect(await book(site, ada)).toEqual([]);
    });

    it('is shown again on the page that was posted, with a flash', async () => {
      const site = await open();
      const ada = await member(site);
      const answer = await ada.visits.form('/page/book', SAVE, {
        ...cupertino,
        addressLine1: '<b>1</b>',
        postalCode: '',
        latitude: 'abc',
      });
      expect(answer.status).toBe(422);
      const { variables, flashes } = pageOf(answer);
      expect(flashes).toEqual({ error: 'Couldn’t save address.' });
      expect(variables['address']).toMatchObject({
        addressLine1: '<b>1</b>',
        latitude: 'abc',
        locality: 'Cupertino',
      });
      // The schema looks first, then the country.
      expect(Object.keys(variables['errors'])).toEqual(['latitude']);
      const again = await ada.visits.form('/page/book', SAVE, { ...cupertino, postalCode: '' });
      expect(pageOf(again).variables['errors']).toEqual({ postalCode: ['ZIP code cannot be blank.'] });
      expect(await book(site, ada)).toEqual([]);
    });

    it('is an error at its own name, whatever it is', async () => {
      const site = await open();
      const ada = await member(site);
      const wrong: ReadonlyArray<readonly [object, string]> = [
        [{ countryCode: 'us' }, 'countryCode'],
        [{ countryCode: 'XX' }, 'countryCode'],
        [{ countryCode: 5 }, 'countryCode'],
        [{ latitude: '1' }, 'latitude'],
        [{ longitude: -180.1 }, 'longitude'],
        [{ addressLine1: 'a\nb' }, 'addressLine1'],
        [{ title: 'a\0b' }, 'title'],
        [{ title: '\ud800' }, 'title'],
        [{ organization: 'x'.repeat(256) }, 'organization'],
        [{ administrativeArea: 'Narnia' }, 'administrativeArea'],
        [{ locality: { $gt: '' } }, 'locality'],
        [{ addressId: 'abc' }, 'addressId'],
        [{ addressId: 1.5 }, 'addressId'],
        [{ userId: [1] }, 'userId'],
        [{ fieldsLocation: ['fields'] }, 'fieldsLocation'],
      ];
      for (const [changes, name] of wrong) {
        const answer = await ada.visits.json(SAVE, { ...cupertino, ...changes });
        expect([answer.status, Object.keys(answer.json.errors)], JSON.stringify(changes)).toEqual([
          400,
          [name],
        ]);
      }
      expect(await book(site, ada)).toEqual([]);
    });

    it('is what the site says: craft mode, and fields required of every address', async () => {
      const site = await open({ addresses: { validation: 'craft', required: ['title', 'fullName'] } });
      const ada = await member(site);
      const odd = { ...cupertino, administrativeArea: 'Narnia', postalCode: 'X', fullName: 'Ada' };
      expect((await ada.visits.json(SAVE, odd)).status).toBe(200);
      const answer = await ada.visits.json(SAVE, { ...odd, title: '', fullName: null, locality: '' });
      expect(answer.json.errors).toEqual({
        title: ['Label cannot be blank.'],
        fullName: ['Full name cannot be blank.'],
        locality: ['City cannot be blank.'],
      });
    });
  });

  describe('custom fields', () => {
    it('are set under fields, by form and by JSON', async () => {
      const site = await open({ addresses: { fields } });
      const ada = await member(site);
      await ada.visits.form('/page', SAVE, {
        ...cupertino,
        fields: {
          note: ' Ring\r\ntwice ',
          floor: '3',
          lift: 'on',
          since: { date: '2026-01-02', time: '10:30', timezone: 'Asia/Tokyo' },
        },
      });
      const expected = {
        note: 'Ring\ntwice',
        floor: 3,
        lift: true,
        since: '2026-01-02T01:30:00.000Z',
        risk: null,
      };
      expect((await book(site, ada))[0]?.fields).toEqual(expected);
      const answer = await ada.visits.json(SAVE, {
        ...cupertino,
        fields: { note: 'Ring\ntwice', floor: 3, lift: true, since: '2026-01-02T10:30+09:00' },
      });
      expect(answer.json.address.fields).toEqual(expected);
    });

    it.each([
      ['another name', { fieldsLocation: 'f', f: { note: 'Hi' } }],
      ['a path', { fieldsLocation: 'a.b', a: { b: { note: 'Hi' } } }],
      ['the root', { fieldsLocation: '', note: 'Hi', button: 'Save' }],
    ])('are found under %s', async (_where, sent) => {
      const site = await open({ addresses: { fields } });
      const ada = await member(site);
      await ada.visits.form('/page', SAVE, { ...cupertino, ...sent });
      await ada.visits.json(SAVE, { ...cupertino, ...sent });
      expect((await book(site, ada)).map((address) => address.fields['note'])).toEqual(['Hi', 'Hi']);
    });

    it('of every kind keep what fits them, and are cleared or turned off by blanks', async () => {
      const site = await open({ addresses: { fields: kinds } });
      const ada = await member(site);
      const filled = { size: 'l', contact: ' door@example.com ', lift: '' };
      await ada.visits.form('/page', SAVE, { ...cupertino, fields: filled });
      await saved(site, ada, { fields: { ...filled, lift: false } });
      await saved(site, ada);
      const [form, json, untouched] = await book(site, ada);
      const kept = { size: 'l', contact: 'door@example.com', lift: false };
      expect([form?.fields, json?.fields]).toEqual([kept, kept]);
      expect(untouched?.fields).toEqual({ size: null, contact: null, lift: true });
      await ada.visits.form('/page', SAVE, { addressId: form?.id, fields: { size: '', contact: '' } });
      expect((await book(site, ada))[0]?.fields).toEqual({ size: null, contact: null, lift: false });
      const wrong = { size: 'Large', contact: 'door', lift: 'maybe' };
      const errors = {
        'fields.size': ['Size is not one of its options.'],
        'fields.contact': ['Contact is not a valid email address.'],
        'fields.lift': ['Lift must be on or off.'],
      };
      const refused = await ada.visits.json(SAVE, { addressId: json?.id, fields: wrong });
      expect(refused.json.errors).toEqual(errors);
      const page = await ada.visits.form('/page', SAVE, { addressId: json?.id, fields: wrong });
      expect(page.status).toBe(422);
      expect(pageOf(page).variables).toMatchObject({ errors, address: { fields: wrong } });
      expect((await book(site, ada))[1]?.fields).toEqual(kept);
    });

    it('are refused by the names under which they were sent', async () => {
      const site = await open({ addresses: { fields } });
      const ada = await member(site);
      const bad = { floor: 'abc', since: 'soon', risk: 5, shoe: 'x' };
      const answer = await ada.visits.json(SAVE, { ...cupertino, fields: bad });
      expect(answer.json.errors).toEqual({
        'fields.floor': ['Floor must be a number.'],
        'fields.since': ['Since is not a valid date. Write it like 2026-11-21.'],
        'fields.risk': ['Risk score cannot be changed here.'],
        'fields.shoe': ['There is no field “shoe”.'],
      });
      const moved = await ada.visits.json(SAVE, { ...cupertino, fieldsLocation: 'f', f: { floor: 'abc' } });
      expect(Object.keys(moved.json.errors)).toEqual(['f.floor']);
      const noFields = await ada.visits.json(SAVE, { ...cupertino, fields: 'all' });
      expect(Object.keys(noFields.json.errors)).toEqual(['fields']);
      expect(await book(site, ada)).toEqual([]);
    });

    it('that are required must have a value, sent or not', async () => {
      const required = { door: field.text({ frontend: true, required: true }) };
      const site = await open({ addresses: { fields: required } });
      const ada = await member(site);
      const answer = await ada.visits.json(SAVE, cupertino);
      expect(answer.json.errors).toEqual({ 'fields.door': ['Door cannot be blank.'] });
    });

    it('are no way to reach anything else by a key (CVE-2025-32432)', async () => {
      const site = await open({ addresses: { fields } });
      const ada = await member(site);
      for (const key of ['class', 'as foo', 'on bar', 'toString']) {
        const answer = await ada.visits.json(SAVE, { ...cupertino, fields: { [key]: { id: 1 } } });
        expect([answer.status, Object.keys(answer.json.errors)]).toEqual([400, [`fields.${key}`]]);
      }
      for (const key of ['__proto__', 'constructor']) {
        const sly = { ...cupertino, fields: { X: { polluted: true } }, X: { polluted: true } };
        const answer = await ada.visits.send(`/actions/${SAVE}`, {
          method: 'POST',
          body: JSON.stringify(sly).replaceAll('"X"', `"${key}"`),
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'x-csrf-token': await ada.visits.token(),
          },
        });
        expect(answer.status, key).toBe(400);
      }
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect(await book(site, ada)).toEqual([]);
    });
  });

  describe('who may', () => {
    it('a guest may not', async () => {
      const site = await open();
      const answer = await site.visitor().json(SAVE, cupertino);
      expect([answer.status, answer.json.code]).toEqual([401, 'UNAUTHORIZED']);
      const form = await site.visitor().form('/page/book', SAVE, cupertino);
      expect(form.status).toBe(401);
      expect(pageOf(form).flashes).toEqual({ error: 'Sign in to do this.' });
    });

    it('a request without a token may not', async () => {
      const site = await open();
      const ada = await member(site);
      const answer = await ada.visits.json(SAVE, cupertino, { csrf: false });
      expect([answer.status, answer.json.code]).toEqual([400, 'CSRF_FAILED']);
      expect(await book(site, ada)).toEqual([]);
    });

    it('one user may not write into the book of another', async () => {
      const site = await open();
      const [ada, eve] = [await member(site), await member(site)];
      const answer = await eve.visits.json(SAVE, { ...cupertino, userId: ada.id });
      expect([answer.status, answer.json.code]).toEqual([403, 'FORBIDDEN']);
      expect(await book(site, ada)).toEqual([]);
      const nobody = await eve.visits.json(SAVE, { ...cupertino, userId: 999_999 });
      expect([nobody.status, nobody.json.message]).toEqual([403, answer.json.message]);
    });

    it('an address of another user is answered like one that there is none of', async () => {
      const site = await open();
      const [ada, eve] = [await member(site), await member(site)];
      const { id } = await saved(site, ada);
      const hers = await eve.visits.json(SAVE, { addressId: id, title: 'Mine' });
      const none = await eve.visits.json(SAVE, { addressId: id + 1000, title: 'Mine' });
      expect([hers.status, hers.json.message]).toEqual([400, `Invalid address ID: ${id}`]);
      expect([none.status, none.json.message]).toEqual([400, `Invalid address ID: ${id + 1000}`]);
      const form = await eve.visits.form('/page/book', SAVE, { addressId: id, title: 'Mine' });
      expect(form.status).toBe(400);
      expect(pageOf(form)).toMatchObject({
        flashes: { error: `Invalid address ID: ${id}` },
        variables: { address: { title: 'Mine' } },
      });
      const { addressId: _hers, ...rest } = hers.json.address;
      expect(rest).toEqual({ title: 'Mine' });
      expect(await book(site, ada)).toMatchObject([{ title: 'Home' }]);
    });

    it('an id that no database has is of no address', async () => {
      const site = await open();
      const ada = await member(site);
      for (const addressId of [0, -1, 2_147_483_648, Number.MAX_SAFE_INTEGER]) {
        const answer = await ada.visits.json(SAVE, { ...cupertino, addressId });
        expect([answer.status, answer.json.message]).toEqual([400, `Invalid address ID: ${addressId}`]);
      }
    });

    it('who may edit users may write into their books, and must say in whose', async () => {
      const site = await open();
      const ada = await member(site);
      const editor = await member(site, { permissions: ['viewUsers', 'editUsers'] });
      const made = await editor.visits.json(SAVE, { ...cupertino, userId: ada.id });
      expect(made.json.address.ownerId).toBe(ada.id);
      const addressId = made.json.modelId as number;
      const changed = await editor.visits.json(SAVE, { addressId, userId: ada.id, title: 'Hers' });
      expect(changed.status).toBe(200);
      const without = await editor.visits.json(SAVE, { addressId, title: 'Whose?' });
      expect([without.status, without.json.message]).toEqual([
        400,
        `Address ${addressId} is not owned by user ${editor.id}`,
      ]);
      const nobody = await editor.visits.json(SAVE, { ...cupertino, userId: 999_999 });
      expect([nobody.status, nobody.json.message]).toEqual([400, 'Invalid user ID: 999999']);
      expect(await book(site, ada)).toMatchObject([{ title: 'Hers', ownerId: ada.id }]);
      expect(await book(site, editor)).toEqual([]);
    });

    it('an address does not change hands', async () => {
      const site = await open();
      const [ada, bob] = [await member(site), await member(site)];
      const admin = await member(site, { admin: true });
      const { id } = await saved(site, ada);
      const answer = await admin.visits.json(SAVE, { addressId: id, userId: bob.id });
      expect([answer.status, answer.json.message]).toEqual([
        400,
        `Address ${id} is not owned by user ${bob.id}`,
      ]);
      expect(await book(site, bob)).toEqual([]);
    });

    it('only administrators touch the book of an administrator', async () => {
      const site = await open();
      const admin = await member(site, { admin: true });
      const editor = await member(site, { permissions: ['viewUsers', 'editUsers'] });
      const { id } = await saved(site, admin);
      for (const sent of [cupertino, { addressId: id, title: 'Theirs' }]) {
        const answer = await editor.visits.json(SAVE, { ...sent, userId: admin.id });
        expect([answer.status, answer.json.message]).toEqual([
          403,
          'Only an administrator may edit the addresses of an administrator.',
        ]);
      }
      expect(await book(site, admin)).toMatchObject([{ title: 'Home' }]);
      expect((await admin.visits.json(SAVE, { addressId: id, title: 'Own' })).status).toBe(200);
    });
  });

  describe('what every form may say of its answer', () => {
    it('where to go, made of the address, and what to tell, by form and by JSON', async () => {
      const site = await open(SIGNING);
      const ada = await member(site);
      const { redirect } = await signedBy(ada.visits, '/page/book/{id}/{countryCode}');
      const { successMessage } = await signedBy(ada.visits, 'Noted!');
      const form = await ada.visits.form('/page', SAVE, { ...cupertino, redirect, successMessage });
      const [address] = await book(site, ada);
      expect([form.status, form.location]).toEqual([303, `/page/book/${address?.id}/US`]);
      expect(pageOf(await ada.visits.get('/page')).flashes).toEqual({ notice: 'Noted!' });
      const sent = { addressId: address?.id, redirect, successMessage };
      expect((await ada.visits.json(SAVE, sent)).json).toMatchObject({
        message: 'Noted!',
        redirect: `/page/book/${address?.id}/US`,
      });
    });

    it('under which name the address comes back, and why it failed', async () => {
      const site = await open(SIGNING);
      const ada = await member(site);
      const signed = await ada.visits.get('/page/signed?text=home');
      const { addressVariable } = signed.json as Record<string, string>;
      const { failMessage } = await signedBy(ada.visits, 'Not yet.');
      const bad = { ...cupertino, postalCode: 'X', addressVariable, failMessage };
      const form = await ada.visits.form('/page', SAVE, bad);
      const { variables, flashes } = pageOf(form);
      expect(flashes).toEqual({ error: 'Not yet.' });
      expect(variables).toMatchObject({ home: { postalCode: 'X' } });
      expect(variables).not.toHaveProperty('address');
      expect((await ada.visits.json(SAVE, bad)).json).toMatchObject({
        message: 'Not yet.',
        modelName: 'home',
        home: { postalCode: 'X' },
      });
    });

    it('signed by the site, or nothing is stored', async () => {
      const site = await open(SIGNING);
      const ada = await member(site);
      for (const name of ['redirect', 'successMessage', 'failMessage', 'addressVariable'])
        expect((await ada.visits.json(SAVE, { ...cupertino, [name]: 'home' })).status, name).toBe(400);
      expect(await book(site, ada)).toEqual([]);
    });
  });

  it('assigns nothing by mass: ids, owners and times of the body are not used (CVE-2026-50279)', async () => {
    const site = await open();
    const [ada, bob] = [await member(site), await member(site)];
    const before = await saved(site, ada);
    const sly = {
      id: 99,
      uid: 'sly',
      ownerId: bob.id,
      owner: bob.id,
      primaryOwnerId: bob.id,
      fieldId: 1,
      dateCreated: '2001-01-01',
      dateUpdated: '2001-01-01',
      createdAt: 1,
      updatedAt: 1,
      elementType: 'x',
    };
    expect((await ada.visits.json(SAVE, { addressId: before.id, ...sly })).status).toBe(200);
    expect((await ada.visits.form('/page', SAVE, { addressId: before.id, ...sly })).status).toBe(303);
    expect((await ada.visits.json(SAVE, { ...cupertino, ...sly })).status).toBe(200);
    const [changed, made] = await book(site, ada);
    expect(changed).toEqual({ ...before, updatedAt: changed?.updatedAt });
    expect(made?.uid).not.toBe('sly');
    expect(made?.createdAt).toBeGreaterThan(before.createdAt - 1);
    expect(await book(site, bob)).toEqual([]);
  });
});
