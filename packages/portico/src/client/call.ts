import { ErrorBase, isActionError } from '../wire/error-base.ts';
import type { ActionError } from '../wire/error.ts';
import { JSON_TYPE, ONCE_HEADER } from '../wire/names.ts';
import { answerOf, readAnswer } from './answer.ts';
import type * as Encoder from './encode-form.ts';
import { resultOf, type Result } from './result.ts';
import { toJson } from './to-json.ts';
import type { CallOptions, ClientErrorCode, ClientOptions } from './types.ts';

type Call = (path: string, input: unknown, options?: CallOptions) => Promise<Result>;

/** The function behind all actions of a client. It never rejects. */
export function callOver(client: ClientOptions): Call {
  // That an action takes forms only is known once it has refused JSON.
  const takesForm = new Set<string>();

  const call: Call = async (path, input, options = {}) => {
    const { method, keepalive = false } = options;
    const limit = client.timeout === undefined ? undefined : AbortSignal.timeout(client.timeout);
    const signal =
      limit && options.signal ? AbortSignal.any([limit, options.signal]) : (limit ?? options.signal);
    let sent = false;
    try {
      let url = path;
      let body: FormData | string | undefined;
      const headers = new Headers(
        typeof client.headers === 'function' ? await client.headers() : client.headers,
      );
      if (method) url += (await encoder()).encodeQuery(input);
      else {
        // Not randomUUID: pages without TLS have none.
        const newKey = crypto.getRandomValues(new Uint32Array(4)).join('-');
        headers.set(ONCE_HEADER, options.idempotencyKey ?? newKey);
        if (input instanceof FormData) body = input;
        else body = (takesForm.has(path) ? undefined : toJson(input)) ?? (await encoder()).encodeForm(input);
      }
      const isJson = typeof body === 'string';
      new Headers(options.headers).forEach((value, name) => headers.set(name, value));
      headers.set('Accept', JSON_TYPE);
      // Sent without a body, too: a call says what it is. With a form the browser writes it, boundary
      // included.
      if (isJson) headers.set('Content-Type', JSON_TYPE);
      else headers.delete('Content-Type');
      const request = new Request(url, {
        method: method ?? 'POST',
        body: body || null,
        headers,
        keepalive,
        signal: signal ?? null,
      });
      sent = true;
      const response = await (client.fetch ?? fetch)(request);
      const answer = await answerOf(response, path);
      const result = resultOf(answer, await readAnswer(answer));
      if (isJson && wantsForm(result.error)) {
        takesForm.add(path);
        return await call(path, input, { ...options, signal });
      }
      return result;
    } catch (cause) {
      return { data: undefined, error: errorOf(cause, path, sent, signal) };
    }
  };
  return call;
}

// Most calls are JSON: what encodes the rest is fetched when one comes that is not.
function encoder(): Promise<typeof Encoder> {
  return import('./encode-form.ts');
}

function wantsForm(error: ActionError | undefined): boolean {
  return error?.status === 415 && (error.data as { accept?: unknown } | undefined)?.accept === 'form';
}

function errorOf(cause: unknown, path: string, sent: boolean, signal: AbortSignal | undefined): ActionError {
  if (isActionError(cause)) return cause;
  const reason = (cause as Error | undefined)?.message;
  const message = `${path} ${sent ? 'gave no answer' : 'could not be called'}: ${reason}`;
  if (!sent) return new ErrorBase({ code: 'BAD_REQUEST', message, cause }, 400);
  const ended = (signal?.reason as Error | undefined)?.name === 'TimeoutError' ? 'TIMEOUT' : 'ABORTED';
  const code: ClientErrorCode = signal?.aborted ? ended : 'NETWORK_ERROR';
  return new ErrorBase({ code, message, cause }, 0);
}
