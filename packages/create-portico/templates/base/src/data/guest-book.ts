import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface GuestBookEntry {
  readonly name: string;
  readonly message: string;
  /** ISO 8601. */
  readonly writtenAt: string;
}

const folder = process.env.DATA_DIR ?? '.data';
// An entry a line. A database takes its place as soon as there is more than one machine, or much to read.
const file = join(folder, 'guest-book.jsonl');

export async function addToGuestBook(
  entry: Pick<GuestBookEntry, 'name' | 'message'>,
): Promise<GuestBookEntry> {
  const written = { name: entry.name, message: entry.message, writtenAt: new Date().toISOString() };
  await mkdir(folder, { recursive: true });
  await appendFile(file, `${JSON.stringify(written)}\n`);
  return written;
}

/** The newest first, at most fifty. */
export async function readGuestBook(): Promise<readonly GuestBookEntry[]> {
  const lines = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .slice(-50)
    .reverse()
    .map((line): GuestBookEntry => JSON.parse(line));
}
