import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { serve } from '../support/serve.ts';
import { project, SECRET } from './project.ts';

const ACTIONS = `import { createPortico, defineAction } from 'portico';
import { z } from 'zod';
export const server = {
  search: defineAction({ method: 'GET', input: z.object({ q: z.string() }), output: z.array(z.string()), handler: () => [] }),
  users: {
    deleteUser: defineAction({ accept: 'form', access: 'user', destructive: true, once: true, handler: () => undefined }),
    save: defineAction({ accept: 'any', limit: { points: 5, seconds: 60, by: 'ip' }, handler: () => undefined }),
  },
};
`;
const LIMITS = 'limits: { consume: () => ({ allowed: true, retryAfter: 0 }) }';
const ONCE = 'once: { store: { claim: async () => ({ state: "claimed" }) } }';
const SOUND = `${ACTIONS}export const portico = createPortico({ actions: server, user: () => null, siteUrl: 'https://shop.example', ${LIMITS}, ${ONCE} });`;

// Each run is a process of its own.
describe('portico', { timeout: 60_000 }, () => {
  test('actions --json has the same and the fields; what the app prints is kept out of it', async () => {
    const files = { 'src/portico/index.ts': `${SOUND}\nconsole.log('loading');` };
    const { out, err } = await project(files).portico('actions --json');
    expect(err).toBe('loading\n');
    expect(JSON.parse(out)).toMatchObject([
      { name: 'search', access: 'public', methods: ['GET'], fields: [{ name: 'q', required: true }] },
      { name: 'users.deleteUser', access: 'user', destructive: true, once: 'asked' },
      { name: 'users.save', limits: [{ points: 5, seconds: 60, by: 'ip' }] },
    ]);
  });

  test('openapi writes the document, and needs no secret of production', async () => {
    const files = {
      'src/app.ts': SOUND,
      'package.json': '{ "type": "module", "name": "shop", "version": "3.1.0" }',
    };
    const shop = project(files);
    const { code, out, err } = await shop.portico('openapi --out openapi.json --title Shop', {
      NODE_ENV: 'production',
    });
    expect([code, out, err]).toEqual([0, '', '6 paths in openapi.json\n']);
    expect(JSON.parse(shop.read('openapi.json') ?? '')).toMatchObject({
      openapi: '3.1.1',
      info: { title: 'Shop', version: '3.1.0' },
      servers: [{ url: 'https://shop.example' }],
    });
  });

  test('doctor says what is wrong and ends with 1; with warnings alone it ends with 0', async () => {
    const weak = project({
      'src/portico.ts': `${ACTIONS}export const portico = createPortico({ actions: server, user: () => null });`,
    });
    const without = await weak.portico('doctor', { NODE_ENV: 'production' });
    expect(without.code).toBe(1);
    expect(without.out).toMatch(
      /^error {4}There is no secret to sign and encrypt with\. \[no-secret\]\n {9}Risk: /m,
    );
    const { code, out } = await weak.portico('doctor --json');
    const { mode, actions, findings } = JSON.parse(out) as {
      mode: string;
      actions: object[];
      findings: Array<{ id: string }>;
    };
    expect([code, mode, actions.length]).toEqual([0, 'production', 3]);
    expect(findings.map(({ id }) => id)).toEqual(['no-site-url', 'limits-in-memory', 'once-in-memory']);
  });

  test('doctor --url asks a running app with the same secret; a sound one is fine', async () => {
    const { url } = await serve(
      createPortico({ actions: { a: defineAction({ handler: () => 1 }) }, secrets: [SECRET], dev: false }),
    );
    const shop = project({ 'src/portico.ts': SOUND });
    const ran = await shop.portico(`doctor --url ${url}`);
    expect(ran.out).toContain(`judged as in production, and ${url}:`);
    expect([ran.code, ran.out.endsWith('Nothing is wrong.\n')]).toEqual([0, true]);
  });
});

describe('the file of the app', { timeout: 60_000 }, () => {
  test('that only exports actions is mounted with defaults, and told so', async () => {
    const { code, out, err } = await project({ 'src/actions.ts': ACTIONS }).portico('actions', {});
    expect(code).toBe(0);
    expect(err).toContain('src/actions.ts exports `server` and no `portico`');
    expect(out).toContain('users.deleteUser');
  });

  test('in TypeScript that Node cannot run is run by Vite', async () => {
    const files = {
      'src/portico.ts': `import { actions } from './tree';\nimport { createPortico } from 'portico';
enum Place { Here = 'here' }
export const portico = createPortico({ actions: { [Place.Here]: actions }, base: import.meta.env.BASE_URL });`,
      'src/tree.ts':
        "import { defineAction } from 'portico';\nexport const actions = { go: defineAction({ handler: () => 1 }) };",
    };
    const { code, out, err } = await project(files).portico('doctor', { PORTICO_SECRETS: SECRET });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('/_actions/here.go');
    expect(out).toContain('judged as in production');
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    [
      'starts a server',
      { 'a.ts': `import { createServer } from 'node:http'; ${SOUND}\ncreateServer().listen(0);` },
      'actions --app a.ts',
      /^a\.ts cannot be loaded\.\nCause: a\.ts starts a server while it is loaded\. Move createPortico/,
    ],
    [
      'fails',
      {
        'src/portico.ts': "import './db.ts'; export const portico = 1;",
        'src/db.ts': "\nthrow new Error('no database', { cause: 'refused' });",
      },
      'actions',
      /^src\/portico\.ts cannot be loaded\.\nCause: no database\nAt src\/db\.ts:2\nCause: refused\n$/,
    ],
  ])('that %s: what to do, and 1', async (_name, files, args, expected) => {
    const { code, out, err } = await project(files).portico(args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(expected);
  });
});
