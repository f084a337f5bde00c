import { createPortico, defineAction, type Portico } from 'portico';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { production } from '../support/production.ts';

/** A plugin with an endpoint, one with all below a path, and an action that counts. */
function openApp(): { portico: Portico; runs: () => number } {
  let runs = 0;
  const portico = createPortico({
    ...production,
    actions: { count: defineAction({ accept: 'any', input: z.looseObject({}), handler: () => ++runs }) },
    routes: { 'POST /tool/routed': 'count' },
    plugins: [
      {
        endpoints: {
          '/tool': async ({ request }) => new Response(`tool: ${await request.text()}`),
          '/tool/*': () => new Response('below'),
          '/asks': () => new Response('asks'),
        },
        pages: { '/asks': () => new Response('asks again') },
        routes: { 'POST /tool/shadowed': 'count' },
      },
    ],
  });
  return { portico: portico as unknown as Portico, runs: () => runs };
}

const post = (portico: Portico, path: string, body: BodyInit = new URLSearchParams()): Promise<Response> =>
  portico.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      body,
      headers: { 'sec-fetch-site': 'same-origin' },
    }),
  );

describe('the path of a plugin’s endpoint', () => {
  test.each([
    ['/tool?_action=count', {}],
    ['/tool?action=count', {}],
    ['/tool', { action: 'count' }],
    ['/tool/below?_action=count', { action: 'count' }],
    ['/tool/shadowed', {}],
  ])('is the plugin’s, whatever query and body name: %s', async (path, fields) => {
    const { portico, runs } = openApp();
    const answer = await post(portico, path, new URLSearchParams(fields));
    expect(await answer.text()).toMatch(path.startsWith('/tool/') ? /^below$/ : /^tool: /);
    expect(runs()).toBe(0);
  });

  test('gets the body whole that names an action', async () => {
    const { portico } = openApp();
    const answer = await post(portico, '/tool', new URLSearchParams({ action: 'count', more: '1' }));
    expect(await answer.text()).toBe('tool: action=count&more=1');
  });

  test('gives way to a door of the app’s own by its path, and to its routes', async () => {
    const { portico, runs } = openApp();
    await post(portico, '/_actions/count', new FormData());
    await post(portico, '/tool/routed');
    expect(runs()).toBe(2);
  });

  test('that is a page, too, takes forms as any page does', async () => {
    const { portico, runs } = openApp();
    await post(portico, '/asks?_action=count');
    expect(runs()).toBe(1);
  });
});
