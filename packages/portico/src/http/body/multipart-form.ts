import { malformed, quoted } from './body-errors.ts';
import { ChunkList } from './chunk-list.ts';
import { FileWriter } from './file-writer.ts';
import type { FormEntry, FormHooks } from './form-data.ts';
import {
  fileTooLarge,
  type FormLimits,
  formTooLarge,
  largestForm,
  textTooLarge,
  tooManyFields,
  tooManyFiles,
} from './form-limits.ts';
import { parameter } from '../media-type.ts';
import { type MultipartHandlers, MultipartParser, type PartSink } from './multipart.ts';
import type { PartHeaders } from './part-headers.ts';
import { SpooledFile } from './spooled-file.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A multipart form while it comes: counts against the limits and keeps fields in memory, files in a `FileWriter`. */
export class MultipartForm implements MultipartHandlers {
  readonly entries: FormEntry[] = [];
  readonly #limits: FormLimits;
  readonly #hooks: FormHooks;
  readonly #parser: MultipartParser;
  readonly #files: FileWriter;
  readonly #text = new ChunkList();
  #part: PartHeaders = { name: '', filename: undefined, contentType: undefined };
  #bodyBytes = 0;
  #textBytes = 0;
  #fieldCount = 0;
  #fileCount = 0;
  #checked = false;

  constructor(contentType: string, limits: FormLimits, hooks: FormHooks) {
    this.#limits = limits;
    this.#hooks = hooks;
    this.#parser = new MultipartParser(parameter(contentType, 'boundary') ?? '', this, {
      maxParts: limits.maxFields + limits.maxFiles + 1,
    });
    this.#files = new FileWriter(limits.uploadDir);
  }

  push(chunk: Uint8Array): void | Promise<void> {
    this.#bodyBytes += chunk.length;
    // A preamble or an epilogue counts as well, though nothing of it is kept.
    if (this.#bodyBytes > largestForm(this.#limits)) throw formTooLarge(this.#limits);
    return this.#parser.push(chunk);
  }

  async end(): Promise<void> {
    this.#parser.end();
    if (!this.#checked) await this.#hooks.beforeFiles?.(this.entries);
    await this.#files.close();
  }

  async dispose(): Promise<void> {
    const files = this.entries.map(([, value]) => value).filter((value) => value instanceof SpooledFile);
    await Promise.all(files.map((file) => file.dispose()));
    await this.#files.close();
  }

  onPart(part: PartHeaders): PartSink {
    this.#part = part;
    // Names stay in memory like text, and are counted like it.
    this.#countText(part.name.length + (part.filename?.length ?? 0));
    if (part.filename) return (bytes) => this.#storeFile(bytes);
    if (++this.#fieldCount > this.#limits.maxFields) throw tooManyFields(this.#limits, part.name);
    return (bytes) => (part.filename === undefined ? this.#storeText(bytes) : this.#storeFile(bytes));
  }

  onPartEnd(): void | Promise<void> {
    const { name, filename } = this.#part;
    if (filename !== undefined) return this.#finishFile();
    const bytes = this.#text.join();
    this.#text.take();
    try {
      this.entries.push([name, decoder.decode(bytes)]);
    } catch {
      throw malformed(`The field ${quoted(name)} is not valid UTF-8.`);
    }
  }

  #countText(bytes: number): void {
    this.#textBytes += bytes;
    if (this.#textBytes > this.#limits.maxBytes) throw textTooLarge(this.#limits, this.#part.name);
  }

  #countFile(): void {
    if (++this.#fileCount > this.#limits.maxFiles) throw tooManyFiles(this.#limits, this.#part.name);
  }

  #storeText(bytes: Uint8Array): void {
    this.#countText(bytes.length);
    this.#text.add(new Uint8Array(bytes));
  }

  #storeFile(bytes: Uint8Array): void | Promise<void> {
    if (this.#checked) return this.#write(bytes);
    this.#checked = true;
    const verdict = this.#hooks.beforeFiles?.(this.entries);
    return verdict === undefined ? this.#write(bytes) : verdict.then(() => this.#write(bytes));
  }

  #write(bytes: Uint8Array): void | Promise<void> {
    if (this.#files.size === 0) this.#countFile();
    if (this.#files.size + bytes.length > this.#limits.maxFileBytes)
      throw fileTooLarge(this.#limits, this.#part.name);
    return this.#files.write(bytes);
  }

  async #finishFile(): Promise<void> {
    const { name, filename = '', contentType = 'text/plain' } = this.#part;
    if (filename !== '' && this.#files.size === 0) this.#countFile();
    this.entries.push([name, await this.#files.finish(filename, contentType)]);
  }
}
