import { createPortico, defineAction, type PorticoUser } from 'portico';
import { createClient, isInputError } from 'portico/client';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyFor, DOORS, ROUTES, type Door } from '../security/doors.ts';
import { serve } from '../support/serve.ts';
import { check, type Verdict } from './check.ts';

async function site() {
  const saved: unknown[] = [];
  const shown: string[] = [];
  const portico = createPortico({
    actions: {
      notes: {
        save: defineAction({
          accept: 'any',
          input: z.object({ title: z.string().min(3, 'Too short.'), by: z.email('No address.') }),
          access: (ctx) => !ctx.cookies.has('banned'),
          messages: { success: 'Saved.', failure: 'Not saved.' },
          redirect: '/saved',
          handler: (input) => void saved.push(input),
        }),
      },
      list: defineAction({ method: 'GET', handler: () => ['read'] }),
    },
    routes: ROUTES,
    user: (ctx) => (ctx.cookies.has('user') ? ({} as PorticoUser) : null),
  });
  const served = await serve(portico, {
    pages(request) {
      shown.push(new URL(request.url).pathname);
      return new Response(JSON.stringify(portico.context(request).flash.all()), {
        headers: { 'content-type': 'text/html' },
      });
    },
  });
  return { ...served, saved, shown };
}

type Site = Awaited<ReturnType<typeof site>>;

/** A browser's form asks for a page; a live form that forgets to say otherwise gets no page either. */
function ask(
  { agent }: Site,
  door: Door,
  fields: Record<string, string>,
  only?: string,
  headers: Record<string, string> = {},
): Promise<Verdict> {
  const { body, type } = bodyFor(door, fields);
  return check(agent(), door.path, body, only, {
    headers: { 'content-type': type, accept: 'text/html', ...headers },
  });
}

describe.each(DOORS)('at the door $name', (door) => {
  it('what is right is 204, and nothing was done', async () => {
    const app = await site();
    const { status, body, headers } = await ask(app, door, { title: 'Pots', by: 'ada@example.org' });
    expect([status, body]).toEqual([204, undefined]);
    expect([headers.get('precognition'), headers.get('precognition-success')]).toEqual(['true', 'true']);
    expect([headers.get('vary'), headers.get('cache-control')]).toEqual(['Precognition', 'no-store']);
    expect([headers.getSetCookie(), app.saved, app.shown]).toEqual([[], [], []]);
  });

  it('what is wrong is 422 with the errors by field', async () => {
    const app = await site();
    const { status, body, headers } = await ask(app, door, { title: 'P', by: 'ada' });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      type: 'ActionInputError',
      status: 422,
      message: 'The input is not valid.',
      errors: { title: ['Too short.'], by: ['No address.'] },
      fields: { title: ['Too short.'], by: ['No address.'] },
      formErrors: [],
    });
    expect([headers.get('precognition'), headers.get('precognition-success')]).toEqual(['true', null]);
    expect(headers.get('content-type')).toBe('application/json');
    expect([headers.getSetCookie(), app.saved, app.shown]).toEqual([[], [], []]);
  });

  it('only the fields that were asked about count', async () => {
    const app = await site();
    expect((await ask(app, door, { title: 'Pots' }, 'title')).status).toBe(204);
    const { status, body } = await ask(app, door, { title: 'P' }, 'title');
    expect([status, body?.['errors']]).toEqual([422, { title: ['Too short.'] }]);
    expect(app.saved).toEqual([]);
  });

  it('who may not come in is told so as ever, in JSON', async () => {
    const app = await site();
    const guest = await ask(app, door, { title: 'P' }, 'title', { cookie: 'banned=1' });
    expect([guest.status, guest.body]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
    const user = await ask(app, door, { title: 'P' }, 'title', { cookie: 'banned=1; user=1' });
    expect([user.status, user.body]).toMatchObject([403, { code: 'FORBIDDEN' }]);
    expect([guest, user].map(({ headers }) => headers.get('precognition'))).toEqual(['true', 'true']);
    expect(app.shown).toEqual([]);
  });

  it('a forgery is refused as ever, in JSON', async () => {
    const app = await site();
    const { status, body, headers } = await ask(app, door, { title: 'Pots' }, 'title', {
      'sec-fetch-site': 'cross-site',
      cookie: 'user=1',
    });
    expect([status, body?.['code']]).toEqual([door.isController ? 400 : 403, 'CSRF_FAILED']);
    expect([headers.get('precognition'), headers.getSetCookie(), app.shown]).toEqual(['true', [], []]);
  });

  it('without the header the form is sent, and the page that follows finds its flash', async () => {
    const app = await site();
    const { body, type } = bodyFor(door, { title: 'Pots', by: 'ada@example.org' });
    const response = await app.agent().post(door.path, body, { headers: { 'content-type': type } });
    expect([response.ok || response.status === 303, response.headers.get('precognition')]).toEqual([
      true,
      null,
    ]);
    expect(app.saved).toEqual([{ title: 'Pots', by: 'ada@example.org' }]);
  });
});

describe('the header', () => {
  it.each(['false', '1', ''])('counts as %j not', async (value) => {
    const app = await site();
    const note = { title: 'Pots', by: 'ada@example.org' };
    await app.agent().post('/_actions/notes.save', note, { headers: { precognition: value } });
    expect(app.saved).toEqual([note]);
  });

  it.each(['/_actions/list', '/actions/list'])('means nothing where %s is read', async (path) => {
    const app = await site();
    const response = await app.agent().get(path, { headers: { precognition: 'true' } });
    expect([response.status, response.headers.get('precognition')]).toEqual([200, null]);
    expect(JSON.stringify(await response.json())).toContain('read');
  });

  it('means nothing where a page of the host is posted to', async () => {
    const app = await site();
    const form = new URLSearchParams({ q: 'pots' });
    const response = await app.agent().post('/search', form, { headers: { precognition: 'true' } });
    expect([response.status, response.headers.get('precognition'), app.shown]).toEqual([
      200,
      null,
      ['/search'],
    ]);
  });

  it.each([
    ['/_actions/nope', 404, 'NOT_FOUND'],
    ['/actions/nope/nope', 404, 'NOT_FOUND'],
    ['/page?_action=nope', 404, 'NOT_FOUND'],
    ['/actions/list', 400, 'METHOD_NOT_ALLOWED'],
    ['/actions/notes%/save', 400, 'BAD_REQUEST'],
  ])('has %s refused in JSON, too', async (path, status, code) => {
    const app = await site();
    const told = await check(app.agent(), path, new URLSearchParams({ a: 'b' }));
    expect([told.status, told.body?.['code'], told.headers.get('precognition')]).toEqual([
      status,
      code,
      'true',
    ]);
    expect(app.shown).toEqual([]);
  });
});

it('a typed call with the header gets the errors it knows', async () => {
  const { url, saved } = await site();
  const client = createClient<{ notes: { save: ReturnType<typeof defineAction> } }>({
    baseUrl: url,
    headers: { precognition: 'true', 'precognition-validate-only': 'title' },
  });
  const { error } = await client.notes.save({ title: 'P' });
  expect(isInputError(error) && error.fields).toEqual({ title: ['Too short.'] });
  expect(await client.notes.save({ title: 'Pots' })).toEqual({ data: undefined, error: undefined });
  expect(saved).toEqual([]);
});
