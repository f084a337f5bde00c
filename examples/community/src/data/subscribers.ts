import { isDuplicate, type Database } from './database.ts';
import { newId } from './ids.ts';

/** Adds an address, or tells since when it has been on the list. */
export function addSubscriber({ sql }: Database, email: string): { id: string } | { takenSince: Date } {
  const id = newId();
  try {
    sql.run`INSERT INTO subscribers (id, email, created_at) VALUES (${id}, ${email}, ${new Date().toISOString()})`;
    return { id };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const { since } = sql.get`SELECT created_at AS since FROM subscribers WHERE email = ${email}` as {
      since: string;
    };
    return { takenSince: new Date(since) };
  }
}
