import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE_MS = 10_000;

/** What a look finds, as soon as it finds something. Throws after ten seconds. */
export async function eventually<Found>(
  what: string,
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(50);
  }
  throw new Error(`There was no ${what}.`);
}
