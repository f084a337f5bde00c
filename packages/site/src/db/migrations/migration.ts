import type { Kysely } from 'kysely';

/** A numbered step from one schema to the next. Frozen once released: it imports nothing but Kysely. */
export interface Migration {
  /** `001-accounts`: what the database remembers it by, and what it is sorted by. */
  readonly name: string;
  up(db: Kysely<unknown>, kind: 'sqlite' | 'postgres'): Promise<void>;
}
