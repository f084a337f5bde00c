import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import type { server as tree } from './app.ts';

/** Answers by the last part of the path. */
const server: Server = createServer((request, response) => {
  const name = request.url?.split('/').at(-1);
  if (name === 'login') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<form>');
  if (name === 'secret') return void response.writeHead(303, { location: '/login' }).end();
  if (name === 'broken') return void request.socket.destroy();
  if (name === 'nothing') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
    return void response.write('{"half":');
  }
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ body, length: request.headers['content-length'] }));
  });
});

describe('over a socket', () => {
  let baseUrl: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends bodies with their length', async () => {
    const client = createClient<typeof tree>({ baseUrl });
    expect(await client.bare({ a: 'é' })).toEqual({
      data: { body: '{"a":"é"}', length: '10' },
      error: undefined,
    });
    const form = new FormData();
    form.append('field', 'value');
    const { data } = (await client.rawForm(form)) as unknown as { data: { body: string; length: string } };
    expect(data.body).toContain('name="field"\r\n\r\nvalue');
    expect(Number(data.length)).toBe(data.body.length);
  });

  it('names the login page that it was led to', async () => {
    const { error } = await createClient<typeof tree>({ baseUrl }).secret();
    expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', status: 200 });
    expect(error?.message).toContain(`${baseUrl}/login answered 200 with text/html`);
  });

  it('survives a broken connection', async () => {
    const { error } = await createClient<typeof tree>({ baseUrl }).broken();
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', status: 0 });
  });

  it('ends the wait for half an answer', async () => {
    const { error } = await createClient<typeof tree>({ baseUrl, timeout: 50 }).nothing();
    expect(error).toMatchObject({ code: 'TIMEOUT', status: 0 });
    const controller = new AbortController();
    const result = createClient<typeof tree>({ baseUrl }).nothing(undefined, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect((await result).error).toMatchObject({ code: 'ABORTED', status: 0 });
  });

  it('survives a server that is not there', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await new Promise((resolve) => other.close(resolve));
    const { error } = await createClient<typeof tree>({ baseUrl: `http://127.0.0.1:${port}` }).nothing();
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', status: 0 });
  });
});
