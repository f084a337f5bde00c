import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTranscript } from '../support/transcript.ts';
import { createVisitor, type Answer, type Visitor } from '../support/visitor.ts';

// Runs the site of README.md as whoever pastes it would.

const root = join(import.meta.dirname, '../../../..');
const block = /^## Accounts$[\s\S]*?^```ts\n([\s\S]*?)^```/m.exec(
  readFileSync(join(root, 'README.md'), 'utf8'),
)?.[1];
const PASSWORD = 'correct horse battery staple';
// What a fresh clone has none of.
const CONFIGURATION = new Set([
  'NODE_ENV',
  'PORTICO_SECRETS',
  'DATABASE_URL',
  'DATA_DIR',
  'SITE_URL',
  'SMTP_URL',
]);

let visitor: Visitor;
let stop: () => void;

beforeAll(async () => {
  if (block === undefined) throw new Error('README.md has no block of code under "Accounts".');
  // In the workspace, so that the packages resolve; not under node_modules, where Node strips no types.
  mkdirSync(join(root, '.data'), { recursive: true });
  const folder = mkdtempSync(join(root, '.data', 'readme-'));
  writeFileSync(join(folder, 'app.ts'), block);
  const port = await freePort();
  const environment = Object.entries(process.env).filter(([name]) => !CONFIGURATION.has(name));
  const child = spawn(process.execPath, ['--conditions=portico-source', 'app.ts'], {
    cwd: folder,
    env: { ...Object.fromEntries(environment), PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  stop = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://localhost:${port}`;
  await vi.waitFor(() => fetch(origin), { timeout: 20_000, interval: 50 });
  visitor = createVisitor(origin, createTranscript());
}, 30_000);

afterAll(() => stop?.());

describe('the accounts of README.md', () => {
  test('take at most thirty lines', () => {
    expect(block?.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  test('lead from the form by a mail and the login to the page for members, and out', async () => {
    const refused = await register({ email: 'ada@example.com', password: 'short' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('should contain at least 8 characters.');
    expect(refused.text).toContain('value="ada@example.com"');
    expect(refused.text).not.toContain('value="short"');

    expect((await register({ email: 'ada@example.com', password: PASSWORD })).status).toBe(303);
    expect((await visitor.get('/')).text).toContain('Look into your mail');

    const link = await linkOfNewestMail();
    expect((await post(link, await visitor.get(link))).status).toBe(303);

    const guest = await visitor.get('/members');
    expect([guest.status, guest.location]).toEqual([303, '/login']);
    const login = await visitor.get('/login');
    const signedIn = await post('/login', login, { loginName: 'ada@example.com', password: PASSWORD });
    expect([signedIn.status, signedIn.location]).toEqual([303, '/members']);
    expect((await visitor.get('/members')).text).toContain('Hello, ada@example.com.');

    await visitor.get('/logout', { headers: { 'sec-fetch-dest': 'document' } });
    expect((await visitor.get('/')).text).toContain('Register');
  });
});

async function register(fields: Record<string, string>): Promise<Answer> {
  return post('/?_action=users.saveUser', await visitor.get('/'), fields);
}

/** Posts the form that a page shows: its hidden inputs, and what is typed. */
function post(path: string, page: Answer, fields: Record<string, string> = {}): Promise<Answer> {
  const hidden = page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  const body = new URLSearchParams([...hidden].map(([, name = '', value = '']) => [name, value]));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return visitor.send(path, { method: 'POST', body, headers: { accept: 'text/html' } });
}

/** Its path and query. Waits for it, since mail goes out after the answer. */
function linkOfNewestMail(): Promise<string> {
  return vi.waitFor(async () => {
    const { json } = await visitor.send('/_portico/mail', { headers: { accept: 'application/json' } });
    const { pathname, search } = new URL(json[0].links[0]);
    return pathname + search;
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
