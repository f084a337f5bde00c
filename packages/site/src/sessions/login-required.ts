import { ActionError } from 'portico';

/**
 * A guest came to a page that needs a login: 401, which turns into a redirect to the login page; 403 where there is none to
 * be sent to. Hono answers an error with what its `getResponse` returns; the other hosts of Portico follow the redirect that
 * the context recorded.
 */
export class LoginRequired extends ActionError<'UNAUTHORIZED' | 'FORBIDDEN', undefined> {
  readonly #location: string | undefined;

  constructor(location: string | undefined) {
    super({ code: location === undefined ? 'FORBIDDEN' : 'UNAUTHORIZED', message: 'Login Required' });
    this.#location = location;
  }

  getResponse(): Response {
    if (this.#location === undefined) return new Response(this.message, { status: this.status });
    return new Response(null, { status: 303, headers: { location: this.#location } });
  }
}
