/** Options under which an app behaves as in production: foreign errors stay on the server. */
export const production = { dev: false, secrets: ['a secret of the tests that is long enough'] } as const;
