import { createHash } from 'node:crypto';
import { defineAction } from 'portico';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PasswordHasher } from '../../src/users/passwords/password-hasher.ts';
import { databaseKinds, freshDatabaseUrl, type DatabaseKind } from '../support/databases.ts';
import { openSite, PASSWORD, type Visitor } from '../support/site.ts';
import type { Transcript } from '../support/transcript.ts';
import { createVisitor, type Fields } from '../support/visitor.ts';
import {
  ACTION_CALLS,
  CALL_OPTIONS,
  NEW_PASSWORD,
  newAddress,
  sendAction,
  type Caller,
  type Door,
} from './action-calls.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { createReader } from './contents.ts';
import { leaksIn, type Exchange, type Secrets, type Traces } from './leaks.ts';

const WRONG = 'words that are nobody’s password';
const DOORS: readonly Door[] = ['json', 'html', 'page', 'rpc'];

interface Walk extends Traces {
  readonly secrets: Secrets;
  readonly statuses: ReadonlySet<number>;
}

/** What visitors sent and got, and what of it is secret. */
interface Record {
  readonly exchanges: Exchange[];
  readonly statuses: Set<number>;
  readonly passwordHashes: Set<string>;
  readonly sessionIds: Set<string>;
  readonly codes: Set<string>;
}

// 32 bytes in base64url.
const LINK = /[?&](?:code|token)=([\w-]{43})/;

/** Adds what goes through it to a record, and passes it on. */
function recorder(transcript: Transcript, record: Record, name: () => string): Transcript {
  return {
    ...transcript,
    record(exchange) {
      transcript.record(exchange);
      const { path, body, response, text } = exchange;
      record.statuses.add(response.status);
      record.exchanges.push({
        name: name(),
        sent: `${decodeURIComponent(path)} ${textOf(body)}`,
        headers: [...response.headers],
        body: text,
      });
      for (const cookie of response.headers.getSetCookie()) {
        const id = /^portico=([^;]{20,})/.exec(cookie)?.[1];
        if (id !== undefined) record.sessionIds.add(id);
      }
      const code = LINK.exec(text.replaceAll('&amp;', '&'))?.[1];
      if (code !== undefined) record.codes.add(code);
    },
  };
}

const digest = (value: string): string => createHash('sha256').update(value).digest('base64url');

function textOf(body: RequestInit['body'] | undefined): string {
  if (typeof body === 'string') return body;
  if (!(body instanceof FormData) && !(body instanceof URLSearchParams)) return '';
  return [...body]
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : 'a file'}`)
    .join('&');
}

/** What is wrong with a call: nothing is sent, nothing is what it should be, or the password is wrong. */
const SPOILED: ReadonlyArray<(fields: Fields) => Fields> = [
  () => ({}),
  (fields) => Object.fromEntries(Object.keys(fields).map((name) => [name, 'no such thing'])),
  (fields) => ({ ...fields, password: WRONG, newPassword: WRONG, currentPassword: WRONG, code: 'wrong' }),
];

/** Every action with success and failure, by every door, and all that is left of it. */
async function walk(kind: DatabaseKind): Promise<Walk> {
  const { url, drop } = await freshDatabaseUrl(kind);
  const app = await openSite(kind, { ...CALL_OPTIONS, database: url, maxInvalidLogins: false });
  const reader = createReader(url);
  onTestFinished(async () => {
    await reader.close();
    await app.close();
    await drop();
    expect(app.transcript.leaks()).toEqual([]);
  });
  const record: Record = {
    exchanges: [],
    statuses: new Set(),
    passwordHashes: new Set(),
    sessionIds: new Set(),
    codes: new Set(),
  };
  const passwords: PasswordHasher = {
    ...cheapPasswords,
    async hash(password) {
      const hash = await cheapPasswords.hash(password);
      record.passwordHashes.add(hash);
      return hash;
    },
  };
  Object.assign(app.site.services, { passwords });
  let current = '';
  const transcript = recorder(app.transcript, record, () => current);
  const newVisitor = (): Visitor => createVisitor(app.origin, transcript);

  async function send(visitor: Visitor, action: string, fields: Fields, door: Door): Promise<number> {
    current = `${door} ${action}`;
    for (const name of ['code', 'token']) {
      const code = fields[name];
      if (typeof code === 'string' && code.length === 43) record.codes.add(code);
    }
    const { method = 'POST' } = ACTION_CALLS[action] ?? {};
    const token = await visitor.token();
    const { status, location } = await sendAction(visitor, action, method, fields, {
      door,
      token,
      referer: `${app.origin}/page`,
    });
    // What was typed, and what came of it, waits for the next page.
    if (location !== null) await visitor.get('/page');
    return status;
  }

  const { id, email } = await app.user({ admin: true });
  const admin = { id, loginName: email };
  const plain = await app.user();

  async function signedIn(loginName: string): Promise<Caller> {
    const visitor = newVisitor();
    expect(await send(visitor, 'users/login', { loginName, password: PASSWORD }, 'json')).toBe(200);
    return { app, admin, visitor };
  }

  for (const [action, { fields, status = 200 }] of Object.entries(ACTION_CALLS)) {
    for (const door of DOORS) {
      const clumsy = await signedIn(email);
      for (const spoil of SPOILED) await send(clumsy.visitor, action, spoil(await fields(clumsy)), door);
      const caller = await signedIn(email);
      const answered = await send(caller.visitor, action, await fields(caller), door);
      if (door === 'json') expect(`${action} ${answered}`).toBe(`${action} ${status}`);
    }
    for (const { visitor } of [await signedIn(plain.email), { visitor: newVisitor() }])
      await send(visitor, action, await fields({ app, admin, visitor }), 'html');
  }
  const guest = newVisitor();
  for (const door of DOORS) {
    const registration = { email: newAddress(), password: NEW_PASSWORD };
    await send(guest, 'users/save-user', registration, door);
    await send(guest, 'users/save-user', { ...registration, password: WRONG }, door);
    await send(guest, 'users/send-password-reset-email', { loginName: email }, door);
  }

  await app.site.housekeep();
  for (const { text } of app.post.mails) {
    const code = LINK.exec(text)?.[1];
    if (code !== undefined) record.codes.add(code);
  }
  const { codes, sessionIds, passwordHashes } = record;
  return {
    exchanges: record.exchanges,
    logs: app.logs,
    contents: await reader.read(),
    statuses: record.statuses,
    secrets: {
      passwords: new Set([PASSWORD, NEW_PASSWORD, WRONG]),
      passwordHashes,
      codes,
      sessionIds,
      digests: new Set([...codes, ...sessionIds].map(digest)),
    },
  };
}

const NO_SECRETS: Secrets = {
  passwords: new Set(),
  passwordHashes: new Set(),
  codes: new Set(),
  sessionIds: new Set(),
  digests: new Set(),
};

describe.each(databaseKinds)('secrets (%s)', (kind) => {
  test('are nowhere but where they belong, whatever is done', { timeout: 120_000 }, async () => {
    const walked = await walk(kind);
    const { secrets, contents, statuses } = walked;
    expect(leaksIn(walked, secrets)).toEqual([]);

    // It has seen what it is about.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 303, 400, 401, 403, 404, 422]));
    expect(statuses).not.toContain(500);
    for (const known of Object.values(secrets)) expect(known.size).toBeGreaterThan(2);
    const stored = JSON.stringify(contents);
    for (const known of [secrets.passwordHashes, secrets.digests])
      expect([...known].some((value) => stored.includes(value))).toBe(true);
    // Mails that were sent have lost their text, and with it the code.
    expect(contents['outbox']?.length).toBeGreaterThan(10);
    expect(contents['outbox']?.filter(({ message }) => message !== null)).toEqual([]);
  });
});

describe('the search for secrets', () => {
  const HASH =
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$dGFndGFndGFndGFndGFndGFndGFndGFndGFndGFndGE';
  const CODE = 'c'.repeat(43);
  const SESSION = 's'.repeat(43);
  const secrets: Secrets = {
    passwords: new Set([PASSWORD]),
    passwordHashes: new Set([HASH]),
    codes: new Set([CODE]),
    sessionIds: new Set([SESSION]),
    digests: new Set(['d'.repeat(43)]),
  };
  const answer = (body: string, headers: Exchange['headers'] = []): Partial<Traces> => ({
    exchanges: [{ name: 'json users/login', sent: `{"password":"${PASSWORD}"}`, headers, body }],
  });
  const PLANTED: ReadonlyArray<[string, Partial<Traces>]> = [
    ['a password in an answer', answer(JSON.stringify({ password: PASSWORD }))],
    ['a password in a redirect', answer('', [['location', `/?p=${encodeURIComponent(PASSWORD)}`]])],
    ['a password in a form that is shown again', answer(`<input value="${PASSWORD}">`)],
    ['a password in a cookie', answer('', [['set-cookie', `kept=${encodeURIComponent(PASSWORD)}; Path=/`]])],
    [
      'a password in a cookie that anybody can decode',
      answer('', [
        ['set-cookie', `kept=${Buffer.from(`{"p":"${PASSWORD}"}`).toString('base64url')}; Path=/`],
      ]),
    ],
    ['a password hash in an answer', answer(`{"passwordHash":"${HASH}"}`)],
    ['a part of a password hash', answer(`{"tag":"${HASH.split('$').at(-1)}"}`)],
    ['a code in the answer to somebody who did not send it', answer(`/set?code=${CODE}`)],
    ['a session id in an answer', answer(`{"session":"${SESSION}"}`)],
    ['a key of the database', answer(`{"key":"${'d'.repeat(43)}"}`)],
    ['a password in a log', { logs: [`error login failed {"password":"${PASSWORD}"}`] }],
    ['a password hash in a log', { logs: [`Failing row contains (1, ${HASH})`] }],
    ['a code in a log', { logs: [`GET /setpassword?code=${CODE}`] }],
    ['a session id in a log', { logs: [`cookie: portico=${SESSION}`] }],
    ['a code in a mail that was sent', { contents: { outbox: [{ message: `{"text":"?code=${CODE}"}` }] } }],
    ['a code in clear', { contents: { verification_codes: [{ hash: CODE }] } }],
    ['a session id in clear', { contents: { sessions: [{ key: SESSION }] } }],
    ['a password in a session', { contents: { sessions: [{ data: JSON.stringify({ kept: PASSWORD }) }] } }],
  ];

  test.each(PLANTED)('finds %s', (_what, planted) => {
    expect(leaksIn({ exchanges: [], logs: [], contents: {}, ...planted }, secrets)).not.toEqual([]);
    expect(leaksIn({ exchanges: [], logs: [], contents: {}, ...planted }, NO_SECRETS)).toEqual([]);
  });

  test('that ends every suite finds what an action or a log gives away', async () => {
    const leak = (text: () => string) => defineAction({ method: 'GET', handler: () => ({ text: text() }) });
    let hash = '';
    const app = await openSite('sqlite', {
      portico: {
        actions: {
          leaks: {
            password: leak(() => PASSWORD),
            encoded: leak(() => encodeURIComponent(PASSWORD)),
            hash: leak(() => hash),
          },
        },
      },
    });
    onTestFinished(app.close);
    const user = await app.user();
    hash = (await app.site.services.database.users.find(user.id))?.passwordHash ?? '';
    const visitor = await app.login(user);
    expect(app.transcript.leaks()).toEqual([]);
    for (const action of ['leaks/password', 'leaks/encoded', 'leaks/hash']) await visitor.read(action);
    app.transcript.log(`failed: ${PASSWORD}`);
    expect(app.transcript.leaks()).toHaveLength(4);
  });
});
