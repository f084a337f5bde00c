import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadSite } from '../../src/cli/load-site.ts';
import { openSite } from '../../src/cli/open-site.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { createSite } from '../../src/index.ts';
import { createDevMailbox } from '../../src/mail/dev-mailbox.ts';
import type { Services } from '../../src/services.ts';
import { PASSWORD_CODES, setPasswordByCode } from '../../src/users/codes/set-password.ts';
import type { UserChanges } from '../../src/users/user.ts';
import { checkCode } from '../../src/users/codes/verification.ts';
import { startSmtpServer } from '../mail/smtp-server.ts';
import { createFakeIo } from './fake-io.ts';

const PASSWORD = 'correct horse battery staple';
const OTHER = 'four quite different words';

let dataDir = '';

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'portico-cli-'));
  // The dev mailbox says what it got, on the terminal.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(dataDir, { recursive: true, force: true });
});

/** Runs a command on a real site, in this process. */
async function cli(
  args: readonly string[],
  input = '',
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const configured = {
    DATABASE_URL: `sqlite:${join(dataDir, 'site.db')}`,
    DATA_DIR: dataDir,
    SITE_URL: 'https://example.com',
    SMTP_URL: '',
    ...env,
  };
  for (const [name, value] of Object.entries(configured)) vi.stubEnv(name, value);
  const io = createFakeIo({ input });
  const code = await runCli(args, io, async (module) =>
    openSite(process.env, module === undefined ? undefined : await loadSite(module)),
  );
  return { code, out: io.out.join('\n'), err: io.err.join('\n') };
}

/** Looks into the site's database. */
async function look<Result>(read: (services: Services) => Promise<Result>): Promise<Result> {
  const site = createSite({
    database: `sqlite:${join(dataDir, 'site.db')}`,
    dataDir,
    siteUrl: 'https://example.com',
  });
  try {
    return await read(site.services);
  } finally {
    await site.close();
  }
}

describe('users create', { timeout: 30_000 }, () => {
  it('makes an administrator with a password, in a database that was empty', async () => {
    const args = ['users', 'create', '--email', ' root@example.com ', '--username', 'root', '--admin'];
    const made = await cli([...args, '--password-stdin'], `${PASSWORD}\n`);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/^User \d+ was created\.$/);
    await look(async ({ database, passwords }) => {
      const user = await database.users.findByEmail('root@example.com');
      expect(user).toMatchObject({ username: 'root', admin: true, status: 'active', verified: true });
      expect(await passwords.verify(PASSWORD, user?.passwordHash ?? null)).toBe(true);
    });

    const again = await cli([...args, '--password-stdin'], PASSWORD);
    expect(again.code).toBe(1);
    expect(again.err).toBe(
      'email: Email "root@example.com" has already been taken.\nusername: Username "root" has already been taken.',
    );
  });

  it('prints a link to the configured site for an account without a password', async () => {
    const { code, out } = await cli(['users', 'create', '--email', 'ann@example.com']);
    expect(code).toBe(0);
    expect(out).toMatch(/^https:\/\/example\.com\/setpassword\?code=[\w-]{43}&id=[0-9a-f-]{36}$/m);
    const user = await look(({ database }) => database.users.findByEmail('ann@example.com'));
    expect(user).toMatchObject({
      passwordHash: null,
      admin: false,
      username: 'ann@example.com',
      status: 'pending',
      verified: false,
      approved: true,
    });
  });

  it.each([
    [['--email', 'no address'], '', 'email: Email is not a valid email address.'],
    [['--email', 'eve@example.com', '--username', 'e v e'], '', 'username: Username cannot contain spaces.'],
    [['--email', 'eve@example.com', '--password-stdin'], 'short', 'password: New Password should contain'],
  ])('makes nobody of %j', async (args, input, message) => {
    const { code, err } = await cli(['users', 'create', ...args], input);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(await look(({ database }) => database.users.findByEmail('eve@example.com'))).toBeUndefined();
  });
});

describe('users set-password', { timeout: 30_000 }, () => {
  it('takes an e-mail address, a username or an id, ends all sessions and tells the owner', async () => {
    const before = await look(({ database }) => database.users.findByEmail('root@example.com'));
    for (const name of ['root@example.com', 'ROOT', String(before?.id)]) {
      const { code, out } = await cli(['users', 'set-password', '--user', name], OTHER);
      expect(code).toBe(0);
      expect(out).toContain('root@example.com has a new password.');
    }
    await look(async ({ database, passwords }) => {
      const user = await database.users.findByEmail('root@example.com');
      expect(await passwords.verify(OTHER, user?.passwordHash ?? null)).toBe(true);
      expect(user?.credentialsVersion).toBeGreaterThan(before?.credentialsVersion ?? 0);
    });
    const mails = await createDevMailbox({ dataDir, log: () => undefined }).list();
    expect(mails.map(({ to, subject }) => [to, subject])).toContainEqual([
      'root@example.com',
      'Your password was changed',
    ]);
  });

  it('makes links worthless that were given out before', async () => {
    const { out } = await cli(['users', 'create', '--email', 'bob@example.com']);
    const { searchParams } = new URL(/https:\S+/.exec(out)?.[0] ?? '');
    const check = () =>
      look((services) =>
        checkCode(services, searchParams.get('id') ?? '', searchParams.get('code') ?? '', ['activate']),
      );
    expect((await check())?.user.email).toBe('bob@example.com');
    await cli(['users', 'set-password', '--user', 'bob@example.com'], OTHER);
    expect(await check()).toBeUndefined();
  });

  it.each([
    ['nobody', OTHER, 'There is no user "nobody"'],
    ['99999', OTHER, 'There is no user "99999"'],
    ['root', 'short', 'password: New Password should contain'],
    ['root', 'root@example.com', 'password: New Password should not be'],
  ])('changes nothing for %s with %s', async (user, password, message) => {
    const { code, err } = await cli(['users', 'set-password', '--user', user], password);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

/** The code and user in a link that was printed. */
function linkIn(out: string): { readonly code: string; readonly uid: string } {
  const { searchParams } = new URL(/https:\S+/.exec(out)?.[0] ?? '');
  return { code: searchParams.get('code') ?? '', uid: searchParams.get('id') ?? '' };
}

describe('users link', { timeout: 30_000 }, () => {
  const link = (user: string): Promise<{ code: number; out: string; err: string }> =>
    cli(['users', 'link', '--user', user]);

  it('prints a link that opens a new account, once, and makes the one of before worthless', async () => {
    const former = linkIn((await cli(['users', 'create', '--email', 'new@example.com'])).out);
    const { code, out } = await link('new@example.com');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^This link sets the password of new@example\.com, once:\nhttps:\/\/example\.com\/setpassword\?/,
    );
    await look(async (services) => {
      expect(await checkCode(services, former.uid, former.code, PASSWORD_CODES)).toBeUndefined();
      const { user, isActivation } = await setPasswordByCode(services, {
        ...linkIn(out),
        newPassword: OTHER,
      });
      expect([user.status, user.verified, isActivation]).toEqual(['active', true, true]);
      const again = setPasswordByCode(services, { ...linkIn(out), newPassword: OTHER });
      await expect(again).rejects.toThrow('InvalidVerificationCode');
    });
  });

  it('gives an account that has a password another one', async () => {
    const { out } = await link('ROOT');
    await look(async (services) => {
      const valid = await checkCode(services, linkIn(out).uid, linkIn(out).code, PASSWORD_CODES);
      expect([valid?.user.email, valid?.purpose]).toEqual(['root@example.com', 'reset-password']);
    });
  });

  it('says what keeps the user out all the same, and gives none for a closed account', async () => {
    const change = (changes: UserChanges): Promise<unknown> =>
      look(async ({ database }) => {
        const user = await database.users.findByEmail('new@example.com');
        return database.users.update(user?.id ?? 0, changes, 0);
      });
    await change({ suspended: true });
    expect((await link('new@example.com')).out).toContain('The account is suspended');
    await change({ suspended: false, status: 'inactive' });
    const closed = await link('new@example.com');
    expect(closed).toMatchObject({ code: 1, out: '' });
    expect(closed.err).toContain('The account of new@example.com is inactive, and no link opens it');
    expect((await link('nobody')).err).toContain('There is no user "nobody"');
  });
});

describe('users promote', { timeout: 30_000 }, () => {
  const promote = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    cli(['users', 'promote', '--user', ...args]);

  it('makes administrators, and takes it away again from all but the last', async () => {
    await cli(['users', 'create', '--email', 'eva@example.com', '--password-stdin'], PASSWORD);
    const isAdmin = async (email: string): Promise<boolean | undefined> =>
      (await look(({ database }) => database.users.findByEmail(email)))?.admin;
    const lone = await promote('root', '--demote');
    expect(lone).toMatchObject({ code: 1, out: '' });
    expect(lone.err).toBe(
      'You cannot demote the last administrator. Make another user an administrator first.',
    );
    expect(await promote('EVA@example.com')).toEqual({
      code: 0,
      out: 'eva@example.com is an administrator.',
      err: '',
    });
    expect(await isAdmin('eva@example.com')).toBe(true);
    expect(await promote('root', '--demote')).toMatchObject({ code: 0 });
    expect(await isAdmin('root@example.com')).toBe(false);
    expect((await promote('eva@example.com', '--demote')).code).toBe(1);
    expect(await isAdmin('eva@example.com')).toBe(true);
    expect((await promote('nobody')).err).toContain('There is no user "nobody"');
  });

  it('counts those only who can sign in', async () => {
    const { out } = await cli(['users', 'create', '--email', 'waiting@example.com', '--admin']);
    expect(out).toContain('activates the account');
    expect((await promote('eva@example.com', '--demote')).code).toBe(1);
    const demoted = await promote('waiting@example.com', '--demote');
    expect(demoted.out).toBe(
      'waiting@example.com is no administrator.\nThe account is pending: nobody can sign in to it yet.',
    );
  });
});

describe('--site', { timeout: 30_000 }, () => {
  /** A module of an app, in a folder from which `@portico/site` can be found. */
  async function module(source: string): Promise<string> {
    const parent = join(import.meta.dirname, '../../../../.data');
    await mkdir(parent, { recursive: true });
    const folder = await mkdtemp(join(parent, 'cli-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'accounts.ts');
    await writeFile(file, source);
    return file;
  }

  const own = (): Promise<string> =>
    module(`import { createSite, field } from '@portico/site';
export const site = createSite({
  siteName: 'Pottery',
  setPasswordPath: 'account/password',
  password: { minLength: 30 },
  useEmailAsUsername: true,
  users: { fields: { bio: field.text(), news: field.lightswitch({ default: true }) } },
});
`);

  it('uses the app’s own names, paths, fields and password rules', async () => {
    // One module a run: its site is closed afterwards.
    const create = async (): Promise<string[]> => [
      'users',
      'create',
      '--site',
      await own(),
      '--email',
      'pot@example.com',
      '--username',
      'pot',
    ];
    const short = await cli([...(await create()), '--password-stdin'], PASSWORD);
    expect(short.code).toBe(1);
    expect(short.err).toContain('should contain at least 30 characters');
    const made = await cli(await create());
    expect(made.out).toContain('https://example.com/account/password?code=');
    const user = await look(({ database }) => database.users.findByEmail('pot@example.com'));
    expect(user).toMatchObject({ username: 'pot@example.com', fields: { bio: null, news: true } });
  });

  it('sends the test mail as the app does', async () => {
    const server = await startSmtpServer();
    const args = ['mail', 'send-test', '--to', 'ann@example.com', '--site', await own()];
    expect((await cli(args, '', { SMTP_URL: server.url })).code).toBe(0);
    expect(server.messages.join('')).toContain('Test mail from Pottery');
    await server.close();
  });

  it.each([
    ['export const app = 1;', 'exports no site'],
    ['export const site = { services: 1 };', 'exports no site'],
    ['throw new Error("broken");', 'cannot be loaded.\nCause: broken'],
  ])('says what is wrong with a module like %s', async (source, message) => {
    const { code, err } = await cli(['migrate', '--site', await module(source)]);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('says that there is no such module', async () => {
    const { code, err } = await cli(['migrate', '--site', './nowhere.ts']);
    expect(code).toBe(1);
    expect(err).toContain('The module ./nowhere.ts cannot be loaded.');
  });
});

describe('mail send-test', { timeout: 30_000 }, () => {
  const args = ['mail', 'send-test', '--to', 'ann@example.com'];

  it('says what the mail server answered', async () => {
    const server = await startSmtpServer();
    const env = { SMTP_URL: server.url };
    expect(await cli(args, '', env)).toEqual({
      code: 0,
      out: 'The mail server took the mail to ann@example.com.',
      err: '',
    });
    expect(server.messages).toHaveLength(1);
    server.replies['RCPT TO'] = '550 5.1.1 no such user';
    const refused = await cli(args, '', env);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/The mail could not be sent\.\nCause: .*550 5\.1\.1 no such user/);
    await server.close();
    const down = await cli(args, '', env);
    expect(down.code).toBe(1);
    expect(down.err).toContain('ECONNREFUSED');
  });

  it('uses the dev mailbox where there is no server, and nothing in production', async () => {
    const before = await readdir(join(dataDir, 'mail')).catch(() => []);
    const { code, out } = await cli(args);
    expect(code).toBe(0);
    expect(out).toContain(join(dataDir, 'mail'));
    expect(await readdir(join(dataDir, 'mail'))).toHaveLength(before.length + 1);
    const production = await cli(args, '', { NODE_ENV: 'production' });
    expect(production.code).toBe(1);
    expect(production.err).toContain('Set SMTP_URL');
  });

  it.each([
    ['smtp-without-scheme.example', 'SMTP_URL is not the URL of a mail server'],
    ['smtp://user:geheim@', 'SMTP_URL is not the URL of a mail server'],
  ])('explains a wrong SMTP_URL: %s', async (url, message) => {
    const { code, err } = await cli(args, '', { SMTP_URL: url });
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).not.toContain('geheim');
  });

  it('sends nothing to what is no address', async () => {
    const { code, err } = await cli(['mail', 'send-test', '--to', 'ann']);
    expect(code).toBe(1);
    expect(err).toBe('to: Email is not a valid email address.');
  });
});
