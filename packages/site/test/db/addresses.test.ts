import { expect, it } from 'vitest';
import type { AddressChanges } from '../../src/addresses/address.ts';
import { describeDatabases } from '../support/databases.ts';
import { addressOf, HOSTILE, userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

const OTHER: Required<AddressChanges> = {
  title: 'Office',
  countryCode: 'CA',
  administrativeArea: 'ON',
  locality: 'Toronto',
  dependentLocality: 'Old Town',
  postalCode: 'M5V 3L9',
  sortingCode: 'S1',
  addressLine1: '290 Bremner Blvd',
  addressLine2: 'Floor 2',
  addressLine3: 'Door 3',
  organization: 'CN Tower',
  organizationTaxId: 'CA123',
  fullName: 'Max Power',
  firstName: 'Max',
  lastName: 'Power',
  latitude: -43.642566,
  longitude: 0,
  fields: { door: '3', codes: [1, 2] },
};

describeDatabases('addresses', ({ open }) => {
  it('are counted by owner', async () => {
    const { addresses, owner, users } = await withOwner();
    const other = await users.insert(userNamed('bob'), NOW);
    for (let count = 0; count < 3; count++) await addresses.insert(addressOf(owner.id), NOW);
    expect([await addresses.count(owner.id), await addresses.count(other.id)]).toEqual([3, 0]);
  });

  async function withOwner() {
    const { users, addresses, ...rest } = (await open()).database;
    const owner = await users.insert(userNamed('ada'), NOW);
    return { addresses, users, owner, ...rest };
  }

  it('are given back as they were inserted', async () => {
    const { addresses, owner } = await withOwner();
    for (const given of [addressOf(owner.id), addressOf(owner.id, OTHER)]) {
      const made = await addresses.insert(given, NOW);
      expect(made).toEqual({ ...given, id: made.id, uid: made.uid, createdAt: NOW, updatedAt: NOW });
      expect(await addresses.find(made.id)).toEqual(made);
      expect(await addresses.lock(made.id)).toEqual(made);
    }
    for (const id of [0, 99, 1.5, NaN, 2 ** 60]) {
      expect(await addresses.find(id)).toBeUndefined();
      expect(await addresses.lock(id)).toBeUndefined();
    }
  });

  it.each(Object.entries(OTHER))('change %s and nothing else', async (key, value) => {
    const { addresses, owner } = await withOwner();
    const before = await addresses.insert(addressOf(owner.id), NOW);
    const after = await addresses.update(before.id, { [key]: value }, NOW + 1);
    expect(after).toEqual({ ...before, [key]: value, updatedAt: NOW + 1 });
    expect(await addresses.find(before.id)).toEqual(after);
  });

  it('lose nothing of what two change at once', async () => {
    const [one, other] = [(await open()).database, (await open()).database];
    const owner = await one.users.insert(userNamed('ada'), NOW);
    const { id } = await one.addresses.insert(addressOf(owner.id), NOW);
    await Promise.all([
      one.addresses.update(id, { title: 'Work' }, NOW),
      other.addresses.update(id, { locality: 'Bonn' }, NOW),
      one.addresses.update(id, { fields: { a: 1 } }, NOW),
    ]);
    expect(await one.addresses.find(id)).toMatchObject({ title: 'Work', locality: 'Bonn', fields: { a: 1 } });
  });

  it('are listed by age, those of one owner', async () => {
    const { addresses, users, owner } = await withOwner();
    const bob = await users.insert(userNamed('bob'), NOW);
    await addresses.insert(addressOf(owner.id, { title: 'newest' }), NOW + 2);
    await addresses.insert(addressOf(owner.id, { title: 'oldest' }), NOW);
    await addresses.insert(addressOf(bob.id), NOW);
    expect((await addresses.listOf(owner.id)).map(({ title }) => title)).toEqual(['oldest', 'newest']);
    expect(await addresses.listOf(99)).toEqual([]);
  });

  it('go when they are deleted, and when their owner is', async () => {
    const { addresses, users, owner } = await withOwner();
    const first = await addresses.insert(addressOf(owner.id), NOW);
    const second = await addresses.insert(addressOf(owner.id), NOW);
    await addresses.delete(first.id);
    expect(await addresses.listOf(owner.id)).toEqual([second]);
    await users.delete(owner.id);
    expect(await addresses.find(second.id)).toBeUndefined();
    await expect(addresses.update(second.id, { title: 'x' }, NOW)).rejects.toThrow('does not exist');
    await expect(addresses.insert(addressOf(owner.id), NOW)).rejects.toThrow(/foreign key/i);
  });

  it('keep every text as it is', async () => {
    const { addresses, owner } = await withOwner();
    for (const text of HOSTILE) {
      const lines = { title: text, locality: text, addressLine1: text, fields: { [text]: text } };
      const { id } = await addresses.insert(addressOf(owner.id, lines), NOW);
      expect(await addresses.find(id)).toMatchObject(lines);
    }
    expect(await addresses.listOf(owner.id)).toHaveLength(HOSTILE.length);
  });
});
