import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, type ObservedRequest } from 'portico';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';
import { openApp, order } from './fixture.ts';

const SECRET = 'correct horse battery staple';

describe('what a plugin observes', () => {
  async function observed(act: (url: string) => Promise<unknown>): Promise<ObservedRequest[]> {
    const seen: ObservedRequest[] = [];
    const app = openApp({}, { plugins: [{ observe: (one) => void seen.push(one) }] });
    const { url } = await serve(app);
    await act(url);
    return seen;
  }
  const json = (url: string, body: unknown): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  test('a success', async () => {
    const [seen] = await observed((url) =>
      json(`${url}/_actions/newsletter?from=mail`, { email: 'ada@example.org', terms: true }),
    );
    expect(seen).toMatchObject({
      action: 'newsletter',
      door: 'rpc',
      method: 'POST',
      path: '/_actions/newsletter',
      outcome: 'success',
      status: 200,
      error: undefined,
      userId: undefined,
    });
    expect(seen?.input?.fields).toEqual([
      ['email', 'ada@example.org'],
      ['terms', 'true'],
    ]);
    expect(seen?.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(seen?.milliseconds).toBeGreaterThanOrEqual(0);
  });

  test('what was refused, with its fields', async () => {
    const [seen] = await observed((url) => json(`${url}/actions/newsletter`, { email: 'ada' }));
    expect(seen).toMatchObject({
      outcome: 'error',
      error: { code: 'BAD_REQUEST', fields: { email: ['Give an e-mail address.'] } },
    });
  });

  test('what never came to run', async () => {
    const seen = await observed(async (url) => {
      await fetch(`${url}/_actions/nothing`, { method: 'POST' });
      await fetch(`${url}/_actions/me`, { method: 'POST' });
      await fetch(`${url}/a-page`);
    });
    expect(seen.map(({ action, outcome, error }) => [action, outcome, error?.code])).toEqual([
      ['nothing', 'error', 'NOT_FOUND'],
      ['me', 'error', 'UNAUTHORIZED'],
    ]);
  });

  test('files by name and size, secrets by name alone', async () => {
    const form = new FormData();
    form.append('title', 'Bread');
    form.append('password', SECRET);
    form.append('pin', SECRET);
    form.append('scan', new File(['%PDF'], 'scan.pdf'));
    const [seen] = await observed((url) =>
      fetch(`${url}/_actions/shop.everything`, { method: 'POST', body: form }),
    );
    expect(seen?.input).toEqual({
      fields: [['title', 'Bread']],
      files: [{ field: 'scan', name: 'scan.pdf', size: 4 }],
      withheld: ['password', 'pin'],
    });
  });

  test('a code in the path of a mailed link is not told', async () => {
    const seen: ObservedRequest[] = [];
    const app = createPortico({
      actions: {
        verify: defineAction({ method: 'GET', input: z.object({ token: z.string() }), handler: () => 1 }),
      },
      routes: { 'GET /verify/:token': 'verify' },
      plugins: [{ observe: (one) => void seen.push(one) }],
    });
    const { url } = await serve(app);
    expect((await fetch(`${url}/verify/a%20code`)).status).toBe(200);
    expect(seen[0]).toMatchObject({ path: '/verify/…', input: { fields: [] } });
  });

  test('an observer that throws is logged, and the answer goes out', async () => {
    const logged: string[] = [];
    const app = openApp(
      {},
      {
        logger: { error: (message) => void logged.push(message), warn: () => {} },
        plugins: [
          {
            observe: () => {
              throw new Error('full');
            },
          },
        ],
      },
    );
    const { url } = await serve(app);
    expect((await json(`${url}/_actions/shop.raw`, 1)).status).toBe(200);
    expect(logged).toEqual(['portico: the observe of a plugin failed']);
  });
});

describe('the list of requests', () => {
  async function pages(): Promise<(path: string) => Promise<string>> {
    const { agent } = await serve(openApp());
    const visitor = agent();
    await visitor.post('/_actions/newsletter', { email: 'ada@example.org', terms: true });
    await visitor.post('/_actions/newsletter', { email: 'ada' });
    const form = new FormData();
    for (const [name, value] of Object.entries({ title: 'Bread', password: SECRET, pin: SECRET }))
      form.append(name, value);
    await visitor.post('/_actions/shop.everything', form);
    await visitor.post('/_portico/call', order({ action: 'shop.everything' }, { title: 'B', pin: SECRET }));
    return async (path) => (await visitor.get(path)).text();
  }
  const namesIn = (text: string): string[] =>
    [...text.matchAll(/<a href="\/_portico\/requests\/[^"]+"\s*>\s*([\w.]+)/g)].map(
      (match) => match[1] ?? '',
    );

  test('is newest first, and narrows by action and outcome', async () => {
    const read = await pages();
    const all = ['shop.everything', 'shop.everything', 'newsletter', 'newsletter'];
    expect(namesIn(await read('/_portico/requests'))).toEqual(all);
    expect(namesIn(await read('/_portico/requests?name=NEWS'))).toEqual(all.slice(2));
    expect(namesIn(await read('/_portico/requests?name=news&outcome=success'))).toEqual(['newsletter']);
  });

  test('opens one in its form, with errors by field; no secret is anywhere', async () => {
    const read = await pages();
    const list = await read('/_portico/requests');
    const ids = [...list.matchAll(/requests\/([\da-f-]{36})/g)].map((match) => match[1] ?? '');
    const everywhere = [list];
    for (const id of ids) everywhere.push(await read(`/_portico/requests/${id}`));
    const wrong = everywhere[3] ?? '';
    expect(wrong).toContain('Give an e-mail address.');
    const [, link = ''] = /href="(\/_portico\/actions\/newsletter\?request=[^"]+)"/.exec(wrong) ?? [];
    expect(await read(link)).toContain('name="email" type="email" value="ada"');
    for (const id of ids) everywhere.push(await read(`/_portico/actions/shop.everything?request=${id}`));
    expect(everywhere[5]).toContain('value="B');
    expect(everywhere.filter((text) => text.includes(SECRET))).toEqual([]);
    expect(everywhere[1]).toContain('withheld, as it is secret');
  });

  test('keeps as many as it is told', async () => {
    const { agent } = await serve(openApp({ requests: 2 }));
    for (let made = 0; made < 4; made++) await agent().post('/_actions/shop.raw', { made });
    expect(namesIn(await (await agent().get('/_portico/requests')).text())).toHaveLength(2);
  });

  test('shows what was asked for as text', async () => {
    const { agent } = await serve(openApp());
    await agent().post('/_actions/%3Cb%3Ex', {});
    const text = await (await agent().get('/_portico/requests')).text();
    expect(text).not.toContain('<b>x');
    expect((await agent().get('/_portico/requests/none')).status).toBe(404);
  });
});

test('in production nothing is observed by the explorer', async () => {
  const app = openApp({}, production);
  const { agent } = await serve(app);
  await agent().post('/_actions/shop.raw', {});
  expect((await agent().get('/_portico/requests')).status).toBe(404);
});
