import { createPortico, createMemorySessionStore, defineAction, isInputError } from 'portico';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

interface Options {
  readonly base?: string;
  readonly csrf?: 'auto' | 'token' | 'origin';
}

function notes({ base = '', csrf = 'auto' }: Options = {}) {
  const saved: unknown[] = [];
  const actions = {
    notes: {
      saveNote: defineAction({
        accept: 'any',
        input: z.object({
          title: z.string().min(3),
          tags: z.array(z.string()),
          photo: z.file().optional(),
          due: z.date().optional(),
        }),
        messages: { success: 'Note saved.' },
        redirect: '/notes/{slug}',
        handler: (input) => {
          saved.push(input);
          return { slug: 'first', due: input.due };
        },
      }),
      whoami: defineAction({
        method: 'GET',
        input: z.object({ greeting: z.string().default('Hi') }),
        handler: ({ greeting }, ctx) => ({
          text: `${greeting} ${ctx.clientAddress ?? ''}`,
          visits: ctx.session.get('visits') ?? 0,
        }),
      }),
      count: defineAction({
        handler: (_input, ctx) => {
          const visits = (ctx.session.get<number>('visits') ?? 0) + 1;
          ctx.session.set('visits', visits);
          return visits;
        },
      }),
      spin: defineAction({ accept: 'form', redirect: '/spin', handler: () => null }),
      leave: defineAction({ accept: 'form', redirect: 'https://elsewhere.example/', handler: () => null }),
    },
  };
  const portico = createPortico({ actions, base, csrf, session: { store: createMemorySessionStore() } });
  const pages = (request: Request): Response => {
    const ctx = portico.context(request);
    const { pathname } = new URL(request.url);
    if (pathname === '/spin') return Response.redirect(new URL('/spin', request.url), 302);
    if (pathname === '/notes/first') return new Response(`notice: ${ctx.flash.get('notice') ?? 'none'}`);
    return new Response(`errors: ${JSON.stringify(ctx.variables.errors ?? {})}`);
  };
  return { actions, portico, pages, saved };
}

describe('rpc', () => {
  it('carries what JSON cannot both ways and is typed by the action', async () => {
    const { actions, portico } = notes();
    const due = new Date('2026-01-02T03:04:05Z');
    const { data, error } = await createTestClient(portico).rpc(actions.notes.saveNote, {
      title: 'Hello',
      tags: [],
      due,
    });
    expect(error).toBeUndefined();
    expect(data?.due).toEqual(due);
  });

  it('gives input errors by field', async () => {
    const { actions, portico } = notes();
    const { error } = await createTestClient(portico).rpc(actions.notes.saveNote, { title: 'x', tags: [] });
    expect(isInputError(error) && Object.keys(error.fields)).toEqual(['title']);
  });

  it('asks an action that reads by GET', async () => {
    const { actions, portico } = notes();
    const client = createTestClient(portico, { clientAddress: '203.0.113.9' });
    const { data } = await client.rpc(actions.notes.whoami, { greeting: 'Hello' }, { method: 'GET' });
    expect(data).toEqual({ text: 'Hello 203.0.113.9', visits: 0 });
  });

  it('keeps cookies from call to call, and each client its own', async () => {
    const { actions, portico } = notes();
    const client = createTestClient(portico);
    await client.rpc(actions.notes.count);
    expect((await client.rpc(actions.notes.count)).data).toBe(2);
    expect((await createTestClient(portico).rpc(actions.notes.count)).data).toBe(1);
    expect([...client.cookies.keys()]).toEqual(['portico']);
  });
});

describe('form', () => {
  it('posts to its page and follows the redirect, keeping the way there', async () => {
    const { actions, portico, pages, saved } = notes();
    const client = createTestClient(portico, { pages });
    const answer = await client.form(
      actions.notes.saveNote,
      { title: 'Hello', tags: ['a', 'b'] },
      { page: '/new?draft=1' },
    );
    expect(answer.url.pathname).toBe('/notes/first');
    expect(answer.text).toBe('notice: Note saved.');
    expect(answer.history.map(({ status, url }) => [status, url.pathname + url.search])).toEqual([
      [303, '/new?draft=1&_action=notes.saveNote'],
    ]);
    expect(saved).toEqual([{ title: 'Hello', tags: ['a', 'b'] }]);
  });

  it('renders the page again after a failure', async () => {
    const { actions, portico, pages } = notes();
    const answer = await createTestClient(portico, { pages }).form(actions.notes.saveNote, { title: 'x' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('"title"');
    expect(answer.history).toEqual([]);
  });

  it('sends files as multipart', async () => {
    const { actions, portico, saved } = notes();
    const photo = new File(['pixels'], 'me.png', { type: 'image/png' });
    await createTestClient(portico, { follow: false }).form(actions.notes.saveNote, {
      title: 'Hello',
      photo,
    });
    const { photo: received } = saved[0] as { photo: File };
    expect([received.name, received.size]).toEqual(['me.png', 6]);
  });

  it('does not follow a redirect to another site', async () => {
    const { actions, portico } = notes();
    const answer = await createTestClient(portico).form(actions.notes.leave);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://elsewhere.example/']);
  });

  it('gives up after ten redirects', async () => {
    const { actions, portico, pages } = notes();
    await expect(createTestClient(portico, { pages }).form(actions.notes.spin)).rejects.toThrow(
      /more than 10 redirects.*\/spin/,
    );
  });
});

describe('controller', () => {
  it.each([
    ['the action', (actions: ReturnType<typeof notes>['actions']) => actions.notes.saveNote],
    ['its name', () => 'notes/save-note'],
  ])('takes %s', async (_what, which) => {
    const { actions, portico } = notes();
    const answer = await createTestClient(portico).controller(
      which(actions),
      { title: 'Hello' },
      { json: true },
    );
    expect(answer.json()).toMatchObject({ slug: 'first', message: 'Note saved.', redirect: '/notes/first' });
  });

  it('sends JSON to an action that takes nothing else, and where it is told to', async () => {
    const { actions, portico } = notes();
    const client = createTestClient(portico);
    expect((await client.controller(actions.notes.count, {}, { json: true })).json()).toMatchObject({
      data: 1,
    });
    const answer = await client.controller(
      'notes/save-note',
      { title: 'Hello', tags: ['a'] },
      { json: true, send: 'json' },
    );
    expect(answer.status).toBe(200);
  });

  it('asks by GET with the fields in the query', async () => {
    const { portico } = notes();
    const answer = await createTestClient(portico).controller(
      'notes/whoami',
      { greeting: 'Oi' },
      { method: 'GET' },
    );
    expect(answer.json()).toMatchObject({ text: 'Oi 127.0.0.1' });
  });

  it('posts to a page with the action in the body', async () => {
    const { actions, portico, pages } = notes();
    const client = createTestClient(portico, { pages });
    const answer = await client.controller(actions.notes.saveNote, { title: 'x' }, { page: '/new' });
    expect([answer.status, answer.url.pathname]).toEqual([422, '/new']);
  });

  it('says where it comes from', async () => {
    const { actions, portico, pages } = notes();
    const client = createTestClient(portico, { pages });
    const answer = await client.controller(actions.notes.saveNote, { title: 'x' }, { from: '/new' });
    expect([answer.history[0]?.status, answer.url.pathname]).toEqual([303, '/new']);
    expect(answer.text).toContain('"title"');
  });

  it('finds an app below a base', async () => {
    const { actions, portico } = notes({ base: '/shop' });
    const client = createTestClient(portico, { baseUrl: 'https://example.com/shop' });
    expect((await client.controller(actions.notes.whoami, {}, { method: 'GET' })).status).toBe(200);
    expect((await client.rpc(actions.notes.count)).data).toBe(1);
  });
});

describe('what waits for the visitor', () => {
  it('reads flashes without using them up', async () => {
    const { actions, portico, pages } = notes();
    const client = createTestClient(portico, { pages, follow: false });
    await client.form(actions.notes.saveNote, { title: 'Hello' });
    expect(await client.flashes()).toEqual({ notice: 'Note saved.' });
    expect(await client.flashes()).toEqual({ notice: 'Note saved.' });
    expect((await client.get('/notes/first')).text).toBe('notice: Note saved.');
    expect(await client.flashes()).toEqual({});
  });

  it('reads anything else a page could read', async () => {
    const { actions, portico } = notes();
    const client = createTestClient(portico);
    await client.rpc(actions.notes.count);
    expect(await client.read((ctx) => ctx.session.get('visits'))).toBe(1);
  });

  it('says so where middleware shows no page', async () => {
    const portico = createPortico({ use: [() => new Response('closed', { status: 503 })] });
    await expect(createTestClient(portico).flashes()).rejects.toThrow(/answered 503 itself/);
  });
});

describe('who the visitor is', () => {
  it.each([
    ['same-origin' as const, 'auto' as const, 200],
    ['cross-site' as const, 'auto' as const, 403],
    ['cross-site' as const, 'origin' as const, 403],
    ['program' as const, 'auto' as const, 403],
  ])('%s with a cookie under csrf: %s gets %i', async (visitor, csrf, status) => {
    const { actions, portico } = notes({ csrf });
    const client = createTestClient(portico, { visitor });
    client.cookies.set('seen', '1');
    const { error } = await client.rpc(actions.notes.count);
    expect(error?.status ?? 200).toBe(status);
  });

  it('has a token where the app asks for one', async () => {
    const { portico } = notes({ csrf: 'token' });
    const ways = [{ json: true }, { json: true, send: 'json' }, { page: '/notes' }] as const;
    for (const way of ways) {
      const client = createTestClient(portico, { follow: false });
      const saves = (fields: object, headers = {}): Promise<number> =>
        client
          .controller('notes/save-note', { title: 'Hello', tags: [], ...fields }, { ...way, headers })
          .then((answer) => answer.status);
      const brought = await saves({});
      expect([way, brought]).toEqual([way, 'page' in way ? 303 : 200]);
      expect(await saves({}, { 'x-csrf-token': await client.csrfToken() })).toBe(brought);
      expect(await saves({}, { 'x-csrf-token': 'forged' })).toBe(400);
    }
    const client = createTestClient(portico, { follow: false });
    expect((await client.form(portico.actions.notes.saveNote, { title: 'Hello' })).status).toBe(303);
    expect(
      (await client.form(portico.actions.notes.saveNote, { title: 'Hello', PORTICO_CSRF_TOKEN: 'forged' }))
        .status,
    ).toBe(403);
    const stranger = createTestClient(portico, { visitor: 'cross-site' });
    expect((await stranger.form(portico.actions.notes.saveNote, { title: 'Hello' })).status).toBe(403);
  });
});
