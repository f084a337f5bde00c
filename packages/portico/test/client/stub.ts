/** A server that answers every request alike, and what it was asked. */
export interface Stub {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly requests: Request[];
  readonly bodies: unknown[];
}

/** Answers by a function of the request; remembers requests and their bodies (FormData as entries). */
export function stub(answer: (request: Request, body: unknown) => Response | Promise<Response>): Stub {
  const requests: Request[] = [];
  const bodies: unknown[] = [];
  return {
    requests,
    bodies,
    async fetch(request) {
      const copy = request.clone();
      const isForm = (request.headers.get('content-type') ?? '').startsWith('multipart/');
      const body: unknown = isForm ? [...(await copy.formData())] : await copy.text();
      requests.push(request);
      bodies.push(body);
      return answer(request, body);
    },
  };
}

export function json(value: unknown, status = 200, type = 'application/json'): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': type } });
}
