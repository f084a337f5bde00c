import { ErrorBase } from '../wire/error-base.ts';
import { JSON_TYPE } from '../wire/names.ts';

/** An HTTP answer, however it was fetched. */
export interface Answer {
  readonly status: number;
  /** The `Content-Type`; `''` without one. */
  readonly type: string;
  readonly text: string;
  /** Where it came from, redirects followed. */
  readonly url: string;
}

/** Reads a response. One that was made in process has no URL of its own. */
export async function answerOf(response: Response, asked: string): Promise<Answer> {
  return {
    status: response.status,
    type: response.headers.get('Content-Type') ?? '',
    text: await response.text(),
    url: response.url || asked,
  };
}

/**
 * What a body of the wire holds, `undefined` where there is none. Throws `UNEXPECTED_RESPONSE` for what is
 * not of the wire.
 */
export async function readAnswer(answer: Answer): Promise<unknown> {
  const { type, text } = answer;
  if (isOk(answer) && !text && !type) return undefined;
  const [, rich] = /^application\/json(\+devalue)?\s*(?:;|$)/i.exec(type) ?? notOurs(answer);
  try {
    if (!rich) return JSON.parse(text) as unknown;
    // Most answers are plain JSON: the parser for the rest is fetched when one comes that is not.
    const { parse } = await import('devalue');
    return parse(text, { URL: (href: string) => new URL(href) }) as unknown;
  } catch (cause) {
    return notOurs(answer, cause);
  }
}

export function isOk({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** Throws the error for an answer that Portico did not give: a login page, a proxy's error page. */
export function notOurs({ status, type, url }: Answer, cause?: unknown): never {
  const message =
    `${url} answered ${status} with ${type || 'no content type'} instead of Portico's ${JSON_TYPE}. ` +
    'Check baseUrl, logins and proxies.';
  throw new ErrorBase({ code: 'UNEXPECTED_RESPONSE', message, cause }, status);
}
