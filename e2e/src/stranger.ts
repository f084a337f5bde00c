import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { hiddenInput, html } from 'portico/html';

export interface Stranger {
  /** A page of another site than `http://localhost:…`, with a button that posts these fields there. */
  trap(target: string, fields: Readonly<Record<string, string>>): string;
  close(): Promise<void>;
}

/** Another site: to browsers `127.0.0.1` and `localhost` are strangers. Its page has one button, `Win a prize`. */
export async function startStranger(): Promise<Stranger> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [[, target = ''] = [], ...fields] = [...searchParams];
    const inputs = fields.map(([name, value]) => hiddenInput(name, value));
    const page = html`<!doctype html>
      <title>A prize for you</title>
      <form method="post" action="${target}">${inputs}<button>Win a prize</button></form>`;
    response.setHeader('content-type', 'text/html; charset=utf-8').end(String(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    trap: (target, fields) => `http://127.0.0.1:${port}/?${new URLSearchParams({ target, ...fields })}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
