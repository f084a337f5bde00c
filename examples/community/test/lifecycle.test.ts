import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { makeMember } from './accounts.ts';
import { removeFolder, run, START_MS, startSite, temporaryFolder, type Run } from './site.ts';
import { formOf, Visitor } from './visitor.ts';
import { FORM, WRITE, writePost } from './writing.ts';

const folders: string[] = [];
const runs: Run[] = [];

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return made;
}

function linkIn({ output }: Run): string {
  return /http:\/\/\S+\/setpassword\S+/.exec(output())?.[0] ?? '';
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
    const visitor = await first.member('kenji');
    const path = await writePost(visitor, { title: 'Before the end' });
    await visitor.submit(path, 'comment-body', { body: 'The last word' });
    await visitor.postWithToken('/?_action=newsletter', { email: 'last@example.org', terms: 'on' });
    const cookies = visitor.cookies();
    expect(await first.stop('SIGKILL')).toBe('SIGKILL');

    const second = started(await startSite(dataFolder));
    const back = new Visitor(second.url, { cookies });
    const page = await back.get(path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<strong>Kenji Tester</strong>');
    expect(page.body).toContain('The last word');
    const again = await back.postWithToken('/?_action=newsletter', {
      email: 'last@example.org',
      terms: 'on',
    });
    expect(again.status).toBe(409);
    // The demo content came once.
    const home = await back.get('/');
    expect(home.body.match(/class="entry"/g)).toHaveLength(5);
  });

  test('in the midst of many writes has every one that it answered', async () => {
    const dataFolder = folder();
    const first = started(await startSite(dataFolder));
    const visitor = await first.member();
    const body = 'Many posts are written while the power goes out.';
    const saved: string[] = [];
    const { action, hidden } = formOf((await visitor.get(WRITE)).body, FORM);
    // Each post is another one, as if from a page of its own.
    delete hidden['_once'];
    const writing = (async () => {
      for (let number = 0; ; number++) {
        const post = { ...hidden, title: `Post ${number}`, 'fields[body]': body, enabled: '1' };
        const answer = await visitor.post(`${WRITE}${action}`, post);
        saved.push(answer.headers.get('location') ?? `status ${answer.status}`);
        if (saved.length === 10) first.child.kill('SIGKILL');
      }
    })().catch(() => undefined);
    await writing;
    await first.ended;
    expect(saved.length).toBeGreaterThanOrEqual(10);

    const second = started(await startSite(dataFolder));
    const author = new Visitor(second.url, { cookies: visitor.cookies() });
    for (const path of saved) {
      const post = (await author.get(path)).headers.get('location') ?? '';
      expect([path, (await author.get(post)).status]).toEqual([path, 200]);
    }
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

  test('prints nothing but its address where there is an administrator, and makes a secret that only its owner can read', async () => {
    const dataFolder = folder();
    await makeMember(dataFolder, 'ines', { admin: true });
    const site = started(await startSite(dataFolder));
    await site.member();
    expect(site.output()).toBe(`Saltglaze is open at ${site.url}\n`);
    expect(statSync(join(dataFolder, 'secret')).mode & 0o777).toBe(0o600);
  });

  test('the link for the first administrator is printed until it was used, and no more', async () => {
    const dataFolder = folder();
    const first = started(await startSite(dataFolder, { ADMIN_EMAIL: 'me@studio.test' }));
    expect(linkIn(first)).toContain(`${first.url}/setpassword?`);
    await first.stop();
    const second = started(await startSite(dataFolder, { ADMIN_EMAIL: 'me@studio.test' }));
    const path = linkIn(second).slice(second.url.length);
    const visitor = new Visitor(second.url);
    await visitor.submit(path, 'users/set-password', { newPassword: 'the key under the pot' });
    await second.stop();
    const third = started(await startSite(dataFolder));
    expect(third.output()).toBe(`Saltglaze is open at ${third.url}\n`);
    await new Visitor(third.url).signIn('me@studio.test', 'the key under the pot');
  });

  test('npm run create-admin makes an administrator in the database of the site', async () => {
    const dataFolder = folder();
    const script = fileURLToPath(new URL('../../../scripts/create-admin.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--email', 'me@studio.test'], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataFolder },
    });
    const site = started(await startSite(dataFolder));
    const { pathname, search } = new URL(/http:\S+/.exec(stdout)?.[0] ?? '');
    const visitor = new Visitor(site.url);
    await visitor.submit(pathname + search, 'users/set-password', { newPassword: 'the key under the pot' });
    // The link also activates the account, which signs in here.
    expect((await visitor.get('/admin/users')).status).toBe(200);
  });

  test('a database that does not answer is told in words', async () => {
    const dead = started(
      run({ PORT: '0', DATA_DIR: folder(), DATABASE_URL: 'postgres://me:secret word@127.0.0.1:1/nothing' }),
    );
    expect(await dead.ended).toBe(1);
    expect(dead.output()).toMatch(
      /^Saltglaze cannot start: The database postgres:\/\/127\.0\.0\.1:1\/nothing does not/,
    );
    expect(dead.output()).not.toContain('secret word');
    expect(dead.output()).not.toContain('    at ');
  });

  test('production does not start without a way to send mail, and says what to set', async () => {
    const production = { NODE_ENV: 'production', PORT: '0', HOST: '127.0.0.1' };
    const nowhere = started(run({ ...production, DATA_DIR: folder() }));
    expect(await nowhere.ended).toBe(1);
    expect(nowhere.output()).toContain('SITE_URL=https://');
    const silent = started(run({ ...production, DATA_DIR: folder(), SITE_URL: 'https://salt.example' }));
    expect(await silent.ended).toBe(1);
    expect(silent.output()).toContain('Set SMTP_URL');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it in order', async (signal) => {
    const site = started(await startSite(folder()));
    expect(await site.stop(signal)).toBe(0);
  });
});
