import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDatabase, type SiteDatabase } from '../../src/db/create-database.ts';
import { temporaryFolder } from '../files/folder.ts';
import { freshDatabaseUrl, type DatabaseKind } from '../support/databases.ts';
import type { ShopNews, ShopOrder, ShopProcessOptions } from './once-process.ts';

/** A shop that runs in a process of its own. */
export interface ShopProcess {
  readonly origin: string;
  /** Resolves when a handler of it runs, or has run. */
  readonly ran: Promise<void>;
  /** Lets all handlers go on, those to come as well. */
  finish(): Promise<void>;
  /** Moves its clock. */
  later(seconds: number): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Two processes with one action `order` on one database. */
export interface ShopPair {
  readonly shops: readonly [ShopProcess, ShopProcess];
  readonly database: SiteDatabase;
  /** What the handlers of both have been called with. */
  orders(): Promise<readonly string[]>;
}

export async function startShops(kind: DatabaseKind): Promise<ShopPair> {
  const folder = await temporaryFolder();
  const { url, drop } = await freshDatabaseUrl(kind);
  const orderFile = join(folder, 'orders');
  const start = (): Promise<ShopProcess> => startShop({ database: url, dataDir: folder, orderFile });
  const shops = await Promise.all([start(), start()]);
  const database = createDatabase(url);
  onTestFinished(async () => {
    for (const shop of shops) await shop.kill();
    await database.close();
    await drop();
  });
  return {
    shops,
    database,
    async orders() {
      const text = await readFile(orderFile, 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
  };
}

async function startShop(options: ShopProcessOptions): Promise<ShopProcess> {
  const child = fork(join(import.meta.dirname, 'once-process.ts'), [JSON.stringify(options)], {
    execArgv: ['--conditions=portico-source', '--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { port } = await newsOf(child, (news) => ('port' in news ? news : undefined));
  const ran = newsOf(child, (news) => ('ran' in news ? true : undefined)).then(() => undefined);
  // Of a process in which nothing ran until it was killed.
  ran.catch(() => undefined);
  const obey = async (order: ShopOrder): Promise<void> => {
    const obeyed = newsOf(child, (news) => ('obeyed' in news ? true : undefined));
    child.send(order);
    await obeyed;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    ran,
    finish: () => obey({ finish: true }),
    later: (laterBySeconds) => obey({ laterBySeconds }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function newsOf<Found>(child: ChildProcess, pick: (news: ShopNews) => Found | undefined): Promise<Found> {
  return new Promise((resolve, reject) => {
    const onMessage = (news: ShopNews): void => {
      const found = pick(news);
      if (found === undefined) return;
      child.off('message', onMessage).off('exit', onExit);
      resolve(found);
    };
    const onExit = (): void => reject(new Error('The shop’s process ended.'));
    child.on('message', onMessage).once('exit', onExit);
  });
}
