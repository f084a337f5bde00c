import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { databaseKinds, type DatabaseKind } from '../support/databases.ts';
import { openSite, pageOf, type Answer, type Visitor } from '../support/site.ts';
import type { Fields } from '../support/visitor.ts';
import { actionPaths } from '../security/attack-tools.ts';
import {
  ACTION_CALLS,
  CALL_OPTIONS,
  NEW_PASSWORD,
  newAddress,
  sendAction,
  type Caller,
  type Door,
} from './action-calls.ts';
import { fragileDatabase, OUTAGES, type Outage } from './outages.ts';

// A visitor is told within two seconds. A machine that is busy with other tests gets some more before it counts as hanging.
const GUARD_MS = 5000;
const DOORS: readonly Door[] = ['json', 'html', 'page', 'rpc'];

interface Scene extends Caller {
  readonly outage: Outage;
  readonly guest: Visitor;
}

async function setUp(kind: DatabaseKind, name: string): Promise<Scene> {
  const { url, outage, drop } = await fragileDatabase(kind);
  const app = await openSite(kind, { ...CALL_OPTIONS, database: url });
  onTestFinished(async () => {
    await app.close();
    await drop();
    expect(app.transcript.leaks()).toEqual([]);
  });
  const { id, email } = await app.user({ admin: true });
  const visitor = await app.login({ email }, { elevated: true });
  return { app, outage: outage(name), guest: app.visitor(), admin: { id, loginName: email }, visitor };
}

interface Prepared {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Fields;
}

async function prepareAll(scene: Scene): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  for (const [action, { method, fields }] of Object.entries(ACTION_CALLS))
    prepared.push({ action, method, fields: await fields(scene) });
  // A sender that sleeps does not wake up in the middle of the outage.
  await scene.app.site.housekeep();
  return prepared;
}

interface Seen {
  readonly call: string;
  readonly action: string;
  readonly answer: Answer;
}

/** Sends each action by each door, all at once. Rejects if one of them hangs. */
function sendAll(visitor: Visitor, token: string, calls: readonly Prepared[]): Promise<readonly Seen[]> {
  return Promise.all(
    calls.flatMap(({ action, method, fields }) =>
      DOORS.map(async (door): Promise<Seen> => {
        const signal = AbortSignal.timeout(GUARD_MS);
        const answer = await sendAction(visitor, action, method, fields, { door, token, signal });
        return { call: `${door} ${action}`, action, answer };
      }),
    ),
  );
}

/** Looks at pages, and posts a form to one, all at once. */
function lookAround(visitor: Visitor, token: string): Promise<readonly Seen[]> {
  const headers = { accept: 'text/html' };
  const body = new URLSearchParams({ action: 'users/logout', PORTICO_CSRF_TOKEN: token });
  const requests: ReadonlyArray<readonly [path: string, init: RequestInit]> = [
    ...['/', '/page', '/page/members', '/login', '/logout'].map((path) => [path, { headers }] as const),
    ['/page', { method: 'POST', body, headers }],
  ];
  return Promise.all(
    requests.map(async ([path, init]) => {
      const call = `${init.method ?? 'GET'} ${path}`;
      const answer = await visitor.send(path, { ...init, signal: AbortSignal.timeout(GUARD_MS) });
      return { call, action: '', answer };
    }),
  );
}

/** A monitor asks, which knows no cookies. */
async function health(origin: string): Promise<number> {
  const url = `${origin}/actions/app/health-check`;
  return (await fetch(url, { signal: AbortSignal.timeout(GUARD_MS) })).status;
}

const statuses = (seen: readonly Seen[]): Record<string, number> =>
  Object.fromEntries(seen.map(({ call, answer }) => [call, answer.status]));

const all = (seen: readonly Seen[], status: number): Record<string, number> =>
  Object.fromEntries(seen.map(({ call }) => [call, status]));

function expectTold(seen: readonly Seen[]): void {
  for (const { call, answer } of seen) {
    if (answer.status !== 503) continue;
    expect(answer.text, call).toMatch(/cannot reach its data|cannot be reached/);
    expect(answer.headers.getSetCookie(), call).toEqual([]);
  }
}

async function expectSignedIn({ visitor, admin }: Scene): Promise<void> {
  expect((await visitor.read('users/session-info')).json).toMatchObject({ isGuest: false, id: admin.id });
  expect(pageOf(await visitor.get('/page')).user).toMatchObject({ id: admin.id });
}

/** Every action once more, with what it needs: as if nothing had been. */
async function expectAllAnswer(scene: Scene): Promise<void> {
  const isLast = (action: string): number => Number(action === 'users/logout');
  let { visitor } = scene;
  for (const action of Object.keys(ACTION_CALLS).toSorted((a, b) => isLast(a) - isLast(b))) {
    const { method, fields, status = 200 } = ACTION_CALLS[action] ?? {};
    if (method === undefined || fields === undefined) continue;
    const options = { door: 'json', token: await visitor.token() } as const;
    const answer = await sendAction(visitor, action, method, await fields(scene), options);
    expect(`${action}: ${answer.status}`, answer.text).toBe(`${action}: ${status}`);
    // Whoever is somebody else by now, or nobody, comes back.
    if (/impersonate|set-password|verify-email/.test(action))
      visitor = await scene.app.login({ email: scene.admin.loginName }, { elevated: true });
  }
}

/** What a guest is answered without the database. */
const WITHOUT_DATA = new Set([
  'addresses/countries',
  'addresses/format',
  'users/session-info',
  'users/logout',
  'users/user-photo',
]);

test('there is a call for every action', async () => {
  const app = await openSite('sqlite');
  onTestFinished(app.close);
  expect(Object.keys(ACTION_CALLS)).toEqual(actionPaths(app.site.actions).toSorted());
});

describe.each(databaseKinds)('without its database (%s)', (kind) => {
  const options = { timeout: 60_000 };

  describe.each(OUTAGES[kind])('since %s', (name) => {
    test('whoever is signed in is told so everywhere, stays signed in, and goes on', options, async () => {
      const scene = await setUp(kind, name);
      const { app, outage, visitor } = scene;
      const calls = await prepareAll(scene);
      const token = await visitor.token();
      const cookies = new Map(visitor.cookies);

      await outage.begin();
      const [actions, pages, status] = await Promise.all([
        sendAll(visitor, token, calls),
        lookAround(visitor, token),
        health(app.origin),
      ]);
      await outage.end();

      const seen = [...actions, ...pages];
      if (outage.isReadable === true) {
        for (const { call, answer } of seen)
          expect([200, 204, 303, 304, 400, 404, 503], call).toContain(answer.status);
        expect(seen.filter(({ answer }) => answer.status === 503).length).toBeGreaterThan(20);
      } else {
        expect(statuses(seen)).toEqual(all(seen, 503));
        expect(status).toBe(503);
      }
      expectTold(actions.filter(({ action }) => action !== 'app/health-check'));
      expectTold(pages);
      expect(visitor.cookies).toEqual(cookies);

      await vi.waitFor(() => app.site.services.database.ping());
      await expectSignedIn(scene);
      expect(await health(app.origin)).toBe(200);
      await expectAllAnswer(scene);
    });

    test('a guest gets no error of another kind, and keeps what the cookie holds', options, async () => {
      const scene = await setUp(kind, name);
      const { outage, guest } = scene;
      const registration = { email: newAddress(), password: NEW_PASSWORD };
      const calls = (await prepareAll(scene)).map((call) =>
        call.action === 'users/save-user' ? { ...call, fields: registration } : call,
      );
      const token = await guest.token();
      const cookies = [...guest.cookies.keys()];

      await outage.begin();
      const seen = await sendAll(guest, token, calls);
      await outage.end();

      for (const { call, action, answer } of seen) {
        if (outage.isReadable === true) expect(answer.status, call).not.toBe(500);
        else if (answer.status !== 401 && !WITHOUT_DATA.has(action))
          expect(answer.status, `${call} ${answer.text}`).toBe(503);
      }
      for (const action of ['users/login', 'users/save-user', 'users/set-password', 'users/verify-email'])
        for (const door of DOORS) expect(statuses(seen)[`${door} ${action}`], `${door} ${action}`).toBe(503);
      expectTold(seen.filter(({ action }) => action !== 'app/health-check'));
      expect([...guest.cookies.keys()]).toEqual(cookies);
    });
  });
});
