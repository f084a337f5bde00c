import { expect, test } from 'vitest';
import { field } from '../src/index.ts';
import { describeSites, pageOf } from './support/site.ts';

const layout = {
  bio: field.text({ frontend: true }),
  age: field.number({ frontend: true }),
  news: field.lightswitch({ frontend: true, default: true }),
  note: field.text(),
};
const INITIAL = { bio: null, age: null, news: true, note: null };
const options = { users: { fields: layout }, addresses: { fields: layout } };
const address = {
  countryCode: 'US',
  addressLine1: '1 Infinite Loop',
  locality: 'Cupertino',
  administrativeArea: 'CA',
  postalCode: '95014',
};

describeSites('every field that is declared is there, whatever a user of before has stored', (open) => {
  test('on ctx.user', async () => {
    const app = await open(options);
    const visitor = await app.login(await app.user({ fields: { bio: 'Wrote a program.', news: false } }));
    expect(pageOf(await visitor.get('/page')).user?.['fields']).toEqual({
      ...INITIAL,
      bio: 'Wrote a program.',
      news: false,
    });
  });

  test('in answers, and in queries', async () => {
    const app = await open(options);
    const user = await app.user();
    const visitor = await app.login(user);
    const saved = await visitor.json('users/save-user', { userId: user.id, fields: { age: 36 } });
    expect(saved.json.user.fields).toEqual({ ...INITIAL, age: 36 });
    expect((await app.site.queries.users.find(user.id))?.fields).toEqual({ ...INITIAL, age: 36 });
    const admin = await app.login(await app.user({ admin: true }));
    const { users } = (await admin.read('users/get-users')).json;
    expect(users.map(({ fields }: { fields: unknown }) => fields)).toEqual([
      INITIAL,
      { ...INITIAL, age: 36 },
    ]);
    const found = await app.site.queries.users.list({ search: user.email });
    expect(found.users.map(({ fields }) => fields)).toEqual([{ ...INITIAL, age: 36 }]);
  });

  test('of addresses', async () => {
    const app = await open(options);
    const user = await app.user();
    const visitor = await app.login(user);
    const saved = await visitor.json('users/save-address', address);
    expect(saved.json.address.fields).toEqual(INITIAL);
    const { id } = saved.json.address;
    await app.site.services.database.addresses.update(id, { fields: { age: 36 } }, Date.now());
    expect((await app.site.queries.addresses.find(id))?.fields).toEqual({ ...INITIAL, age: 36 });
    const book = await app.site.queries.addresses.listOf(user.id);
    expect(book.map(({ fields }) => fields)).toEqual([{ ...INITIAL, age: 36 }]);
    const deleted = await visitor.json('users/delete-address', { addressId: id });
    expect(deleted.json.address.fields).toEqual({ ...INITIAL, age: 36 });
  });

  test('one that is required and on from the start is not missing', async () => {
    const terms = field.lightswitch({ frontend: true, required: true, default: true });
    const app = await open({ users: { fields: { terms, bio: layout.bio } } });
    const user = await app.user();
    const visitor = await app.login(user);
    const saved = await visitor.json('users/save-user', { userId: user.id, fields: { bio: 'Hello.' } });
    expect([saved.status, saved.json.user.fields]).toEqual([200, { bio: 'Hello.', terms: true }]);
  });
});
