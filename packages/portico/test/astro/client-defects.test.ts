import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ActionError, createPortico, defineAction } from 'portico';
import { createClient, isActionError } from 'portico/client';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

// Each defect of Astro's client that reference/astro-actions.md marks with [!], section 1.6: it is not here.

const server = {
  echo: defineAction({ input: z.unknown(), handler: (input) => input }),
  dated: defineAction({
    input: z.object({ when: z.date() }),
    handler: ({ when }) => ({ next: new Date(when.getTime() + 1) }),
  }),
  logout: defineAction({ handler: () => undefined }),
  slow: defineAction({
    handler: () => {
      throw new ActionError({ code: 'TOO_MANY_REQUESTS', data: { retryAfter: 5 } });
    },
  }),
  user: {
    name: defineAction({ handler: () => 'name' }),
    length: defineAction({ handler: () => 'length' }),
    bind: defineAction({ handler: () => 'bind' }),
    valueOf: defineAction({ handler: () => 'valueOf' }),
    apply: defineAction({ handler: () => 'apply' }),
    call: defineAction({ handler: () => 'call' }),
    'with.dot': defineAction({ handler: () => 'with.dot' }),
  },
};
const portico = createPortico({ actions: server });

async function connect() {
  const { url } = await serve(portico);
  return createClient<typeof portico>({ baseUrl: url });
}

/** A server that answers every call the same, as a proxy or a login page does. */
async function answering(status: number, headers: Record<string, string>, body: string) {
  const other = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  return createClient<typeof portico>({
    baseUrl: `http://localhost:${(other.address() as AddressInfo).port}`,
  });
}

describe('1.6 client: the promise never rejects', () => {
  test('on a network failure', async () => {
    const actions = createClient<typeof portico>({ baseUrl: 'http://localhost:1' });

    const { data, error } = await actions.logout();

    expect([data, error?.code, isActionError(error)]).toEqual([undefined, 'NETWORK_ERROR', true]);
  });

  test('on a 200 that is a login page', async () => {
    const actions = await answering(200, { 'content-type': 'text/html' }, '<h1>Log in</h1>');

    const { error } = await actions.logout();

    expect([error?.code, error?.status]).toEqual(['UNEXPECTED_RESPONSE', 200]);
  });

  test('on input that cannot be sent', async () => {
    const actions = await connect();
    const circle: { self?: unknown } = {};
    circle.self = circle;

    const { error } = await actions.echo(circle);

    expect([error?.code, isActionError(error)]).toEqual(['BAD_REQUEST', true]);
  });

  test('on abort, by an AbortSignal of the call', async () => {
    const actions = await connect();

    const { error } = await actions.echo({}, { signal: AbortSignal.abort() });

    expect(error?.code).toBe('ABORTED');
  });
});

describe('1.6 client: calls', () => {
  test('an argument-less call passes for a caller without an Origin header', async () => {
    const actions = await connect();

    expect(await actions.logout()).toEqual({ data: undefined, error: undefined });
  });

  test.each([
    [403, 'text/plain', 'Cross-site POST form submissions are forbidden'],
    [500, 'text/html', ''],
    [502, 'text/html', '<h1>Bad gateway</h1>'],
  ])(
    'an error that is not of the wire keeps its true status %d, and its body is no message',
    async (status, type, body) => {
      const actions = await answering(status, { 'content-type': type }, body);

      const { error } = await actions.logout();

      expect(error?.status).toBe(status);
      if (body !== '') expect(error?.message).not.toContain(body);
    },
  );

  test('data of an error reaches the caller', async () => {
    const actions = await connect();

    const { error } = await actions.slow();

    expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429, data: { retryAfter: 5 } });
  });

  test('a Date goes both ways', async () => {
    const actions = await connect();

    expect((await actions.dated({ when: new Date(5) })).data).toEqual({ next: new Date(6) });
  });

  test.each(['name', 'length', 'bind', 'valueOf', 'apply', 'call', 'with.dot'] as const)(
    'a nested action may be called %s',
    async (name) => {
      const actions = await connect();

      expect((await actions.user[name]()).data).toBe(name);
    },
  );

  test.each(['then', 'orThrow', 'toString', 'queryString', 'path', 'constructor', 'prototype', ''])(
    'the key %j that could not be called is an error when the app starts',
    (key) => {
      expect(() =>
        createPortico({ actions: { user: { [key]: defineAction({ handler: () => 1 }) } } }),
      ).toThrow(/the key .* under "user" cannot name an action/);
    },
  );

  test('then is not proxied: awaiting the client or a namespace calls nothing', async () => {
    const actions = await connect();
    const give = async () => actions.user;

    const user = await give();
    // oxlint-disable-next-line typescript/await-thenable -- that awaiting it does nothing is what is tested
    await actions;

    expect((await user.name()).data).toBe('name');
  });

  test('function identity is stable', async () => {
    const actions = await connect();

    expect(actions.user.name).toBe(actions.user.name);
    expect(actions.user).toBe(actions.user);
    expect(actions.logout.orThrow).toBe(actions.logout.orThrow);
  });
});
