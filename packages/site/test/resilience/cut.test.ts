import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { databaseKinds, freshDatabaseUrl, type DatabaseKind } from '../support/databases.ts';
import { openSite, PASSWORD, type Answer, type Visitor } from '../support/site.ts';
import type { Fields } from '../support/visitor.ts';
import {
  ACTION_CALLS,
  CALL_OPTIONS,
  NEW_PASSWORD,
  newAddress,
  picture,
  sendAction,
  type Caller,
} from './action-calls.ts';
import { createReader, difference, type Contents, type Reader } from './contents.ts';
import { createFaults, type Faults, type Loss } from './faults.ts';

const MOST_STATEMENTS = 60;

interface Scene extends Caller {
  readonly faults: Faults;
  readonly reader: Reader;
}

/** A site whose database can be taken away in the middle of an action, with an administrator who is signed in. */
async function setUp(kind: DatabaseKind): Promise<Scene> {
  const { url, drop } = await freshDatabaseUrl(kind);
  const app = await openSite(kind, { ...CALL_OPTIONS, database: url });
  // Its statements would come between those of the action.
  vi.spyOn(app.site.services.mailer, 'wake').mockImplementation(() => undefined);
  await app.site.housekeep();
  const faults = createFaults(kind);
  const reader = createReader(url);
  onTestFinished(async () => {
    faults.restore();
    await reader.close();
    await app.close();
    await drop();
    expect(app.transcript.leaks()).toEqual([]);
  });
  // Not the e-mail address, which changes.
  const loginName = 'administrator';
  const { id } = await app.user({ admin: true, username: loginName });
  return { app, admin: { id, loginName }, faults, reader, visitor: app.visitor() };
}

// Sessions are no part of what an action changes; what is counted and announced beforehand stays.
const read = ({ reader }: Scene): Promise<Contents> =>
  reader.read('sessions', 'rate_limits', 'discarded_files');

/** Who a visitor is at this moment, and the token for the next form. */
interface Standing {
  readonly id: number | undefined;
  readonly token: string;
}

async function standingOf(visitor: Visitor): Promise<Standing> {
  const { id, csrfTokenValue } = (await visitor.read('users/session-info')).json as {
    readonly id?: number;
    readonly csrfTokenValue: string;
  };
  return { id, token: csrfTokenValue };
}

interface Change {
  readonly name: string;
  readonly action: string;
  readonly fields: (scene: Scene) => Fields | Promise<Fields>;
  /** Default: the administrator. */
  readonly by?: 'guest';
}

const SAVE = 'users/save-user';

const CHANGES: readonly Change[] = [
  ...Object.entries(ACTION_CALLS)
    .filter(([, { writes }]) => writes === true)
    .map(([action, { fields }]) => ({ name: action, action, fields })),
  {
    name: 'a registration with a photo',
    action: SAVE,
    fields: async () => ({
      email: newAddress(),
      password: NEW_PASSWORD,
      fullName: 'Ada Lovelace',
      photo: await picture(),
    }),
    by: 'guest',
  },
  {
    name: 'a new account that is let in',
    action: SAVE,
    fields: () => ({ email: newAddress(), fullName: 'Ada Lovelace', sendActivationEmail: true }),
  },
  {
    name: 'one’s own address, password, name and photo',
    action: SAVE,
    fields: async ({ admin }) => ({
      userId: admin.id,
      email: newAddress(),
      newPassword: PASSWORD,
      fullName: newAddress().split('@')[0],
      photo: await picture(),
    }),
  },
];

interface Try {
  readonly answer: Answer;
  readonly statements: readonly string[];
  readonly isLost: boolean;
  readonly changes: Record<string, unknown>;
  /** What is there now. */
  readonly after: Contents;
}

interface Cut {
  readonly at: number;
  readonly loss: Loss;
}

/** What a try begins with. */
interface Start {
  readonly token: string;
  readonly before: Contents;
}

async function tryOnce(
  scene: Scene,
  action: string,
  fields: Fields,
  { token, before }: Start,
  cut: Cut,
): Promise<Try> {
  const { visitor, faults } = scene;
  faults.arm(cut.at, cut.loss);
  const answer = await sendAction(visitor, action, 'POST', fields, { door: 'json', token });
  const { statements, isLost } = faults.disarm();
  const after = await read(scene);
  return { answer, statements, isLost, changes: difference(before, after), after };
}

/** Whether a transaction that wrote to accounts has come to its end, as far as the database is concerned. */
function isCommitted(statements: readonly string[], loss: Loss): boolean {
  const last = loss === 'before' ? statements.length - 1 : statements.length;
  return statements.slice(0, last).includes('commit');
}

const WRITE =
  /^(?:insert into|update|delete from) "(?:users|user_groups|user_permissions|verification_codes|impersonation_tokens|addresses|outbox|assets|entries|entry_\w+)"/;

/** The statements that change accounts, addresses, mails and content on their own, outside of a transaction. */
function looseWrites(statements: readonly string[]): readonly string[] {
  const begin = statements.findIndex((sql) => sql.startsWith('begin'));
  return statements.filter((sql, at) => WRITE.test(sql) && (at < begin || at > statements.indexOf('commit')));
}

/** Loses each statement of a change in turn, until it goes through. Returns how many were lost. */
async function loseEach(scene: Scene, { name, action, fields, by }: Change, loss: Loss): Promise<number> {
  const signIn = (): Promise<Visitor> | Visitor =>
    by === 'guest'
      ? scene.app.visitor()
      : scene.app.login({ email: scene.admin.loginName }, { elevated: true });
  let visitor = await signIn();
  let sent = await fields(scene);
  let standing = await standingOf(visitor);
  let before = await read(scene);
  const start = (): Start => ({ token: standing.token, before });
  const whole = await tryOnce({ ...scene, visitor }, action, sent, start(), { at: 0, loss });
  expect([whole.answer.status, whole.isLost], whole.answer.text).toEqual([200, false]);
  expect(whole.changes).not.toEqual({});
  expect(whole.statements.filter((sql) => sql === 'commit')).toHaveLength(1);
  expect(looseWrites(whole.statements)).toEqual([]);

  async function beginAgain(): Promise<void> {
    visitor = await signIn();
    sent = await fields(scene);
    standing = await standingOf(visitor);
    before = await read(scene);
  }

  await beginAgain();
  for (let at = 1; at <= MOST_STATEMENTS; at++) {
    const tried = await tryOnce({ ...scene, visitor }, action, sent, start(), { at, loss });
    const { answer, statements, isLost, changes } = tried;
    const where = `${loss} statement ${at}: ${statements.at(-1)}`;
    if (!isLost) {
      expect(answer.status, answer.text).toBe(200);
      return at - 1;
    }
    expect(answer.status, where).toBe(503);
    expect(answer.headers.getSetCookie(), where).toEqual([]);
    if (isCommitted(statements, loss)) {
      expect(changes, where).toEqual(whole.changes);
      // It may have ended this very session.
      await beginAgain();
    } else {
      expect(changes, where).toEqual({});
      const { id } = standing;
      standing = await standingOf(visitor);
      expect(standing.id, where).toBe(id);
      // What was read now is what the next one begins with.
      before = tried.after;
    }
  }
  throw new Error(`${name} runs more than ${MOST_STATEMENTS} statements.`);
}

describe.each(databaseKinds)('an outage in the middle of an action (%s)', (kind) => {
  test.each(CHANGES)(
    '$name is 503 whichever statement is lost, and done wholly or not at all',
    { timeout: 60_000 },
    async (change) => {
      const scene = await setUp(kind);
      expect(await loseEach(scene, change, 'before')).toBeGreaterThan(5);
      expect(await loseEach(scene, change, 'after')).toBeGreaterThan(5);
    },
  );
});
