import { createMemorySessionStore, createPortico, defineAction, type SessionRecord } from 'portico';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MultipartParser } from '../../src/http/body/multipart.ts';
import { production } from '../support/production.ts';

// Each of these took seconds or gigabytes for one request of a stranger. What is slow again runs into the time limit.

const ACCEPT_JSON = { accept: 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/json', ...ACCEPT_JSON };

const actions = {
  save: defineAction({
    accept: 'any',
    input: z.object({ title: z.string(), tags: z.array(z.string()).optional() }),
    model: 'note',
    handler: () => null,
  }),
};

describe('a request that is small and hard to read', () => {
  it('a name of an action with 64 KiB of slashes in its middle', async () => {
    const client = createTestClient(createPortico({ actions, ...production }));
    for (let time = 0; time < 10; time++) {
      const answer = await client.post('/', `action=x${'/'.repeat(64_000)}x`, { ...FORM, ...ACCEPT_JSON });
      expect(answer.status).toBe(404);
    }
  });

  it('slashes around the name of an action still count for nothing', async () => {
    const client = createTestClient(createPortico({ actions, ...production }));
    for (const name of ['/save', 'save/', '//save//', '/', '//']) {
      const answer = await client.post('/', `action=${name}&title=x`, { ...FORM, ...ACCEPT_JSON });
      expect([name, answer.status]).toEqual([name, name.includes('save') ? 200 : 404]);
    }
  });

  it.each(['', 'password'])('ten thousand keys of JSON below one of 400,000 letters%s', async (secret) => {
    const client = createTestClient(createPortico({ actions, ...production }));
    const keys = Array.from({ length: 10_000 }, (_, index) => `"${index}":1`).join(',');
    const body = `{"short":{"a":1},"${'a'.repeat(400_000)}${secret}":{${keys}}}`;
    const answer = await client.post('/actions/save', body, JSON_BODY);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('aaaa');
    const page = await client.post('/?action=save', body, { 'content-type': 'application/json' });
    expect(page.status).toBe(422);
  });

  it('a multipart form whose part headers come byte by byte', async () => {
    const names: string[] = [];
    const handlers = {
      onPart: ({ name }: { name: string }) => (names.push(name), () => undefined),
      onPartEnd: () => undefined,
    };
    const parser = new MultipartParser('b', handlers, { maxParts: 100 });
    const part = `--b\r\nX-Long: ${'y'.repeat(15_000)}\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n`;
    for (const byte of Buffer.from(`${part.repeat(50)}--b--`)) await parser.push(Uint8Array.of(byte));
    parser.end();
    expect(names).toEqual(new Array(50).fill('a'));
  });
});

describe('a request that is small and makes much', () => {
  it('a hundred thousand wrong elements: the answer is no larger than the request', async () => {
    const client = createTestClient(createPortico({ actions, ...production }));
    const body = `{"title":"x","tags":[${'1,'.repeat(100_000)}1]}`;
    const { error } = await client.rpc(actions.save, JSON.parse(body) as { title: string });
    expect(error).toMatchObject({ code: 'BAD_REQUEST', fields: { 'tags.0': [expect.any(String)] } });
    const answer = await client.post('/_actions/save', body, JSON_BODY);
    expect(answer.text.length).toBeLessThan(body.length);
  });

  it('forms that fail do not fill the session store, and the page still says why', async () => {
    const written: SessionRecord[] = [];
    const memory = createMemorySessionStore();
    const store = {
      read: (key: string) => memory.read(key),
      destroy: (key: string) => memory.destroy(key),
      write: (key: string, record: SessionRecord, version: number) => {
        written.push(record);
        return memory.write(key, record, version);
      },
    };
    const portico = createPortico({ actions, session: { store }, ...production });
    const pages = (request: Request): Response => Response.json(portico.context(request).variables);
    const client = createTestClient(portico, { pages });
    const answer = await client.post('/actions/save', JSON.stringify({ notes: 'n'.repeat(900_000) }), {
      'content-type': 'application/json',
      referer: 'http://localhost/form',
    });
    expect(answer.json()).toMatchObject({ errors: { title: [expect.any(String)] } });
    expect(Math.max(...written.map((record) => JSON.stringify(record).length))).toBeLessThan(200_000);
  });
});

describe('what a client may write into the session', () => {
  it.each([
    ['the id of a form', '/?_action=ping', `_form=${'f'.repeat(5_000)}`],
    ['a path', `/${'p'.repeat(5_000)}?_action=ping`, ''],
  ])('%s cannot make it too large for its cookie after the action has run', async (_what, path, body) => {
    const ping = defineAction({ accept: 'form', messages: { success: 'Done' }, handler: () => 'pong' });
    const portico = createPortico({ actions: { ping }, ...production });
    const client = createTestClient(portico, { follow: false });
    expect((await client.post(path, body, FORM)).status).toBe(303);
    expect(await client.flashes()).toEqual({ notice: 'Done' });
  });

  it('a content type cannot either', async () => {
    const client = createTestClient(createPortico({ actions, ...production }), { follow: false });
    const headers = { 'content-type': `text/${'x'.repeat(8_000)}`, referer: 'http://localhost/form' };
    expect((await client.post('/actions/save', 'x', headers)).status).toBe(303);
    expect((await client.flashes())['error']).toMatch(/^This action takes application\/json/);
  });
});
