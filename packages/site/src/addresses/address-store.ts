import type { Address, AddressChanges, NewAddress } from './address.ts';

/** Where addresses are kept. An owner cannot change. */
export interface AddressStore {
  find(id: number): Promise<Address | undefined>;
  /** As `find`, and nobody else changes it before the transaction ends. */
  lock(id: number): Promise<Address | undefined>;
  /** Oldest first. */
  listOf(ownerId: number): Promise<readonly Address[]>;
  /** How many a book holds. */
  count(ownerId: number): Promise<number>;
  insert(address: NewAddress, now: number): Promise<Address>;
  update(id: number, changes: AddressChanges, now: number): Promise<Address>;
  delete(id: number): Promise<void>;
}
