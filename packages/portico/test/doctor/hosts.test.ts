import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import expressApp from 'express';
import fastifyApp from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { createPortico } from 'portico';
import { porticoExpress } from 'portico/express';
import { porticoFastify } from 'portico/fastify';
import { appOf } from '../../src/app.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import { probeApp } from '../../src/doctor/probe-client.ts';
import { production } from '../support/production.ts';

const portico = createPortico({ ...production, actions: {} });
const closing: Array<() => unknown> = [];
afterAll(() => Promise.all(closing.map((close) => close())));

async function express(parse: boolean): Promise<string> {
  const app = expressApp();
  if (parse) app.use(expressApp.json(), expressApp.urlencoded());
  app.use(porticoExpress(portico));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fastify(): Promise<string> {
  const app = fastifyApp({ forceCloseConnections: true });
  await app.register(porticoFastify, { portico });
  closing.push(() => app.close());
  return app.listen({ port: 0, host: '127.0.0.1' });
}

test.each<[string, () => Promise<string>]>([
  ['Express', () => express(false)],
  ['Express behind body parsers', () => express(true)],
  ['Fastify', fastify],
])('an app in %s answers the doctor, and what it says is right', async (_name, start) => {
  const url = new URL(await start());
  const results = await probeApp(appOf(portico).settings, url);
  expect(results).toMatchObject({ isAnswered: true, saw: { peerAddress: '127.0.0.1', host: url.host } });
  expect(diagnose(results, { siteUrl: undefined, limitsByAddress: true })).toEqual([]);
  const missing = await fetch(new URL('/_portico/probe', url));
  expect(missing.status).toBe(404);
});
