import { afterEach, expect, test, vi } from 'vitest';
import { loadAttachments } from '../../src/mail/load-attachments.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('files are read, and one that is gone is told and left out', async () => {
  // Hosts put one of their own in its place that has not all of its methods, such as @hono/node-server.
  vi.stubGlobal('Response', class {});
  const content = Buffer.from('what is in the file');
  const storage = {
    read: async (key: string) =>
      key === 'there'
        ? {
            bytes: content.length,
            stream: new Blob([content]).stream(),
          }
        : undefined,
  };
  const missing: string[] = [];
  const queued = ['there', 'gone'].map((storageKey) => {
    return { filename: `${storageKey}.txt`, mediaType: 'text/plain', storageKey };
  });
  const loaded = await loadAttachments(storage, queued, (filename) => missing.push(filename));
  expect(loaded.map(({ filename, content: bytes }) => [filename, new TextDecoder().decode(bytes)])).toEqual([
    ['there.txt', 'what is in the file'],
  ]);
  expect(missing).toEqual(['gone.txt']);
});
