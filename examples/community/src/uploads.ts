import { createReadStream, mkdirSync } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** What a picture may be, by its first bytes: a name and a Content-Type are only what a visitor says. No SVG: it runs scripts. */
const SIGNATURES: ReadonlyArray<
  readonly [type: string, extension: string, matches: (head: Buffer) => boolean]
> = [
  ['image/png', 'png', (head) => head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
  ['image/jpeg', 'jpg', (head) => head.subarray(0, 3).equals(Buffer.from('\xff\xd8\xff', 'latin1'))],
  ['image/gif', 'gif', (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6))],
  ['image/webp', 'webp', (head) => /^RIFF[^]{4}WEBP/.test(head.toString('latin1', 0, 12))],
];
const TYPES: ReadonlyMap<string, string> = new Map(SIGNATURES.map(([type, extension]) => [extension, type]));
const FILE_NAME = /^[\w-]{22}\.(png|jpg|gif|webp)$/;

export const PICTURE_TYPES: readonly string[] = SIGNATURES.map(([type]) => type);

export interface StoredFile {
  readonly type: string;
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
}

/** The pictures on disk. */
export interface UploadFolder {
  /** Keeps a picture under a random name and returns that name; `undefined` if it is no picture of a known kind. */
  keep(file: File): Promise<string | undefined>;
  remove(name: string): Promise<void>;
  find(name: string): Promise<StoredFile | undefined>;
}

export function openUploads(dataFolder: string): UploadFolder {
  const folder = join(dataFolder, 'uploads');
  mkdirSync(folder, { recursive: true });
  return {
    async keep(file) {
      const head = Buffer.from(await file.slice(0, 16).arrayBuffer());
      const kind = SIGNATURES.find(([, , matches]) => matches(head));
      if (!kind) return undefined;
      const name = `${randomBytes(16).toString('base64url')}.${kind[1]}`;
      await write(join(folder, name), file);
      return name;
    },
    remove: (name) => rm(join(folder, name), { force: true }),
    async find(name) {
      const type = TYPES.get(FILE_NAME.exec(name)?.[1] ?? '');
      if (type === undefined) return undefined;
      const path = join(folder, name);
      const known = await stat(path).catch(() => undefined);
      if (!known) return undefined;
      return {
        type,
        size: known.size,
        stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
      };
    },
  };
}

/** Chunk by chunk: a large upload lies on disk already and need not come into memory. */
async function write(path: string, file: File): Promise<void> {
  const target = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of file.stream()) await target.writeFile(chunk);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await target.close();
  }
}
