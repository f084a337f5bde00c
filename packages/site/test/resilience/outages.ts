import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createGate } from '../db/gate.ts';
import { freshDatabaseUrl, type DatabaseKind } from '../support/databases.ts';

/** A way in which a database is out of reach. */
export interface Outage {
  readonly name: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  /** What only reads still goes on. */
  readonly isReadable?: boolean;
}

/** A database that a test can take away and give back. */
export interface FragileDatabase {
  readonly url: string;
  outage(name: string): Outage;
  drop(): Promise<void>;
}

export const OUTAGES: Readonly<Record<DatabaseKind, readonly string[]>> = {
  sqlite: ['the file is gone', 'a folder is in its place', 'another process holds the lock'],
  postgres: ['nobody listens', 'the network swallows everything'],
};

export function fragileDatabase(kind: DatabaseKind): Promise<FragileDatabase> {
  return kind === 'sqlite' ? fragileFile() : fragileServer();
}

async function fragileFile(): Promise<FragileDatabase> {
  const { url, drop } = await freshDatabaseUrl('sqlite');
  const file = url.slice('sqlite:'.length);
  const away = `${file}.away`;
  let other: DatabaseSync | undefined;
  const outages: readonly Outage[] = [
    {
      name: 'the file is gone',
      begin: () => renameSync(file, away),
      end: () => renameSync(away, file),
    },
    {
      name: 'a folder is in its place',
      begin() {
        renameSync(file, away);
        mkdirSync(file);
      },
      end() {
        rmdirSync(file);
        renameSync(away, file);
      },
    },
    {
      name: 'another process holds the lock',
      isReadable: true,
      begin() {
        other = new DatabaseSync(file);
        other.exec('begin immediate');
      },
      end() {
        other?.exec('rollback');
        other?.close();
      },
    },
  ];
  return { url, drop, outage: (name) => named(outages, name) };
}

async function fragileServer(): Promise<FragileDatabase> {
  const { url, drop } = await freshDatabaseUrl('postgres');
  const through = new URL(url);
  const gate = await createGate(Number(through.port || 5432), through.hostname);
  through.hostname = '127.0.0.1';
  through.port = String(gate.port);
  const outages: readonly Outage[] = [
    { name: 'nobody listens', begin: gate.shut, end: gate.open },
    { name: 'the network swallows everything', begin: gate.swallow, end: gate.pass },
  ];
  return {
    url: through.href,
    outage: (name) => named(outages, name),
    async drop() {
      await gate.close();
      await drop();
    },
  };
}

function named(outages: readonly Outage[], name: string): Outage {
  const outage = outages.find((each) => each.name === name);
  if (outage === undefined) throw new Error(`There is no outage “${name}”.`);
  return outage;
}
