import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 65_536;

/** The first `bytes` bytes of an open file. Whoever reads to the end, or cancels, has closed it. */
export function streamOf(file: FileHandle, bytes: number): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const chunk = new Uint8Array(Math.min(CHUNK_BYTES, bytes - position));
          const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
          position += bytesRead;
          if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
          else if (position < bytes) throw new Error('The file is shorter than it was when it was opened.');
          if (position < bytes) return;
          await file.close();
          controller.close();
        } catch (error) {
          await file.close();
          throw error;
        }
      },
      cancel: () => file.close(),
    },
    // Nothing is read before somebody asks for it.
    { highWaterMark: 0 },
  );
}
