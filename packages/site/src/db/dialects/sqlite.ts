import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { isSqliteBusy, isSqliteOutage } from '../outage.ts';
import type { ConnectionSource, SqlResult } from './connection-source.ts';
import { createTurns } from './turns.ts';

const MAX_WAIT_MS = 1500;
// SQLite's own waiting stops the whole process: who finds the file locked waits here.
const BUSY_TIMEOUT_MS = 0;
const MAX_PAUSE_MS = 20;
const MAX_STATEMENTS = 200;
// SQLite's own 2 MiB hold hardly a thousand entries; no more than is read is taken.
const CACHE_KIB = 65_536;

interface OpenFile {
  readonly database: DatabaseSync;
  readonly statements: Map<string, Prepared>;
  /** Which file it is, whatever stands at its path by now. */
  readonly identity: string | undefined;
}

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

/** One file, or `:memory:`, through `node:sqlite`. Its folder is made. One connection, which one at a time has to itself. */
export function sqliteSource(path: string): ConnectionSource {
  const file = path === ':memory:' ? undefined : resolve(path);
  const turns = createTurns(MAX_WAIT_MS);
  let open: OpenFile | undefined;
  let wasOpen = false;

  async function opened(deadline: number): Promise<OpenFile> {
    const identity = file === undefined ? undefined : identityOf(file);
    // A backup put in its place, a folder that was mounted late: the handle at hand would write into a file that is gone.
    if (open !== undefined && open.identity !== identity) shut();
    if (open !== undefined) return open;
    if (wasOpen && file !== undefined && identity === undefined)
      throw new Error(`${file} is gone. It is not made anew, since that would lose what it held.`);
    open = await whileBusy(deadline, () => openFile(file));
    wasOpen = true;
    return open;
  }

  function shut(): void {
    const { database } = open ?? {};
    open = undefined;
    if (database?.isOpen) database.close();
  }

  return {
    // A transaction that reads first and then writes would fail where another process wrote in between.
    begin: 'begin immediate',
    probe: 'select count(*) from sqlite_schema',
    async open() {
      const deadline = performance.now() + MAX_WAIT_MS;
      let endTurn: (() => void) | undefined = await turns.take();
      let current: OpenFile;

      function giveUpTurn(): void {
        endTurn?.();
        endTurn = undefined;
      }

      /** Those who only read go on while this one waits for the lock of another process. */
      async function pause(ms: number): Promise<void> {
        if (current.database.isTransaction) return setTimeout(ms);
        giveUpTurn();
        await setTimeout(ms);
        endTurn = await turns.take(deadline - performance.now());
        current = await opened(deadline);
      }

      try {
        current = await opened(deadline);
      } catch (error) {
        giveUpTurn();
        throw error;
      }
      return {
        run: (sql, parameters) => whileBusy(deadline, () => execute(current, sql, parameters), pause),
        release(broken) {
          // Without the turn the file is another's.
          if (broken && file !== undefined && endTurn !== undefined) shut();
          giveUpTurn();
        },
      };
    },
    isOutage: isSqliteOutage,
    isTransient: () => false,
    async close() {
      await turns.close();
      shut();
    },
  };
}

function openFile(file: string | undefined): OpenFile {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file ?? ':memory:', { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on');
    database.exec(`pragma cache_size = -${CACHE_KIB}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    database,
    statements: new Map(),
    identity: file === undefined ? undefined : identityOf(file),
  };
}

function identityOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

function execute(file: OpenFile, sql: string, parameters: readonly unknown[]): SqlResult {
  const { statement, givesRows } = prepared(file, sql);
  const values = parameters as SQLInputValue[];
  if (givesRows) {
    const rows = statement.all(...values);
    return { rows, affected: rows.length };
  }
  return { rows: [], affected: Number(statement.run(...values).changes) };
}

function prepared({ database, statements }: OpenFile, sql: string): Prepared {
  const known = statements.get(sql);
  if (known !== undefined) return known;
  const statement = database.prepare(sql);
  const made = { statement, givesRows: statement.columns().length > 0 };
  if (statements.size >= MAX_STATEMENTS) statements.clear();
  statements.set(sql, made);
  return made;
}

/**
 * Tries again until then while another process holds the lock. A statement that found it held has done nothing; once a
 * transaction has begun it holds the lock itself. Where the time is up, or a pause fails, it is the lock that is told of.
 */
async function whileBusy<Result>(
  deadline: number,
  attempt: () => Result,
  pause: (ms: number) => Promise<void> = (ms) => setTimeout(ms),
): Promise<Result> {
  for (let delay = 1; ; delay = Math.min(2 * delay, MAX_PAUSE_MS)) {
    try {
      return attempt();
    } catch (error) {
      if (!isSqliteBusy(error) || performance.now() + delay > deadline) throw error;
      await pause(delay * (0.5 + Math.random())).catch(() => {
        throw error;
      });
    }
  }
}
