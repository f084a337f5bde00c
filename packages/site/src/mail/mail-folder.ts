import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DevMail } from './dev-mail.ts';

/** The files of the dev mailbox: one a mail, named by its id, so that they sort as they came. */
export interface MailFolder {
  readonly path: string;
  write(mail: DevMail): Promise<void>;
  /** Those whose id is wanted. None where there is no folder; a file that is no mail of ours is passed over. */
  read(wanted: (id: string) => boolean): Promise<readonly DevMail[]>;
}

const NAME = /^(\d{14}-\d{6,}-[0-9a-f]{8})\.json$/;

export function createMailFolder(dataDir: string, keep: number): MailFolder {
  const path = join(dataDir, 'mail');
  const fileOf = (id: string): string => join(path, `${id}.json`);

  async function ids(): Promise<string[]> {
    const names = await readdir(path).catch(() => []);
    return names.flatMap((name) => NAME.exec(name)?.[1] ?? []).sort();
  }

  return {
    path,
    async write(mail) {
      await mkdir(path, { recursive: true, mode: 0o700 });
      // Whole or not at all: another process may be reading. For its owner only: there is a code in it.
      const draft = join(path, `${mail.id}.part`);
      await writeFile(draft, JSON.stringify(mail), { mode: 0o600 });
      await rename(draft, fileOf(mail.id));
      for (const id of (await ids()).slice(0, -keep)) await rm(fileOf(id), { force: true });
    },
    async read(wanted) {
      const files = (await ids()).slice(-keep).filter(wanted);
      const mails = await Promise.all(files.map((id) => readMail(id, fileOf(id))));
      return mails.filter((mail) => mail !== undefined);
    },
  };
}

async function readMail(id: string, file: string): Promise<DevMail | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isMail(value) ? { ...value, id } : undefined;
  } catch {
    return undefined;
  }
}

function isMail(value: unknown): value is DevMail {
  if (typeof value !== 'object' || value === null) return false;
  const mail = value as Record<string, unknown>;
  const texts = ['to', 'from', 'subject', 'text', 'html', 'date'];
  const lists = [mail['links'], mail['attachments'] ?? []];
  return texts.every((key) => typeof mail[key] === 'string') && lists.every(Array.isArray);
}
