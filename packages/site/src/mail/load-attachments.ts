import { buffer } from 'node:stream/consumers';
import type { FileStorage } from '../files/file-storage.ts';
import type { MailAttachment } from './mail-transport.ts';
import type { QueuedAttachment } from './outbox-store.ts';

/**
 * The files of a mail, read into memory. One that the storage does not have is left out, and told to `onMissing`: the mail is
 * worth more than nothing. Rejects where the storage cannot be read.
 */
export async function loadAttachments(
  storage: Pick<FileStorage, 'read'>,
  queued: readonly QueuedAttachment[],
  onMissing: (filename: string) => void,
): Promise<readonly MailAttachment[]> {
  const loaded: MailAttachment[] = [];
  for (const { filename, mediaType, storageKey } of queued) {
    const file = await storage.read(storageKey);
    if (file === undefined) onMissing(filename);
    // Not by `Response`: hosts put one of their own in its place, which has no `bytes()`.
    else loaded.push({ filename, mediaType, content: new Uint8Array(await buffer(file.stream)) });
  }
  return loaded;
}
