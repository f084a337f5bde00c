import {
  createMemorySessionStore,
  createPortico,
  defineAction,
  type PorticoOptions,
  type SessionStore,
} from 'portico';
import { form } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

describe('secrets', () => {
  const secretive = (options: Omit<PorticoOptions, 'actions'> = {}) => {
    const schema = z.object({
      email: z.email(),
      password: z.string(),
      newPassword: z.string().optional(),
      apiToken: z.string().optional(),
      client_secret: z.string().optional(),
      pin: z.string().meta({ secret: true }).optional(),
      card: z.object({ number: z.string(), cvc: z.string() }).meta({ secret: true }).optional(),
      photo: z.file().optional(),
    });
    const signUp = defineAction({ accept: 'any', input: schema, model: 'user', handler: () => null });
    const portico = createPortico({ actions: { signUp }, ...options });
    const pages = (request: Request): Response => {
      const ctx = portico.context(request);
      const shown = form(ctx, signUp);
      const names = [
        'email',
        'password',
        'newPassword',
        'apiToken',
        'client_secret',
        'pin',
        'card.number',
        'card.cvc',
      ] as const;
      return Response.json({
        variables: ctx.variables,
        fields: names.map((name) => shown.field(name).value),
      });
    };
    return { signUp, client: createTestClient(portico, { pages }) };
  };
  const typed = {
    email: 'not an address',
    password: 'hunter-1',
    newPassword: 'hunter-2',
    apiToken: 'hunter-3',
    client_secret: 'hunter-4',
    pin: 'hunter-5',
    'card.number': 'hunter-6',
    'card.cvc': 'hunter-7',
  };

  it.each([
    ['the page rendered in place', (all: ReturnType<typeof secretive>) => all.client.form(all.signUp, typed)],
    [
      'the page after a redirect',
      (all: ReturnType<typeof secretive>) => all.client.controller('sign-up', typed, { from: '/page' }),
    ],
    [
      'controller-style JSON',
      (all: ReturnType<typeof secretive>) => all.client.controller('sign-up', typed, { json: true }),
    ],
    [
      'the rpc wire',
      (all: ReturnType<typeof secretive>) => all.client.post('/_actions/signUp', new URLSearchParams(typed)),
    ],
  ])('are never in %s', async (_where, send) => {
    const { text } = await send(secretive());
    expect(text).not.toContain('hunter');
    expect(text).toMatch(/email/);
  });

  it('are not in the session either, whoever can read its store', async () => {
    const memory = createMemorySessionStore();
    const records: string[] = [];
    const store: SessionStore = {
      read: (key) => memory.read(key),
      destroy: (key) => memory.destroy(key),
      write(key, record, version) {
        records.push(JSON.stringify(record));
        return memory.write(key, record, version);
      },
    };
    const all = secretive({ session: { store } });
    await all.client.controller(
      'sign-up',
      { ...typed, photo: new File(['hunter-8'], 'a.png') },
      { from: '/page' },
    );
    expect(records.join()).toContain('not an address');
    expect(records.join()).not.toContain('hunter');
  });
});
