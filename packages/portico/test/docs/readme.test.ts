import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAgent, type Agent } from '../support/agent.ts';
import { tokenize } from '../forms/markup.ts';

// The first action of README.md, as pasted: the block is taken from the file and started as its own program.

const root = join(import.meta.dirname, '../../../..');
const block = /^## A first action$[\s\S]*?^```ts\n([\s\S]*?)^```/m.exec(
  readFileSync(join(root, 'README.md'), 'utf8'),
)?.[1];

let visitor: Agent;
let stop: () => void;

beforeAll(async () => {
  if (block === undefined) throw new Error('README.md has no block of code under "A first action".');
  // In the workspace, so that `portico` and `zod` resolve; not under node_modules, where Node strips no types.
  mkdirSync(join(root, '.data'), { recursive: true });
  const folder = mkdtempSync(join(root, '.data', 'readme-'));
  writeFileSync(join(folder, 'app.ts'), block);
  const port = await freePort();
  const { NODE_ENV: _, PORTICO_SECRETS: __, DATA_DIR: ___, ...environment } = process.env;
  const child = spawn(process.execPath, ['--conditions=portico-source', 'app.ts'], {
    cwd: folder,
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  stop = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://localhost:${port}`;
  await vi.waitFor(() => fetch(origin), { timeout: 20_000, interval: 50 });
  visitor = createAgent(origin);
}, 30_000);

afterAll(() => stop?.());

describe('the first action of README.md', () => {
  test('has at most thirty lines', () => {
    expect(block?.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  test('prints a form whose constraints come from the schema', async () => {
    const html = await (await visitor.get('/')).text();
    expect(attributesOf(html, 'form')).toEqual([{ method: 'post', action: '?_action=newsletter' }]);
    expect(attributesOf(html, 'input')).toMatchObject([
      { name: 'email', type: 'email', required: '' },
      { name: 'terms', type: 'checkbox' },
    ]);
  });

  test('shows an invalid form again: 422, errors beside their fields, input kept', async () => {
    const answer = await visitor.post(
      '/?_action=newsletter',
      new URLSearchParams({ email: 'ada@example.com' }),
    );
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('<p class="error">Please check the form.</p>');
    expect(html).toContain('<li>Please accept the terms.</li>');
    const [email, terms] = attributesOf(html, 'input');
    expect(email).toMatchObject({ value: 'ada@example.com' });
    expect(email).not.toHaveProperty('aria-invalid');
    expect(terms).toMatchObject({ 'aria-invalid': 'true', 'aria-describedby': 'newsletter__terms-errors' });
    expect(attributesOf(html, 'ul')).toEqual([{ id: 'newsletter__terms-errors' }]);
  });

  test('escapes what was typed', async () => {
    const answer = await visitor.post('/?_action=newsletter', new URLSearchParams({ email: '"><script>' }));
    expect(await answer.text()).not.toContain('<script>');
  });

  test('answers a valid form with 303, thanks once, and nothing on reload', async () => {
    const fields = new URLSearchParams({ email: 'ada@example.com', terms: 'true' });
    const answer = await visitor.post('/?_action=newsletter', fields);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(await (await visitor.get('/')).text()).toContain(
      '<p class="notice">Thanks, you are on the list.</p>',
    );
    expect(await (await visitor.get('/')).text()).not.toContain('Thanks');
  });

  test('refuses a form that another site posts', async () => {
    const fields = new URLSearchParams({ email: 'ada@example.com', terms: 'true' });
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };
    expect((await visitor.post('/?_action=newsletter', fields, { headers })).status).toBe(403);
  });
});

function attributesOf(html: string, tag: string): Array<Record<string, string>> {
  const { tags } = tokenize(html.replace('<!doctype html>', ''));
  return tags.filter(({ name }) => name === tag).map(({ attributes }) => Object.fromEntries(attributes));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
