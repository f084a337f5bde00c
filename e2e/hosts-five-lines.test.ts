import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { astroBuild, astroDev, astroStart } from '../packages/portico/test/support/astro.ts';
import { startApp } from '../packages/portico/test/support/child-app.ts';
import { codeBlocks, pasteInto, type CodeBlock } from '../packages/portico/test/support/documented-lines.ts';
import { freshProject, type FreshProject } from '../packages/portico/test/support/fresh-project.ts';
import { launchBrowser, openContext } from './src/browser.ts';
import { field, press } from './src/form-page.ts';
import { startStranger, type Stranger } from './src/stranger.ts';

// Apps that had no Portico get what docs/hosts.md and docs/astro.md show, taken from the documents and pasted in, and are then
// used by somebody with a browser. Fastify: packages/portico/test/hosts/fastify-lines.test.ts

interface Running {
  readonly origin: string;
  close(): Promise<void>;
}

interface Host {
  readonly name: string;
  /** The lines of the sample that name Portico. */
  readonly lines: RegExp;
  readonly sample: readonly CodeBlock[];
  readonly action: string;
  readonly thanks: string;
  start(): Promise<Running>;
}

const ABOUT = '<!doctype html><title>About</title><h1>About us</h1>';

const plainExpress = `
import express from 'express';

const app = express();
app.get('/about', (_req, res) => void res.send('${ABOUT}'));
app.post('/orders', express.json(), (req, res) => void res.status(201).json({ received: req.body }));
const server = app.listen(0, '127.0.0.1', () => console.log('listening on', server.address().port));
`;

const plainAstro = {
  'tsconfig.json': '{ "extends": "astro/tsconfigs/strict" }',
  'src/pages/index.astro': '<!doctype html><title>Astro</title><h1>Astro</h1>',
  'src/pages/about.astro': ABOUT,
  'src/pages/orders.ts': `
    export const prerender = false;
    export const POST = async ({ request }) => Response.json({ received: await request.json() }, { status: 201 });
  `,
};
// What npm would install below the project: the workspace's root has Express's older one.
const packages = { cookie: 'node_modules/astro/node_modules/cookie' };

const express = codeBlocks('hosts.md', 'Express').filter(({ language }) => language === 'ts');
const astro = codeBlocks('astro.md', 'Five lines').filter(({ file }) => file !== undefined);
const inAstro = {
  lines: /'portico|integrations: \[portico\(\)\]|locals\.portico;/,
  sample: astro,
  action: 'newsletter',
  thanks: 'Welcome!',
};

const hosts: readonly Host[] = [
  {
    name: 'Express',
    lines: /'portico|createPortico\(|porticoExpress\(/,
    sample: express,
    action: 'signUp',
    thanks: 'Thank you!',
    start: () =>
      running({ 'app.ts': pasteInto(plainExpress, express[0]?.code ?? '') }, {}, ({ folder }) =>
        startApp(folder, 'app.ts'),
      ),
  },
  {
    name: 'astro dev',
    ...inAstro,
    start: () => running(withLines(), packages, ({ folder }) => astroDev(folder)),
  },
  {
    name: 'Astro as built',
    ...inAstro,
    start: () =>
      running(withLines(), packages, async ({ folder }) =>
        astroStart(folder, await astroBuild(folder, 'built')),
      ),
  },
];

function withLines(): Record<string, string> {
  return { ...plainAstro, ...Object.fromEntries(astro.map(({ file, code }) => [file, code])) };
}

async function running(
  files: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
  start: (project: FreshProject) => Promise<Running>,
): Promise<Running> {
  const project = await freshProject(files, own);
  const { origin, close } = await start(project).catch(async (error: unknown) => {
    await project.remove();
    throw error;
  });
  return {
    // 127.0.0.1 is the stranger.
    origin: origin.replace('127.0.0.1', 'localhost'),
    close: async () => {
      await close();
      await project.remove();
    },
  };
}

let browser: Browser;
let stranger: Stranger;
let apps: ReadonlyArray<PromiseSettledResult<Running>> = [];
beforeAll(async () => {
  // All at once: Astro takes its time.
  const starting = Promise.allSettled(hosts.map(({ start }) => start()));
  [browser, stranger, apps] = await Promise.all([launchBrowser(), startStranger(), starting]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), stranger?.close()]);
  for (const app of apps) if (app.status === 'fulfilled') await app.value.close();
});

describe.each(hosts)('the documented lines in $name', ({ name, lines, sample, action, thanks }) => {
  let app: Running;
  beforeAll(async () => {
    const started = apps[hosts.findIndex((host) => host.name === name)];
    if (started?.status !== 'fulfilled') throw started?.reason ?? new Error(`${name} was not started.`);
    app = started.value;
    // In development the first page makes Vite read everything.
    await fetch(app.origin);
  });

  async function visitor(javaScriptEnabled: boolean): Promise<BrowserContext> {
    const context = await openContext(browser, { javaScriptEnabled });
    onTestFinished(() => context.close());
    return context;
  }

  test('are five', () => {
    const code = sample.map((block) => block.code).join('\n');
    expect(code.split('\n').filter((line) => lines.test(line))).toHaveLength(5);
  });

  describe.each([false, true])('with JavaScript: %s', (javaScript) => {
    test('a wrong form is shown again with its error and what was typed; a right one thanks once', async () => {
      const tab = await (await visitor(javaScript)).newPage();
      const posts: string[] = [];
      tab.on('request', (request) => {
        if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
      });
      await tab.goto(app.origin);
      const email = field(tab, 'E-mail');
      // To browsers an address, to the schema none.
      await email.input.fill('ada@localhost');
      const refused = await press(tab, 'Sign up');
      expect(refused.status()).toBe(422);
      expect(await email.errors()).toBe('Invalid email address');
      expect(await email.isInvalid()).toBe(true);
      expect(await email.input.inputValue()).toBe('ada@localhost');
      expect(await tab.getByRole('status').count()).toBe(0);

      // Twice: by the second time there is a session, and a token with it.
      for (let n = 0; n < 2; n++) {
        await email.input.fill('ada@example.com');
        const answer = await press(tab, 'Sign up');
        expect((await answer.request().redirectedFrom()?.response())?.status()).toBe(303);
        expect(new URL(tab.url()).pathname + new URL(tab.url()).search).toBe('/');
        expect(await tab.getByRole('status').allTextContents()).toEqual([thanks]);
        expect(await email.input.inputValue()).toBe('');
        await tab.reload();
        expect(await tab.getByRole('status').count()).toBe(0);
      }
      expect(posts).toEqual(['/', '/', '/']);
    });

    test('the form of another site is refused, and runs nothing', async () => {
      const tab = await (await visitor(javaScript)).newPage();
      const target = `${app.origin}/?_action=${action}`;
      await tab.goto(stranger.trap(target, { email: 'mallory@example.com' }));
      const answer = await press(tab, 'Win a prize');
      expect(answer.status()).toBe(403);
      await tab.goto(app.origin);
      expect(await tab.getByRole('status').count()).toBe(0);
    });
  });

  test('the app’s own routes are as they were', async () => {
    const context = await visitor(true);
    const tab = await context.newPage();
    await tab.goto(`${app.origin}/about`);
    expect(await tab.getByRole('heading').textContent()).toBe('About us');
    const ordered = await context.request.post(`${app.origin}/orders`, { data: { item: 'tea' } });
    expect([ordered.status(), await ordered.json()]).toEqual([201, { received: { item: 'tea' } }]);
  });
});
