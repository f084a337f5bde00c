import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { admitMembers } from './accounts/admit-members.ts';
import { createAccounts, type Accounts } from './accounts/site.ts';
import { createApp, EXPLORER } from './app.ts';
import { isDone, isWaiting } from './data/chores.ts';
import { openDatabase, type Database } from './data/database.ts';
import { movePosts } from './data/move-posts.ts';
import { writeHelp } from './data/write-help.ts';
import { loadSecrets } from './secrets.ts';
import { openUploads } from './uploads.ts';

export interface StartOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on. Default: all of them. */
  readonly host?: string;
  /** Where the databases, the uploads, the photos and the secret live. */
  readonly dataFolder: string;
  /** The site's public origin: https://saltglaze.example. In development, the address it listens on. */
  readonly siteUrl?: string;
  /** Who becomes the first administrator. */
  readonly adminEmail: string;
  /** Who gets what visitors write by the contact form. Default: `adminEmail`. */
  readonly contactEmail?: string;
  /** For whoever works on the site: see `createApp`. Default: where `NODE_ENV` is `development`. */
  readonly dev?: boolean;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Sets the password of the first administrator, once; undefined as soon as there is one. */
  readonly adminLink: string | undefined;
  /** Where every action can be tried; undefined but in development. */
  readonly explorerUrl: string | undefined;
  /** Takes no new requests, lets those under way finish, and closes the databases. */
  close(): Promise<void>;
}

type Listener = ReturnType<typeof getRequestListener>;

/**
 * Rejects with the error of `listen`, such as `EADDRINUSE`, and where a setting is wrong or a database does not answer with an
 * error that says so.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { dev = process.env['NODE_ENV'] === 'development' } = options;
  // Listening comes first: links in mails have the port in them, which the system may have chosen. Whoever asks in the
  // meantime waits.
  const listener = Promise.withResolvers<Listener>();
  const server = createServer((request, response) => {
    void listener.promise.then((answer) => answer(request, response));
  });
  await listen(server, options);
  const url = `http://${hostInUrl(options.host)}:${(server.address() as AddressInfo).port}`;
  try {
    const site = await openSite(options, url, dev);
    listener.resolve(site.listener);
    return {
      url,
      adminLink: site.adminLink,
      explorerUrl: dev ? url + EXPLORER : undefined,
      async close() {
        await closeServer(server);
        await site.close();
      },
    };
  } catch (error) {
    const closed = closeServer(server);
    server.closeAllConnections();
    await closed;
    throw error;
  }
}

interface OpenSite extends Pick<RunningServer, 'adminLink' | 'close'> {
  readonly listener: Listener;
}

async function openSite(options: StartOptions, url: string, dev: boolean): Promise<OpenSite> {
  const { dataFolder, adminEmail, contactEmail = adminEmail } = options;
  // In production, links must not lead to whatever address it listens on: there it takes SITE_URL.
  const siteUrl = options.siteUrl ?? (process.env['NODE_ENV'] === 'production' ? undefined : url);
  const accounts = createAccounts({
    dataFolder,
    contactEmail,
    ...(siteUrl !== undefined && { siteUrl }),
  });
  try {
    await accounts.start();
    const adminLink = await accounts.firstAdminLink(adminEmail);
    const db = openDatabase(dataFolder);
    await bringUpToDate(db, accounts);
    const secrets = loadSecrets(dataFolder);
    const app = createApp({ db, uploads: openUploads(dataFolder), accounts, secrets, dev });
    return {
      listener: getRequestListener(app.fetch),
      adminLink,
      async close() {
        await accounts.close();
        db.close();
      },
    };
  } catch (error) {
    await accounts.close();
    throw error;
  }
}

/** What the migrations of `community.db` leave to do, since it is about accounts and entries. */
async function bringUpToDate(db: Database, accounts: Accounts): Promise<void> {
  if (isWaiting(db, 'admit members')) {
    await admitMembers(accounts);
    isDone(db, 'admit members');
  }
  if (isWaiting(db, 'write help')) {
    await writeHelp(accounts);
    isDone(db, 'write help');
  }
  await movePosts(db, accounts);
}

function listen(server: Server, { port, host }: StartOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host && { host }) }, resolve);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Requests that are still under way after ten seconds are cut off.
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
}

function hostInUrl(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
