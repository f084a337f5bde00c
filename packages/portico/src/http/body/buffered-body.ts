import { overLimit } from './body-errors.ts';
import { ChunkList } from './chunk-list.ts';
import type { ChunkSource } from './chunk-source.ts';
import type { BodySource } from '../incoming.ts';

type Sink = (chunk: Uint8Array) => void | Promise<void>;

/**
 * A body over any source of chunks. What `peek` and `read` have read is kept, so it can be read again, by either of them,
 * `pipe` or `stream`; what went through `pipe` or `stream` is gone, and reading it again rejects with an Error that says so.
 */
export class BufferedBody implements BodySource {
  protected readonly source: ChunkSource;
  /** What has been read and not yet given away. */
  protected readonly held: ChunkList = new ChunkList();
  /** Who has got the bytes, once they are gone. */
  protected takenBy: string | undefined;
  readonly #declaredLength: number | undefined;
  #ended = false;
  #reading: Promise<unknown> | undefined;
  #stream: ReadableStream<Uint8Array> | undefined;

  constructor(source: ChunkSource, declaredLength: number | undefined) {
    this.source = source;
    this.#declaredLength = declaredLength;
  }

  peek(maxBytes: number, enough: (bytes: Uint8Array, ended: boolean) => boolean): Promise<Uint8Array> {
    const again = (): Promise<Uint8Array> => this.peek(maxBytes, enough);
    if (this.#reading !== undefined) return this.#reading.then(again, again);
    if (this.takenBy !== undefined) return Promise.reject(this.#gone());
    const { held, source } = this;
    try {
      const known = this.#ended || held.size > 0;
      if (known && (enough(held.join(), this.#ended) || this.#ended || held.size >= maxBytes)) {
        return Promise.resolve(held.join());
      }
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#exclusively((resolve, reject) => {
      // Asked anew only when the body has grown by a sixteenth, so that a body in tiny chunks is not scanned for each of them.
      let nextSize = 0;
      const decide = (): void => {
        try {
          const bytes = held.join();
          if (!enough(bytes, this.#ended) && !this.#ended && bytes.length < maxBytes) return;
          source.pause();
          resolve(bytes);
        } catch (error) {
          source.pause();
          reject(error);
        }
      };
      source.flow({
        chunk: (bytes) => {
          held.add(bytes);
          if (held.size < nextSize && held.size < maxBytes) return;
          nextSize = held.size + (held.size >> 4) + 1;
          decide();
        },
        end: () => {
          this.#ended = true;
          decide();
        },
        fail: reject,
      });
    });
  }

  read(maxBytes: number): Promise<Uint8Array> {
    if (this.#reading !== undefined) {
      const again = (): Promise<Uint8Array> => this.read(maxBytes);
      return this.#reading.then(again, again);
    }
    if (this.takenBy !== undefined) return Promise.reject(this.#gone());
    const { held, source } = this;
    if (Math.max(this.#declaredLength ?? 0, held.size) > maxBytes) return Promise.reject(overLimit(maxBytes));
    const arrived = this.readArrived(maxBytes);
    if (arrived) return Promise.resolve(arrived);
    return this.#exclusively((resolve, reject) => {
      source.flow({
        chunk: (bytes) => {
          held.add(bytes);
          if (held.size <= maxBytes) return;
          source.pause();
          held.take();
          this.takenBy = 'a reader whose limit it exceeded';
          reject(overLimit(maxBytes));
        },
        end: () => {
          this.#ended = true;
          resolve(held.join());
        },
        fail: reject,
      });
    });
  }

  readArrived(maxBytes: number): Uint8Array | undefined {
    const { held, source } = this;
    if (this.#reading !== undefined || this.takenBy !== undefined) return undefined;
    if (Math.max(this.#declaredLength ?? 0, held.size) > maxBytes) return undefined;
    if (this.#ended) {
      source.settle();
      return held.join();
    }
    const bytes = held.size > 0 ? undefined : source.takeArrived();
    if (bytes === undefined) return undefined;
    this.#ended = true;
    held.add(bytes);
    return bytes;
  }

  pipe(sink: Sink): Promise<void> {
    return this.#handTo(sink, false);
  }

  /**
   * `pipe` for a sink that copies what it keeps: a chunk is the sink's until it returns or its promise is settled, and may
   * be empty memory afterwards.
   */
  lend(sink: Sink): Promise<void> {
    return this.#handTo(sink, true);
  }

  stream(): ReadableStream<Uint8Array> | null {
    if (!this.source.present) return null;
    // Nothing is read before the first pull: a Request made only for its headers leaves the body to us.
    this.#stream ??= new ReadableStream<Uint8Array>(this.#pullSource(), { highWaterMark: 0 });
    return this.#stream;
  }

  #handTo(sink: Sink, isLent: boolean): Promise<void> {
    const again = (): Promise<void> => this.#handTo(sink, isLent);
    if (this.#reading !== undefined) return this.#reading.then(again, again);
    if (this.takenBy !== undefined) return Promise.reject(this.#gone());
    if (this.#ended) {
      this.source.settle();
      return replay(this.held.pieces, sink);
    }
    this.takenBy = 'a streaming reader';
    const first = this.held.take();
    if (first.length === 0) return this.#flowTo(sink, isLent);
    return replay(first, sink).then(() => this.#flowTo(sink, isLent));
  }

  #flowTo(sink: Sink, isLent: boolean): Promise<void> {
    const { source } = this;
    return new Promise((resolve, reject) => {
      const receiver = {
        chunk: (bytes: Uint8Array): void => {
          let done: void | Promise<void>;
          try {
            done = sink(bytes);
          } catch (error) {
            source.pause();
            reject(error);
            return;
          }
          if (done === undefined) {
            if (isLent) source.release(bytes);
            return;
          }
          source.pause();
          done.then(() => {
            if (isLent) source.release(bytes);
            source.flow(receiver);
          }, reject);
        },
        end: resolve,
        fail: reject,
      };
      source.flow(receiver);
    });
  }

  #pullSource(): UnderlyingDefaultSource<Uint8Array> {
    const { source } = this;
    let replayed: Uint8Array[] | undefined;
    return {
      pull: async (controller) => {
        if (replayed === undefined) {
          await this.#reading?.catch(() => undefined);
          if (this.takenBy !== undefined) throw this.#gone();
          replayed = this.#ended ? [...this.held.pieces] : this.held.take();
          if (this.#ended) source.settle();
          else this.takenBy = 'a reader of the web Request';
        }
        const next = replayed.shift();
        if (next !== undefined) return controller.enqueue(next);
        if (this.#ended) return controller.close();
        await new Promise<void>((resolve, reject) => {
          source.flow({
            chunk: (bytes) => {
              source.pause();
              controller.enqueue(bytes);
              resolve();
            },
            end: () => {
              controller.close();
              resolve();
            },
            fail: reject,
          });
        });
      },
      cancel: () => source.pause(),
    };
  }

  #exclusively(
    work: (resolve: (bytes: Uint8Array) => void, reject: (error: unknown) => void) => void,
  ): Promise<Uint8Array> {
    // A source that has ended answers before the promise exists.
    let settled = false;
    const reading = new Promise<Uint8Array>((resolve, reject) => {
      work(
        (bytes) => {
          settled = true;
          this.#reading = undefined;
          resolve(bytes);
        },
        (error) => {
          settled = true;
          this.#reading = undefined;
          reject(error);
        },
      );
    });
    if (!settled) this.#reading = reading;
    return reading;
  }

  #gone(): Error {
    return new Error(
      `The request body was already read by ${this.takenBy}. It can be read only once: use what that reader returned.`,
    );
  }
}

async function replay(pieces: readonly Uint8Array[], sink: Sink): Promise<void> {
  for (const piece of pieces) {
    const done = sink(piece);
    if (done !== undefined) await done;
  }
}
