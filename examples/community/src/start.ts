import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { openDatabase } from './data/database.ts';
import { loadSecrets } from './secrets.ts';
import { openUploads } from './uploads.ts';

export interface StartOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on. Default: all of them. */
  readonly host?: string;
  /** Where the database, the uploads and the secret live. */
  readonly dataFolder: string;
  /** The site's public origin, where a proxy stands in front: https://saltglaze.example. */
  readonly siteUrl?: string;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no new requests, lets those under way finish, and closes the database. */
  close(): Promise<void>;
}

/** Rejects with the error of `listen`, such as `EADDRINUSE`. */
export async function startServer({ port, host, dataFolder, siteUrl }: StartOptions): Promise<RunningServer> {
  const db = openDatabase(dataFolder);
  const app = createApp({
    db,
    uploads: openUploads(dataFolder),
    secrets: loadSecrets(dataFolder),
    ...(siteUrl && { siteUrl }),
  });
  const server = createServer(getRequestListener(app.fetch));
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, ...(host && { host }) }, resolve);
    });
  } catch (error) {
    db.close();
    throw error;
  }
  const address = server.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          db.close();
          resolve();
        });
        server.closeIdleConnections();
        // Requests that are still under way after ten seconds are cut off.
        setTimeout(() => server.closeAllConnections(), 10_000).unref();
      }),
  };
}

function hostInUrl(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
