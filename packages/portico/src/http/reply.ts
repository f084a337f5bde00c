/** An answer before a host writes it. Headers are a flat list (name, value, name, value), as Node writes them fastest. */
export interface Reply {
  status: number;
  headers: string[];
  body: string | Uint8Array | null;
}

/** A web Response is what handlers and pages may answer with; everything else is a Reply. */
export type Answer = Reply | Response;

export function toResponse(answer: Answer): Response {
  if (answer instanceof Response) return answer;
  const headers = new Headers();
  for (let index = 0; index < answer.headers.length; index += 2) {
    headers.append(answer.headers[index] ?? '', answer.headers[index + 1] ?? '');
  }
  return new Response(answer.body as BodyInit | null, { status: answer.status, headers });
}

/**
 * The answer with more headers. `Set-Cookie` and `Vary` are added to those that are there, any other header replaces its
 * namesake.
 */
export function withHeaders(
  answer: Answer,
  more: ReadonlyArray<readonly [name: string, value: string]>,
): Answer {
  if (more.length === 0) return answer;
  if (answer instanceof Response) {
    // A Response from `fetch` or `Response.redirect` has immutable headers.
    const copy = new Response(answer.body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers,
    });
    for (const [name, value] of more) {
      if (adds(name)) copy.headers.append(name, value);
      else copy.headers.set(name, value);
    }
    return copy;
  }
  for (const [name, value] of more) {
    const at = adds(name) ? -1 : headerIndex(answer.headers, name.toLowerCase());
    if (at < 0) answer.headers.push(name, value);
    else answer.headers[at + 1] = value;
  }
  return answer;
}

/** A header of the answer; `name` in lower case. */
export function headerOf(answer: Answer, name: string): string | undefined {
  if (answer instanceof Response) return answer.headers.get(name) ?? undefined;
  const at = headerIndex(answer.headers, name);
  return at < 0 ? undefined : answer.headers[at + 1];
}

function adds(name: string): boolean {
  return /^(?:set-cookie|vary)$/i.test(name);
}

function headerIndex(headers: readonly string[], name: string): number {
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() === name) return index;
  }
  return -1;
}
