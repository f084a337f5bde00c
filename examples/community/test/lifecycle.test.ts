import { createServer, type AddressInfo } from 'node:net';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { removeFolder, run, START_MS, startSite, temporaryFolder, type Run } from './site.ts';
import { Visitor } from './visitor.ts';

const folders: string[] = [];
const runs: Run[] = [];

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return made;
}

function started<T extends Run>(one: T): T {
  runs.push(one);
  return one;
}

afterEach(async () => {
  for (const one of runs.splice(0)) {
    one.child.kill('SIGKILL');
    await one.ended;
  }
  for (const one of folders.splice(0)) removeFolder(one);
});

describe('a killed server', { timeout: 3 * START_MS }, () => {
  test('has lost no post, comment or subscriber, and its sessions go on', async () => {
    const dataFolder = folder();
    const first = started(await startSite(dataFolder));
    const visitor = await new Visitor(first.url).signIn('kenji');
    const post = await visitor.submit('/posts/new', 'Publish', {
      title: 'Before the end',
      body: 'Written just in time, I think.',
    });
    const path = post.headers.get('location') ?? '';
    await visitor.submit(path, 'comment-body', { body: 'The last word' });
    await visitor.post('/?_action=newsletter', { email: 'last@example.org', terms: 'on' });
    const cookies = visitor.cookies();
    expect(await first.stop('SIGKILL')).toBe('SIGKILL');

    const second = started(await startSite(dataFolder));
    const back = new Visitor(second.url, cookies);
    const page = await back.get(path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Kenji Mori</span>');
    expect(page.body).toContain('The last word');
    const again = await back.post('/?_action=newsletter', { email: 'last@example.org', terms: 'on' });
    expect(again.status).toBe(409);
    // The demo content came once.
    const home = await back.get('/');
    expect(home.body.match(/class="entry"/g)).toHaveLength(5);
  });

  test('in the midst of many writes has every one that it answered', async () => {
    const dataFolder = folder();
    const first = started(await startSite(dataFolder));
    const visitor = await new Visitor(first.url).signIn();
    const body = 'Many posts are written while the power goes out.';
    const saved: string[] = [];
    const writing = (async () => {
      for (let number = 0; ; number++) {
        const answer = await visitor.post('/posts/new?_action=posts.create', {
          title: `Post ${number}`,
          body,
        });
        saved.push(answer.headers.get('location') ?? `status ${answer.status}`);
        if (saved.length === 10) first.child.kill('SIGKILL');
      }
    })().catch(() => undefined);
    await writing;
    await first.ended;
    expect(saved.length).toBeGreaterThanOrEqual(10);

    const second = started(await startSite(dataFolder));
    const reader = new Visitor(second.url);
    for (const path of saved) expect([path, (await reader.get(path)).status]).toEqual([path, 200]);
  });
});

describe('starting', { timeout: START_MS }, () => {
  test('a busy port is told in words, with a way out', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const busy = started(run({ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder() }));
    expect(await busy.ended).toBe(1);
    expect(busy.output()).toContain(`Port ${port} is taken`);
    expect(busy.output()).toContain(`PORT=${port + 1} npm start`);
    expect(busy.output()).not.toContain('    at ');
    await new Promise((resolve) => other.close(resolve));
  });

  test('PORT is honoured and the address is printed', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const site = started(await startSite(folder(), { PORT: String(port), HOST: '' }));
    expect(site.url).toBe(`http://localhost:${port}`);
    expect((await fetch(`${site.url}/`)).status).toBe(200);
  });

  test('a PORT that is none is told in words', async () => {
    const wrong = started(run({ PORT: 'http', DATA_DIR: folder() }));
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toContain('PORT is "http"');
  });

  test('prints nothing but its address, and makes a secret that only its owner can read', async () => {
    const site = started(await startSite(folder()));
    await new Visitor(site.url).signIn();
    expect(site.output()).toBe(`Saltglaze is open at ${site.url}\n`);
    expect(statSync(join(site.dataFolder, 'secret')).mode & 0o777).toBe(0o600);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it in order', async (signal) => {
    const site = started(await startSite(folder()));
    expect(await site.stop(signal)).toBe(0);
  });
});
