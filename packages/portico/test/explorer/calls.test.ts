import { describe, expect, test } from 'vitest';
import { createMemorySessionStore, createPortico, defineAction } from 'portico';
import { explorer } from 'portico/explorer';
import type { CallAnswer } from '../../src/explorer/call/call-answer.ts';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';
import { openApp, order } from './fixture.ts';

const ADA = { email: 'ada@example.org', terms: 'true' };

async function call(form: FormData, app: ReturnType<typeof openApp> = openApp()): Promise<CallAnswer> {
  const { agent } = await serve(app);
  const answer = await agent().post('/_portico/call', form);
  expect(answer.status).toBe(200);
  return (await answer.json()) as CallAnswer;
}

describe('a call through a door', () => {
  test('rpc', async () => {
    const answer = await call(order({ action: 'newsletter', door: 'rpc' }, ADA));
    expect(answer).toMatchObject({ status: 200, sent: { method: 'POST', target: '/_actions/newsletter' } });
    expect(answer.body.type).toMatch(/^application\/json\+devalue/);
    expect(JSON.parse(answer.body.text)).toEqual({
      data: { id: 'ada@example.org', since: '1970-01-01T00:00:00.000Z' },
      redirect: '/thanks',
    });
  });

  test.each(['page', 'path'])('%s: the redirect, the cookie cut short and the flash', async (door) => {
    const answer = await call(order({ action: 'newsletter', door }, ADA));
    expect(answer).toMatchObject({
      status: 303,
      steps: [{ status: 303, location: '/thanks' }],
      flashes: { notice: 'Thanks!' },
    });
    expect(answer.cookies).toEqual([expect.stringMatching(/^portico=.{12}…; /)]);
  });

  test('path, as JSON', async () => {
    const answer = await call(order({ action: 'newsletter', door: 'path-json' }, ADA));
    expect([answer.status, JSON.parse(answer.body.text)]).toEqual([
      200,
      { id: 'ada@example.org', since: '1970-01-01T00:00:00.000Z', message: 'Thanks!', redirect: '/thanks' },
    ]);
  });

  test('from server code', async () => {
    const answer = await call(order({ action: 'newsletter', door: 'server' }, ADA));
    expect([answer.sent, JSON.parse(answer.body.text)]).toEqual([
      undefined,
      { data: { id: 'ada@example.org', since: '1970-01-01T00:00:00.000Z' } },
    ]);
  });

  test('GET, with the fields in the query', async () => {
    const answer = await call(order({ action: 'shop.search' }, { q: 'shoe & sock', page: '2' }));
    expect(answer.sent).toEqual({ method: 'GET', target: '/_actions/shop.search?q=shoe+%26+sock&page=2' });
    expect(JSON.parse(answer.body.text)).toEqual({ q: 'shoe & sock', page: 2 });
  });

  test('an input that is JSON as a whole', async () => {
    const answer = await call(order({ action: 'shop.raw' }, {}, { '': { a: [1, null] } }));
    expect(JSON.parse(answer.body.text)).toEqual({ input: { a: [1, null] } });
  });
});

describe('what is wrong', () => {
  test.each(['rpc', 'page', 'path', 'path-json', 'server'])(
    'comes back by field through %s',
    async (door) => {
      const { errors } = await call(order({ action: 'newsletter', door }, { email: 'ada' }));
      expect(errors?.fields).toEqual({ email: ['Give an e-mail address.'] });
    },
  );

  test('an error of the action’s own', async () => {
    const answer = await call(order({ action: 'newsletter' }, { ...ADA, email: 'taken@example.org' }));
    expect([answer.status, answer.errors?.code]).toEqual([409, 'TAKEN']);
  });

  test.each([
    [order({ action: 'nothing' }), 404, 'There is no action nothing.'],
    [order({ action: 'newsletter', door: 'window' }), 400, 'The door must be one of'],
    [order({ action: 'newsletter', visitor: 'ghost' }), 400, 'The visitor must be one of'],
  ])('in the order itself: %#', async (form, status, problem) => {
    const { agent } = await serve(openApp());
    const answer = await agent().post('/_portico/call', form);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(problem)]);
  });

  test('JSON that is none', async () => {
    const form = order({ action: 'shop.raw' });
    form.append('json:', '{"a":');
    const { agent } = await serve(openApp());
    const answer = await agent().post('/_portico/call', form);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('The input is no JSON'),
    ]);
  });
});

test('every kind of field arrives as its type, files too', async () => {
  const fields = {
    title: 'Bread',
    qty: '3',
    exact: '12345678901234567890',
    day: '2026-01-31',
    gift: 'true',
    size: 'small',
    toppings: 'oil',
    'tags[0]': 'a',
    'items[0].name': 'flour',
    'items[0].notes[0]': 'fine',
    'address.city': 'Ulm',
    'shape.kind': 'circle',
    'shape.radius': '2',
    scan: new File(['%PDF'], 'scan.pdf'),
  };
  for (const door of ['rpc', 'path-json', 'server']) {
    const answer = await call(order({ action: 'shop.everything', door }, fields, { prices: { small: 1.5 } }));
    const body = JSON.parse(answer.body.text) as Record<string, unknown>;
    expect(body['data'] ?? body).toEqual({
      title: 'Bread',
      qty: 3,
      day: '2026-01-31T00:00:00.000Z',
      gift: true,
      size: 'small',
      toppings: ['oil'],
      tags: ['a'],
      items: [{ name: 'flour', notes: ['fine'] }],
      address: { city: 'Ulm' },
      shape: { kind: 'circle', radius: 2 },
      prices: { small: 1.5 },
      scan: 'scan.pdf',
    });
  }
});

describe('who calls', () => {
  const doors = ['rpc', 'path-json', 'server'];

  test.each(doors)('a user, through %s', async (door) => {
    const { body, notes } = await call(order({ action: 'me', door, user: '1' }));
    expect([JSON.parse(body.text), notes]).toEqual([
      door === 'server' ? { data: { me: { id: '1' } } } : { me: { id: '1' } },
      [],
    ]);
  });

  test.each(doors)('a guest, through %s', async (door) => {
    expect((await call(order({ action: 'me', door }))).errors?.code).toBe('UNAUTHORIZED');
  });

  test('somebody the app does not know is a guest, and the answer says so', async () => {
    const { errors, notes } = await call(order({ action: 'me', user: '9' }));
    expect([errors?.code, notes]).toEqual(['UNAUTHORIZED', [expect.stringContaining('knows no user 9')]]);
  });

  test('never the developer, whose own session it leaves alone', async () => {
    const app = openApp();
    const { agent } = await serve(app);
    const developer = agent();
    await developer.post('/_actions/newsletter?x', ADA);
    const asAda = await developer.post('/_portico/call', order({ action: 'me', user: '1' }));
    expect(asAda.headers.getSetCookie()).toEqual([]);
    const asGuest = (await (
      await developer.post('/_portico/call', order({ action: 'me' }))
    ).json()) as CallAnswer;
    expect(asGuest.errors?.code).toBe('UNAUTHORIZED');
  });

  test('a session of its own that is gone afterwards', async () => {
    const store = createMemorySessionStore();
    let most = 0;
    const people = { list: async () => [] };
    const app = openApp(
      { people },
      { session: { store }, use: [(_ctx, next) => ((most = Math.max(most, store.size)), next())] },
    );
    const { body } = await call(order({ action: 'me', user: '1' }), app);
    expect([JSON.parse(body.text), most, store.size]).toEqual([{ me: { id: '1' } }, 1, 0]);
  });

  test('a plugin signs in its own way, and says whom it does not know', async () => {
    const people = {
      list: async () => [],
      signIn(ctx: { session: { userId: string | undefined } }, id: string) {
        if (id !== 'two') throw new Error('There is no such user.');
        ctx.session.userId = '2';
      },
    };
    const app = openApp({ people });
    expect(JSON.parse((await call(order({ action: 'me', user: 'two' }), app)).body.text)).toEqual({
      me: { id: '2' },
    });
    const { agent } = await serve(app);
    const refused = await agent().post('/_portico/call', order({ action: 'me', user: 'one' }));
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('There is no such user.'),
    ]);
  });

  test('people are searched', async () => {
    const { agent } = await serve(openApp());
    const found = await (await agent().get('/_portico/people?q=Bo')).json();
    expect(found).toEqual({ people: [{ id: '2', label: 'Bob' }] });
  });
});

describe('where the call comes from', () => {
  test.each([
    ['same-origin', 200],
    ['cross-site', 400],
    ['program', 200],
  ])('%s, as a guest: %i', async (visitor, status) => {
    const app = openApp({}, { csrf: 'auto' });
    expect((await call(order({ action: 'newsletter', door: 'path-json', visitor }, ADA), app)).status).toBe(
      status,
    );
  });

  test('a page of the site brings a token where every form must, a program has none', async () => {
    const app = openApp({}, { csrf: 'token' });
    const statusOf = async (visitor: string): Promise<number | undefined> =>
      (await call(order({ action: 'newsletter', door: 'path-json', visitor }, ADA), app)).status;
    expect([await statusOf('same-origin'), await statusOf('program')]).toEqual([200, 400]);
  });
});

test.each(['rpc', 'page', 'path-json'])('an action that runs a submission once, through %s', async (door) => {
  let runs = 0;
  const buy = defineAction({ accept: 'form', once: 'required', redirect: '/', handler: () => void runs++ });
  const app = createPortico({ actions: { buy }, secrets: production.secrets, plugins: [explorer()] });
  const { agent } = await serve(app);
  const page = await (await agent().get('/_portico/actions/buy')).text();
  expect(page).toContain('asks for an id of the submission');
  const sent = (): FormData => order({ action: 'buy', door }, { _once: 'of the page' });
  for (let made = 1; made <= 2; made++) {
    const answer = (await (await agent().post('/_portico/call', sent())).json()) as CallAnswer;
    expect([answer.errors, runs]).toEqual([undefined, made]);
  }
});

test('an answer without end is cut', async () => {
  const endless = defineAction({
    accept: 'any',
    handler: () =>
      new Response(
        new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(65)) }),
        { headers: { 'content-type': 'text/plain' } },
      ),
  });
  const app = createPortico({ actions: { endless }, secrets: production.secrets, plugins: [explorer()] });
  const { agent } = await serve(app);
  const answer = (await (
    await agent().post('/_portico/call', order({ action: 'endless', door: 'path' }))
  ).json()) as CallAnswer;
  expect(answer.body).toMatchObject({ bytes: 1_048_576, cut: true });
});
