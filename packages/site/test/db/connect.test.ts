import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../../src/db/create-database.ts';
import { isPostgresOutage, isSqliteOutage } from '../../src/db/outage.ts';
import { userNamed } from './fixtures.ts';

describe('the database URL', () => {
  it.each([
    ['', 'has no scheme'],
    ['data.db', 'has no scheme'],
    ['sqlite:', 'begins with sqlite:'],
    ['sqlite://data.db', 'begins with sqlite:'],
    ['mysql://root:hunter2@localhost/db', 'begins with mysql:'],
    ['postgres:db', 'begins with postgres:'],
  ])('%s is refused with what to write instead', (url, reason) => {
    const refused = (): unknown => createDatabase(url);
    expect(refused).toThrow(reason);
    expect(refused).toThrow('Write sqlite:path/to/file.db');
    expect(refused).not.toThrow('hunter2');
  });

  it.each(['sqlite:x.db', 'sqlite:./x.db', 'sqlite:/data/x.db', 'sqlite:///data/x.db', 'sqlite::memory:'])(
    '%s is a file of SQLite',
    (url) => expect(createDatabase(url).kind).toBe('sqlite'),
  );

  it.each(['postgres://localhost/db', 'postgresql://user@[::1]:5433/db?sslmode=disable'])(
    '%s is PostgreSQL',
    (url) => expect(createDatabase(url).kind).toBe('postgres'),
  );
});

describe('a database', () => {
  it('is not opened before it is used, and can be closed unused', async () => {
    const folder = join(tmpdir(), 'portico-never-made');
    const file = createDatabase(`sqlite:${join(folder, 'site.db')}`);
    await file.close();
    await createDatabase('postgres://127.0.0.1:1/db').close();
    expect(existsSync(folder)).toBe(false);
  });

  it('can be in memory', async () => {
    const { database, migrate, close } = createDatabase('sqlite::memory:');
    await migrate();
    const { id } = await database.users.insert(userNamed('ada'), 1);
    await expect(database.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await database.users.find(id))!.username).toBe('ada');
    await close();
  });
});

describe('an outage', () => {
  const withCode = (code: string): Error => Object.assign(new Error('x'), { code });
  const withErrcode = (errcode: number): Error =>
    Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode });

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    '08006',
    '53300',
    '57P01',
    '57P03',
    '57014',
    '58030',
    '25006',
  ])('of PostgreSQL is %s', (code) => expect(isPostgresOutage(withCode(code))).toBe(true));
  it.each(['23505', '23503', '22P02', '42P01', '42601', '40001', '40P01', '25P02', 'ENOENT'])(
    'of PostgreSQL is not %s',
    (code) => expect(isPostgresOutage(withCode(code))).toBe(false),
  );
  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ])('of PostgreSQL is “%s”', (message) => expect(isPostgresOutage(new Error(message))).toBe(true));

  // BUSY_SNAPSHOT, IOERR_READ, CORRUPT_INDEX, FULL, CANTOPEN_ISDIR, NOTADB, READONLY_DBMOVED
  it.each([5, 517, 10, 266, 11, 779, 13, 14, 526, 26, 1032])('of SQLite is %i', (errcode) =>
    expect(isSqliteOutage(withErrcode(errcode))).toBe(true),
  );
  it.each([1, 19, 20, 787, 1299, 1555, 2067])('of SQLite is not %i', (errcode) =>
    expect(isSqliteOutage(withErrcode(errcode))).toBe(false),
  );
  it('is nothing that is no error', () => {
    for (const value of [undefined, null, 'ECONNREFUSED', { code: 'ECONNREFUSED', errcode: 14 }]) {
      expect(isPostgresOutage(value)).toBe(false);
      expect(isSqliteOutage(value)).toBe(false);
    }
  });
});
