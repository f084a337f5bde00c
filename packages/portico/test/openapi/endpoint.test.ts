import { describe, expect, it } from 'vitest';
import { openApiEndpoint, type OpenApiDocument } from 'portico/openapi';
import { serve } from '../support/serve.ts';
import { createKitchen } from './kitchen.ts';

describe('openApiEndpoint', () => {
  it('serves the document of its app, and 304 to who has it', async () => {
    const { url } = await serve(createKitchen([openApiEndpoint({ title: 'Kitchen', version: '2' })]));
    const response = await fetch(`${url}/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const document = (await response.json()) as OpenApiDocument;
    expect(document.info).toEqual({ title: 'Kitchen', version: '2' });
    expect(document.paths).toHaveProperty(['/_actions/plain']);
    const again = await fetch(`${url}/openapi.json`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('is there to be read, at the path it was given', async () => {
    const plugin = openApiEndpoint({ title: 'K', version: '1', path: '/api/spec', maxAge: 0 });
    const { url } = await serve(createKitchen([plugin]));
    const posted = await fetch(`${url}/api/spec`, { method: 'POST', body: '' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const head = await fetch(`${url}/api/spec`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(`${url}/openapi.json`)).status).toBe(404);
  });

  it('is nowhere unless it was added', async () => {
    const { url } = await serve(createKitchen());
    expect((await fetch(`${url}/openapi.json`)).status).toBe(404);
  });
});
