import {
  ActionError,
  createMemorySessionStore,
  createPortico,
  defineAction,
  getActionContext,
  type ActionMiddleware,
  type PorticoOptions,
} from 'portico';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../support/serve.ts';
import { check } from './check.ts';

const input = z.object({ title: z.string().min(3, 'Too short.'), by: z.email('No address.') });
const RIGHT = { title: 'Pots', by: 'ada@example.org' };

type Rules = Partial<Pick<Parameters<typeof defineAction>[0], 'use' | 'limit' | 'body' | 'once'>>;

async function site(rules: Rules = {}, options: Omit<PorticoOptions, 'actions'> = {}) {
  const calls: unknown[] = [];
  const errors: unknown[] = [];
  const save = defineAction({
    accept: 'any',
    input,
    ...(rules as object),
    handler: (given) => void calls.push(given),
  });
  const log = defineAction({ handler: () => 'logged' });
  const portico = createPortico({
    actions: { save, log },
    onError: (error) => void errors.push(error),
    ...options,
  });
  return { ...(await serve(portico)), calls, errors, log };
}

describe("an action's middleware", () => {
  it('runs around nothing, and knows it', async () => {
    const seen: unknown[] = [];
    const watch: ActionMiddleware = async (ctx, next) => {
      seen.push(ctx.isPrecognitive, await next());
    };
    const { agent, calls } = await site({ use: [watch] });
    expect((await check(agent(), '/_actions/save', RIGHT)).status).toBe(204);
    expect([seen, calls]).toEqual([[true, undefined], []]);
    await agent().post('/_actions/save', RIGHT);
    expect([seen, calls]).toEqual([[true, undefined, false, undefined], [RIGHT]]);
  });

  it('is not asked as long as a field that counts is wrong', async () => {
    const seen: string[] = [];
    const { agent } = await site({ use: [(_ctx, next) => (seen.push('ran'), next())] });
    expect((await check(agent(), '/_actions/save', { title: 'P' }, 'title')).status).toBe(422);
    expect(seen).toEqual([]);
    expect((await check(agent(), '/_actions/save', { title: 'Pots' }, 'title')).status).toBe(204);
    expect(seen).toEqual(['ran']);
  });

  it('refuses with an error, which is the answer', async () => {
    const full = new ActionError({ code: 'CONFLICT', message: 'The list is full.', data: { size: 9 } });
    const { agent } = await site({ use: [() => Promise.reject(full)] });
    for (const path of ['/_actions/save', '/actions/save']) {
      const told = await check(agent(), path, RIGHT, 'title');
      expect([told.status, told.body]).toMatchObject([
        409,
        { code: 'CONFLICT', message: 'The list is full.' },
      ]);
      expect(told.headers.get('precognition')).toBe('true');
    }
  });

  it('breaks without telling how', async () => {
    const broken = new Error('secret of the database');
    const { agent, errors } = await site({ use: [() => Promise.reject(broken)] });
    const { status, body } = await check(agent(), '/_actions/save', RIGHT);
    expect([status, errors]).toEqual([500, [broken]]);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('answers itself, and that is the answer', async () => {
    const { agent } = await site({ use: [() => Response.json({ own: true }, { status: 418 })] });
    const { status, body, headers } = await check(agent(), '/actions/save', RIGHT);
    expect([status, body]).toEqual([418, { own: true }]);
    expect([headers.get('precognition'), headers.get('precognition-success')]).toEqual(['true', null]);
  });

  it.each([
    ['title', 422, { title: ['Taken.'] }],
    ['by', 204, undefined],
    [undefined, 422, { title: ['Taken.'] }],
  ])('has an input error of its own judged by the fields asked about: %s', async (only, status, errors) => {
    const taken: ActionMiddleware = () => {
      const issue = { message: 'Taken.', path: ['title'] };
      const failing = z
        .custom<never>()
        .superRefine((_value, ctx) => ctx.addIssue({ code: 'custom', ...issue }));
      return validated(failing);
    };
    const { agent } = await site({ use: [taken] });
    const told = await check(agent(), '/_actions/save', RIGHT, only);
    expect([told.status, told.body?.['errors']]).toEqual([status, errors]);
  });
});

/** The error of a call in process with an input that its schema refuses. */
async function validated(schema: z.ZodType): Promise<never> {
  const action = defineAction({ input: schema, decode: {}, handler: () => undefined });
  const { error } = await createPortico({ actions: { action } }).call(action, {} as never);
  throw error as Error;
}

describe("the app's middleware", () => {
  it('runs as for every request, and has the check for a result', async () => {
    const results: unknown[] = [];
    const { agent, calls } = await site(
      {},
      {
        use: [
          async (ctx, next) => {
            const { error } = (await getActionContext(ctx).action?.handler()) ?? {};
            results.push([ctx.isPrecognitive, error?.code]);
            return next();
          },
        ],
      },
    );
    expect((await check(agent(), '/_actions/save', RIGHT)).status).toBe(204);
    expect((await check(agent(), '/_actions/save', { title: 'P' }, 'title')).status).toBe(422);
    expect([results, calls]).toEqual([
      [
        [true, undefined],
        [true, 'BAD_REQUEST'],
      ],
      [],
    ]);
  });

  it('sets a result that no page finds afterwards', async () => {
    const { agent, calls } = await site(
      {},
      {
        use: [
          (ctx, next) => {
            const { action, setActionResult, serializeActionResult } = getActionContext(ctx);
            if (action)
              setActionResult(action.name, serializeActionResult({ data: 'own', error: undefined }));
            return next();
          },
        ],
      },
    );
    const { status, headers } = await check(agent(), '/page?_action=save', new URLSearchParams(RIGHT));
    expect([status, headers.getSetCookie(), calls]).toEqual([204, [], []]);
  });

  it('calls actions that do run, and that know it', async () => {
    const seen: unknown[] = [];
    const note = defineAction({
      use: [(ctx, next) => (seen.push(ctx.isPrecognitive), next())],
      handler: () => void seen.push('noted'),
    });
    const save = defineAction({
      input,
      use: [(ctx, next) => ctx.call(note).then(next)],
      handler: () => null,
    });
    const { agent } = await serve(createPortico({ actions: { note, save } }));
    expect((await check(agent(), '/_actions/save', RIGHT)).status).toBe(204);
    expect(seen).toEqual([false, 'noted']);
  });

  it('that fails is answered in JSON', async () => {
    const { agent } = await site({}, { use: [() => Promise.reject(new Error('broken'))] });
    const form = new URLSearchParams(RIGHT);
    const { status, body, headers } = await check(agent(), '/page?_action=save', form);
    expect([status, body?.['code'], headers.get('precognition')]).toEqual([
      500,
      'INTERNAL_SERVER_ERROR',
      'true',
    ]);
  });
});

describe('limits', () => {
  const statuses = async (count: number, ask: () => Promise<{ status: number }>): Promise<number[]> => {
    const found: number[] = [];
    for (let made = 0; made < count; made++) found.push((await ask()).status);
    return found;
  };

  it('by address count in a window of their own, ten times as wide', async () => {
    const { agent, calls } = await site({ limit: { points: 2, seconds: 60, by: 'ip' } });
    const visitor = agent();
    expect(new Set(await statuses(20, () => check(visitor, '/_actions/save', RIGHT)))).toEqual(
      new Set([204]),
    );
    const refused = await check(visitor, '/_actions/save', RIGHT);
    expect([refused.status, refused.headers.get('precognition')]).toEqual([429, 'true']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // Nothing of it was taken from those who send the form.
    expect(await statuses(3, () => visitor.post('/_actions/save', RIGHT))).toEqual([204, 204, 429]);
    expect(calls.length).toBe(2);
  });

  it('by input count what is done, not what is asked', async () => {
    const keys: string[] = [];
    const by = (_ctx: unknown, { title }: { title: string }): string => (keys.push(title), title);
    const { agent } = await site({ limit: { points: 1, seconds: 60, by: by as never } });
    const visitor = agent();
    expect(await statuses(3, () => check(visitor, '/_actions/save', RIGHT))).toEqual([204, 204, 204]);
    expect(keys).toEqual([]);
    expect(await statuses(2, () => visitor.post('/_actions/save', RIGHT))).toEqual([204, 429]);
  });

  it('of the body hold', async () => {
    const { agent } = await site({ body: { maxBytes: 100 } });
    const large = { ...RIGHT, more: 'x'.repeat(200) };
    const { status, body } = await check(agent(), '/_actions/save', large, 'title');
    expect([status, body?.['code']]).toEqual([413, 'CONTENT_TOO_LARGE']);
  });

  it.each([
    ['malformed JSON', '{"title":', { 'content-type': 'application/json' }, 400],
    ['another type', '<title>', { 'content-type': 'text/xml' }, 415],
    ['a forbidden name', '__proto__[a]=1', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
  ])('%s is refused as ever', async (_case, body, headers, status) => {
    const { agent } = await site();
    expect((await check(agent(), '/_actions/save', body, 'title', { headers })).status).toBe(status);
  });
});

describe('once', () => {
  it('leaves the id of a submission to the submission', async () => {
    const { agent, calls } = await site({ once: true });
    const visitor = agent();
    const init = { headers: { 'idempotency-key': 'the-same-id-for-both-0001' } };
    expect((await check(visitor, '/_actions/save', RIGHT, 'title', init)).status).toBe(204);
    expect((await visitor.post('/_actions/save', RIGHT, init)).status).toBe(204);
    expect(calls).toEqual([RIGHT]);
  });

  it('asks nobody for an id who only asks', async () => {
    const { agent } = await site({ once: 'required' });
    expect((await check(agent(), '/_actions/save', RIGHT)).status).toBe(204);
  });
});

describe('what is Portico’s in a form', () => {
  it('the button of a list edits nothing', async () => {
    const { agent, calls } = await site();
    const form = new URLSearchParams({ ...RIGHT, title: 'P', _list: 'add:items', _form: 'left' });
    const { status, body } = await check(agent(), '/page?_action=save', form, 'title');
    expect([status, body?.['errors'], calls]).toEqual([422, { title: ['Too short.'] }, []]);
  });

  it('a changed signature is refused', async () => {
    const { agent } = await site();
    const form = new URLSearchParams({ ...RIGHT, redirect: '/evil' });
    const { status, body } = await check(agent(), '/page?_action=save', form, 'title');
    expect([status, body?.['message']]).toEqual([400, expect.stringContaining('redirect is not signed')]);
  });

  it('a token is asked for where one is due, and the one that comes with the refusal fits', async () => {
    const { agent, calls } = await site({}, { csrf: 'token' });
    const visitor = agent();
    const refused = await check(visitor, '/actions/save', RIGHT, 'title');
    expect([refused.status, refused.body?.['code']]).toEqual([400, 'CSRF_FAILED']);
    const token = refused.body?.['csrfTokenValue'] as string;
    const told = await check(visitor, '/actions/save', { ...RIGHT, PORTICO_CSRF_TOKEN: token }, 'title');
    expect([told.status, calls]).toEqual([204, []]);
  });
});

describe('the session', () => {
  it('is as it was', async () => {
    const store = createMemorySessionStore();
    const { agent } = await site(
      {},
      { session: { store }, forms: 'redirect', routes: { 'POST /save': 'save' } },
    );
    for (const path of ['/page?_action=save', '/save', '/actions/save']) {
      for (const body of [RIGHT, { title: 'P' }]) {
        const headers = { 'x-portico-navigates': 'always', referer: 'http://localhost/page' };
        const told = await check(agent(), path, new URLSearchParams(body), undefined, { headers });
        expect([told.headers.getSetCookie(), told.headers.get('location')]).toEqual([[], null]);
      }
    }
  });

  it('that cannot be read is an outage, told in JSON', async () => {
    const memory = createMemorySessionStore();
    let isDown = false;
    const read: typeof memory.read = (key) => (isDown ? Promise.reject(new Error('down')) : memory.read(key));
    const signIn = defineAction({ handler: (_input, ctx) => void (ctx.session.userId = 'ada') });
    const save = defineAction({ accept: 'any', input, handler: () => null });
    const { agent } = await serve(
      createPortico({
        actions: { signIn, save },
        session: { store: { ...memory, read } },
        onError: () => undefined,
      }),
    );
    const visitor = agent();
    await visitor.post('/_actions/signIn');
    isDown = true;
    const form = new URLSearchParams(RIGHT);
    const { status, body, headers } = await check(visitor, '/page?_action=save', form, 'title');
    expect([status, body?.['code'], headers.get('precognition')]).toEqual([
      503,
      'SERVICE_UNAVAILABLE',
      'true',
    ]);
  });
});

describe('files', () => {
  const album = z.object({
    title: z.string().min(3, 'Too short.'),
    cover: z.file('Choose a cover.').max(4, 'Too large.'),
    photos: z.array(z.file().max(4, 'Photo too large.')).min(1, 'Choose photos.'),
  });
  const ask = async (form: FormData, only?: string): Promise<unknown> => {
    const actions = { album: defineAction({ accept: 'any', input: album, handler: () => undefined }) };
    const { agent } = await serve(createPortico({ actions }));
    const { status, body } = await check(agent(), '/_actions/album', form, only);
    return status === 204 ? status : body?.['errors'];
  };
  const formOf = (fields: Record<string, string | Blob>): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  };
  const small = new Blob(['tiny']);
  const large = new Blob(['too large']);

  it.each<[string, Record<string, string | Blob>, string | undefined, unknown]>([
    ['that are left out are not missed', { title: 'Pots' }, undefined, 204],
    ['nor where they are asked about', { title: 'Pots' }, 'cover,photos', 204],
    ['while all else is judged', { title: 'P' }, undefined, { title: ['Too short.'] }],
    ['that are sent are judged', { title: 'Pots', cover: large }, 'cover', { cover: ['Too large.'] }],
    ['of which one is sent', { title: 'P', cover: small }, 'cover', 204],
    ['in a list', { 'photos[]': large }, 'photos', { 'photos.0': ['Photo too large.'] }],
    [
      'in a list that is left out',
      { cover: large },
      undefined,
      { title: ['Too short.'], cover: ['Too large.'] },
    ],
  ])('%s', async (_case, fields, only, expected) => {
    expect(await ask(formOf({ title: '', ...fields }), only)).toEqual(expected);
  });

  it('left out of JSON, as Laravel’s client does', async () => {
    const actions = { album: defineAction({ accept: 'any', input: album, handler: () => undefined }) };
    const { agent } = await serve(createPortico({ actions }));
    expect((await check(agent(), '/_actions/album', { title: 'Pots' })).status).toBe(204);
    const { body } = await check(agent(), '/_actions/album', { title: 'P', cover: 'no file' });
    expect(Object.keys(body?.['errors'] as object)).toEqual(['title', 'cover']);
  });
});

it('scripts of a named origin read what the answer says', async () => {
  const { agent } = await site({}, { cors: { origins: ['https://app.example'] } });
  const headers = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' };
  const { status, headers: told } = await check(agent(), '/_actions/save', RIGHT, 'title', { headers });
  expect([status, told.get('vary')]).toEqual([204, 'Precognition, Origin']);
  expect(told.get('access-control-expose-headers')).toContain('precognition-success');
});
