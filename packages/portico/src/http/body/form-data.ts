import { malformed } from './body-errors.ts';
import { BufferedBody } from './buffered-body.ts';
import { type FormLimits, formTooLarge, largestForm } from './form-limits.ts';
import { MultipartForm } from './multipart-form.ts';
import type { BodySource } from '../incoming.ts';
import { mediaType } from '../media-type.ts';
import { parseUrlencoded } from './urlencoded.ts';

export type FormEntry = readonly [name: string, value: string | File];

export interface SubmittedForm {
  /** Fields and files in the order they were sent. An empty file input is a File without a name and without bytes. */
  readonly entries: FormEntry[];
  /** Gives back what files take on disk, where there could be any. To be called when the request is over. */
  readonly dispose: () => Promise<void>;
}

/** The `dispose` of a form that cannot hold files: nothing needs to be remembered for its sake. */
export const nothingToDispose = (): Promise<void> => Promise.resolve();

export interface FormHooks {
  /**
   * Called once, with the fields so far: before anything of the first file that has bytes is stored, else when all
   * fields are there. What it throws refuses the form, and no more of it is read.
   */
  beforeFiles?(fields: readonly FormEntry[]): void | Promise<void>;
}

/**
 * Reads a urlencoded or multipart form with limits, files straight to disk. What has arrived whole is given at once; then
 * refusals are thrown at once, too. Rejects with `ActionError`:
 * `CONTENT_TOO_LARGE` as soon as a limit is exceeded, naming limit and field; `BAD_REQUEST` for what is malformed. It
 * rejects with `BodyAborted` when the client goes away. Nothing is left on disk then.
 */
export function readForm(
  body: BodySource,
  contentType: string,
  declaredLength: number | undefined,
  limits: FormLimits,
  hooks: FormHooks = {},
): SubmittedForm | Promise<SubmittedForm> {
  switch (mediaType(contentType)) {
    case 'application/x-www-form-urlencoded':
      return readUrlencoded(body, limits, hooks);
    case 'multipart/form-data':
      return readMultipart(body, contentType, declaredLength, limits, hooks);
    default:
      return Promise.reject(
        malformed('The body is no form: neither application/x-www-form-urlencoded nor multipart/form-data.'),
      );
  }
}

function readUrlencoded(
  body: BodySource,
  limits: FormLimits,
  hooks: FormHooks,
): SubmittedForm | Promise<SubmittedForm> {
  const arrived = body.readArrived(limits.maxBytes);
  if (arrived) return urlencodedForm(arrived, limits, hooks);
  return body.read(limits.maxBytes).then((bytes) => urlencodedForm(bytes, limits, hooks));
}

function urlencodedForm(
  bytes: Uint8Array,
  limits: FormLimits,
  hooks: FormHooks,
): SubmittedForm | Promise<SubmittedForm> {
  const entries: FormEntry[] = parseUrlencoded(bytes, limits.maxFields);
  const form: SubmittedForm = { entries, dispose: nothingToDispose };
  const checked = hooks.beforeFiles?.(entries);
  return checked ? checked.then(() => form) : form;
}

async function readMultipart(
  body: BodySource,
  contentType: string,
  declaredLength: number | undefined,
  limits: FormLimits,
  hooks: FormHooks,
): Promise<SubmittedForm> {
  if (declaredLength !== undefined && declaredLength > largestForm(limits)) throw formTooLarge(limits);
  const form = new MultipartForm(contentType, limits, hooks);
  try {
    const sink = (chunk: Uint8Array): void | Promise<void> => form.push(chunk);
    await (body instanceof BufferedBody ? body.lend(sink) : body.pipe(sink));
    await form.end();
  } catch (error) {
    await form.dispose();
    throw error;
  }
  return { entries: form.entries, dispose: () => form.dispose() };
}

/** The entries as the web's FormData. The files in it are the same objects, so disposing of the form ends them too. */
export function toFormData(entries: readonly FormEntry[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}
