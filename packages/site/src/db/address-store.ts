import { randomUUID } from 'node:crypto';
import type { Kysely, SelectQueryBuilder, Selectable, Updateable } from 'kysely';
import type { AddressStore } from '../addresses/address-store.ts';
import type { Address, AddressChanges, NewAddress } from '../addresses/address.ts';
import type { DatabaseKind } from './connect.ts';
import { isId } from './row-id.ts';
import type { AddressesTable, Tables } from './tables.ts';

type Row = Selectable<AddressesTable>;
type Plain = Exclude<keyof AddressChanges, 'fields'>;

const COLUMNS = {
  title: 'title',
  countryCode: 'country_code',
  administrativeArea: 'administrative_area',
  locality: 'locality',
  dependentLocality: 'dependent_locality',
  postalCode: 'postal_code',
  sortingCode: 'sorting_code',
  addressLine1: 'address_line1',
  addressLine2: 'address_line2',
  addressLine3: 'address_line3',
  organization: 'organization',
  organizationTaxId: 'organization_tax_id',
  fullName: 'full_name',
  firstName: 'first_name',
  lastName: 'last_name',
  latitude: 'latitude',
  longitude: 'longitude',
} as const satisfies Readonly<Record<Plain, keyof Row>>;

export function createAddressStore(db: Kysely<Tables>, kind: DatabaseKind): AddressStore {
  const all = db.selectFrom('addresses').selectAll('addresses');

  async function first(query: SelectQueryBuilder<Tables, 'addresses', Row>): Promise<Address | undefined> {
    const row = await query.executeTakeFirst();
    return row && addressOfRow(row);
  }

  return {
    async find(id) {
      return isId(id) ? first(all.where('id', '=', id)) : undefined;
    },
    async lock(id) {
      if (!isId(id)) return undefined;
      const query = all.where('id', '=', id);
      return first(kind === 'postgres' ? query.forUpdate() : query);
    },
    async listOf(ownerId) {
      const rows = await all.where('owner_id', '=', ownerId).orderBy('created_at').orderBy('id').execute();
      return rows.map(addressOfRow);
    },
    async count(ownerId) {
      const { total } = await db
        .selectFrom('addresses')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('owner_id', '=', ownerId)
        .executeTakeFirstOrThrow();
      return total;
    },
    async insert(address, now) {
      const row = await db
        .insertInto('addresses')
        .values({
          ...insertedColumns(address),
          uid: randomUUID(),
          created_at: now,
          updated_at: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return addressOfRow(row);
    },
    async update(id, changes, now) {
      const row = await db
        .updateTable('addresses')
        .set({ ...namedColumns(changes), updated_at: now })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw new Error(`The address ${id} does not exist (any more).`);
      return addressOfRow(row);
    },
    async delete(id) {
      await db.deleteFrom('addresses').where('id', '=', id).execute();
    },
  };
}

function insertedColumns(address: NewAddress): Omit<Row, 'id' | 'uid' | 'created_at' | 'updated_at'> {
  // Every line is named: nothing is left to be NULL by accident.
  const columns = namedColumns(address) as Omit<Row, 'id' | 'uid' | 'created_at' | 'updated_at'>;
  return { ...columns, owner_id: address.ownerId };
}

function namedColumns(changes: AddressChanges): Updateable<AddressesTable> {
  const named = Object.entries(COLUMNS).flatMap(([key, column]) => {
    const value = changes[key as Plain];
    return value === undefined ? [] : [[column, value]];
  });
  const { fields } = changes;
  return { ...Object.fromEntries(named), ...(fields && { fields: JSON.stringify(fields) }) };
}

function addressOfRow(row: Row): Address {
  return {
    id: row.id,
    uid: row.uid,
    ownerId: row.owner_id,
    title: row.title,
    countryCode: row.country_code,
    administrativeArea: row.administrative_area,
    locality: row.locality,
    dependentLocality: row.dependent_locality,
    postalCode: row.postal_code,
    sortingCode: row.sorting_code,
    addressLine1: row.address_line1,
    addressLine2: row.address_line2,
    addressLine3: row.address_line3,
    organization: row.organization,
    organizationTaxId: row.organization_tax_id,
    fullName: row.full_name,
    firstName: row.first_name,
    lastName: row.last_name,
    latitude: row.latitude,
    longitude: row.longitude,
    fields: JSON.parse(row.fields) as Address['fields'],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
