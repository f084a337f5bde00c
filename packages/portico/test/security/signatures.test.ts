import { createPortico, defineAction, type PorticoContext } from 'portico';
import { csrfToken, failMessageInput, redirectInput, signedInput, successMessageInput } from 'portico/html';
import { createTestClient, type TestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { site, valueOf } from './signing-site.ts';

// Rows CVE-2026-92592 and -92593 of reference/craft-controller-actions.md 6.3.

/** Every string a visitor can get signed or sealed by this site, by the parameter it is for. */
async function strings(client: TestClient): Promise<Record<string, string>> {
  const sign = (print: (ctx: PorticoContext) => unknown): Promise<string> =>
    client.read((ctx) => valueOf(print(ctx)));
  return {
    redirect: await sign((ctx) => redirectInput(ctx, '/somewhere')),
    successMessage: await sign((ctx) => successMessageInput(ctx, '/somewhere')),
    failMessage: await sign((ctx) => failMessageInput(ctx, '/somewhere')),
    postVariable: await sign((ctx) => signedInput(ctx, 'postVariable', '/somewhere')),
    userVariable: await sign((ctx) => signedInput(ctx, 'userVariable', '/somewhere')),
    csrf: await client.read((ctx) => csrfToken(ctx)),
    session: [...client.cookies.values()][0] ?? '',
  };
}

const PARAMS = ['redirect', 'successMessage', 'failMessage', 'postVariable'];
const JSON_ANSWER = { accept: 'application/json' };

describe('signature transplant (CVE-2026-92592, CVE-2026-92593)', () => {
  it.each(PARAMS)('only what was signed for %s is taken for it', async (param) => {
    const { client, saved } = site();
    const signed = await strings(client);
    for (const [source, value] of Object.entries(signed)) {
      for (const send of ['form', 'json'] as const) {
        const before = saved.length;
        const answer = await client.controller(
          'posts/save',
          { title: 'x', [param]: value },
          { json: true, send },
        );
        expect([source, send, answer.status, saved.length - before]).toEqual([
          source,
          send,
          ...(source === param ? [200, 1] : [400, 0]),
        ]);
        if (source !== param)
          expect(answer.json<{ error: string }>().error).toContain(`The parameter ${param} is not signed`);
      }
    }
  });

  it('no signed string passes for a CSRF token or a session', async () => {
    const { client, portico } = site({ csrf: 'token' });
    const signed = await strings(client);
    for (const source of [...PARAMS, 'userVariable', 'session']) {
      const headers = { 'x-csrf-token': signed[source] ?? '' };
      expect((await client.controller('posts/save', { title: 'x' }, { json: true, headers })).status).toBe(
        400,
      );
    }
    for (const source of [...PARAMS, 'csrf']) {
      const other = createTestClient(portico);
      other.cookies.set('portico', encodeURIComponent(signed[source] ?? ''));
      expect(await other.read((ctx) => ctx.user)).toBeNull();
      expect(
        (
          await other.controller(
            'posts/save',
            { title: 'x' },
            { headers: { 'x-csrf-token': signed['csrf'] ?? '' } },
          )
        ).status,
      ).toBe(400);
    }
  });

  it('a string another site signed is refused', async () => {
    const other = await strings(site().client);
    const { client } = site();
    for (const param of PARAMS) {
      expect(
        (await client.controller('posts/save', { title: 'x', [param]: other[param] ?? '' }, { json: true }))
          .status,
      ).toBe(400);
    }
  });

  it.each([
    [
      'a bit of the signature changed',
      (value: string) =>
        value.replace(
          /^(v1\.[\w-]{8}\.)(.)/,
          (_all, head: string, char: string) => head + (char === 'A' ? 'B' : 'A'),
        ),
    ],
    ['the value changed', (value: string) => `${value}x`],
    ['the value cut', (value: string) => value.slice(0, -1)],
    ['the key id changed', (value: string) => value.replace(/^v1\.[\w-]{8}/, 'v1.AAAAAAAA')],
    ['the version changed', (value: string) => value.replace('v1', 'v2')],
    ['the signature missing', (value: string) => value.split('.').slice(3).join('.')],
    ['nothing there', () => ''],
  ])('%s: refused in all doors before anything is written', async (_what, change) => {
    const { client, saved, save } = site();
    const redirect = change((await strings(client))['redirect'] ?? '');
    expect((await client.form(save, { title: 'x', redirect })).status).toBe(400);
    expect((await client.controller('posts/save', { title: 'x', redirect })).status).toBe(400);
    expect(
      (await client.controller('posts/save', { title: 'x', redirect }, { json: true, send: 'json' })).status,
    ).toBe(400);
    expect(saved).toEqual([]);
  });

  it('no signed value comes in as a list, an object, or from the query', async () => {
    const { client, saved } = site();
    const { redirect = '' } = await strings(client);
    for (const name of ['redirect[]', 'redirect[x]']) {
      const answer = await client.controller(
        'posts/save',
        new URLSearchParams({ title: 'x', [name]: redirect }),
        { json: true },
      );
      expect([answer.status, answer.json<{ error: string }>().error]).toEqual([
        400,
        expect.stringContaining('redirect'),
      ]);
    }
    const asList = await client.controller(
      'posts/save',
      { title: 'x', redirect: [redirect] },
      { json: true, send: 'json' },
    );
    expect(asList.status).toBe(400);
    expect(saved).toEqual([]);
    const body = new URLSearchParams({ title: 'x' });
    const inQuery = await client.post(
      `/actions/posts/save?redirect=${encodeURIComponent(redirect)}`,
      body,
      JSON_ANSWER,
    );
    expect(inQuery.json()).toMatchObject({ redirect: '/posts' });
  });

  it('the first of two redirects is the one that is checked and used', async () => {
    const { client } = site();
    const { redirect = '' } = await strings(client);
    const evilFirst = new URLSearchParams([
      ['title', 'x'],
      ['redirect', 'https://evil.example'],
      ['redirect', redirect],
    ]);
    expect((await client.controller('posts/save', evilFirst)).status).toBe(400);
    const evilLast = new URLSearchParams([
      ['title', 'x'],
      ['redirect', redirect],
      ['redirect', 'https://evil.example'],
    ]);
    expect((await client.controller('posts/save', evilLast)).headers.get('location')).toBe('/somewhere');
  });

  it('a signed value after the files is refused, not passed over', async () => {
    const upload = defineAction({
      accept: 'form',
      input: z.object({ photo: z.file() }),
      handler: () => 'stored',
    });
    const portico = createPortico({ actions: { upload } });
    const client = createTestClient(portico, { follow: false });
    const { redirect = '' } = await strings(client);
    const fields = new FormData();
    fields.append('photo', new File(['pixels'], 'a.png'));
    fields.append('redirect', redirect);
    const answer = await client.form(upload, fields, { headers: JSON_ANSWER });
    expect(answer.status).toBe(400);
    expect(answer.json<{ message: string }>().message).toMatch(/redirect.*before.*file/i);
  });
});
