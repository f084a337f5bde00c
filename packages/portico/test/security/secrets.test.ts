import { spawn } from 'node:child_process';
import { createPortico, defineAction, type SessionStore, createMemorySessionStore } from 'portico';
import { csrfToken, redirectInput } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';

const OLD = 'an old secret of thirty-two chars';
const NEW = 'a newer secret of some 32 letters';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts an app in a process of its own. */
function start(env: Record<string, string>, options = ''): Promise<Ended> {
  const script = `import { createPortico } from 'portico'; createPortico({ ${options} }); console.log('started');`;
  const child = spawn(
    process.execPath,
    ['--conditions=portico-source', '--input-type=module', '-e', script],
    {
      cwd: new URL('../..', import.meta.url),
      env: { PATH: process.env['PATH'] ?? '', ...env },
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

describe('in production', () => {
  it.each([
    ['without secrets', { NODE_ENV: 'production' }, ''],
    ['where NODE_ENV says nothing', {}, ''],
    ['with an empty list', { NODE_ENV: 'production' }, 'secrets: []'],
    ['with an empty variable', { NODE_ENV: 'production', PORTICO_SECRETS: ' , ' }, ''],
  ])('an app does not start %s, and says what to do', async (_what, env, options) => {
    const { code, output } = await start(env as Record<string, string>, options);
    expect(code).not.toBe(0);
    expect(output).toContain('openssl rand -base64 32');
    expect(output).not.toContain('started');
  });

  it('an app does not start with a secret that can be guessed, nor prints it', async () => {
    const { code, output } = await start({ NODE_ENV: 'production', PORTICO_SECRETS: 'hunter2' });
    expect(code).not.toBe(0);
    expect(output).toContain('at least 32');
    expect(output).not.toContain('hunter2');
  });

  it('an app starts with secrets of its own', async () => {
    expect(await start({ NODE_ENV: 'production', PORTICO_SECRETS: `${NEW},${OLD}` })).toEqual({
      code: 0,
      output: 'started\n',
    });
  });
});

describe('rotation', () => {
  const mounted = (secrets: string[], store?: SessionStore) => {
    const save = defineAction({ accept: 'form', handler: () => null });
    const portico = createPortico({
      actions: { save },
      secrets,
      csrf: 'token',
      session: store === undefined ? {} : { store },
    });
    return { save, portico, client: createTestClient(portico, { follow: false }) };
  };
  const valueOf = (printed: unknown): string => / value="([^"]*)"/.exec(String(printed))?.[1] ?? '';

  it.each([
    ['a new secret in front: what the old one signed still counts', [OLD], [NEW, OLD], 303],
    ['the old secret gone: it counts no longer', [OLD], [NEW], 403],
    ['a rollback: what the new one signed counts while it is in the list', [NEW, OLD], [OLD, NEW], 303],
  ])('%s', async (_what, before, after, status) => {
    const store = createMemorySessionStore();
    for (const shared of [undefined, store]) {
      const old = mounted(before, shared);
      const fields = await old.client.read((ctx) => ({
        PORTICO_CSRF_TOKEN: csrfToken(ctx),
        redirect: valueOf(redirectInput(ctx, '/done')),
      }));
      const next = mounted(after, shared);
      for (const [name, value] of old.client.cookies) next.client.cookies.set(name, value);
      const answer = await next.client.form(next.save, fields);
      expect(answer.status).toBe(status);
      if (status === 303) expect(answer.headers.get('location')).toBe('/done');
    }
  });

  it('seals anew with the first secret, so that the last can go in time', async () => {
    const old = mounted([OLD]);
    await old.client.read((ctx) => ctx.session.set('a', 1));
    const between = mounted([NEW, OLD]);
    for (const [name, value] of old.client.cookies) between.client.cookies.set(name, value);
    await between.client.read((ctx) => ctx.session.set('b', 2));
    const next = mounted([NEW]);
    for (const [name, value] of between.client.cookies) next.client.cookies.set(name, value);
    expect(await next.client.read((ctx) => [ctx.session.get('a'), ctx.session.get('b')])).toEqual([1, 2]);
  });
});
