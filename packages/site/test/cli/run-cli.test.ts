import { ActionError } from 'portico';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import type { AccountToCreate, SiteTasks } from '../../src/cli/site-tasks.ts';
import { inputErrors } from '../../src/lib/input-errors.ts';
import { createFakeIo, type FakeIo } from './fake-io.ts';

interface Run {
  readonly code: number;
  readonly io: FakeIo;
  readonly calls: readonly unknown[];
}

async function run(args: string, io: FakeIo = createFakeIo(), own: Partial<SiteTasks> = {}): Promise<Run> {
  const calls: unknown[] = [];
  const site: SiteTasks = {
    async migrate({ drop }) {
      calls.push(drop ? 'migrate and drop' : 'migrate');
    },
    async plan() {
      return [];
    },
    async createUser(account) {
      calls.push(account);
      return {
        id: 7,
        link: account.password === undefined ? 'https://example.com/setpassword?code=x' : undefined,
      };
    },
    async setPassword(user, password) {
      calls.push({ user, password });
      return { email: 'ann@example.com', closed: undefined };
    },
    async setAdmin(user, admin) {
      calls.push({ user, admin });
      return { email: 'ann@example.com', closed: undefined };
    },
    async issueLink(user) {
      calls.push({ user });
      return {
        email: 'ann@example.com',
        link: 'https://example.com/setpassword?code=y',
        closed: undefined,
      };
    },
    async sendTestMail(to) {
      calls.push({ to });
      return `The mail server took the mail to ${to}.`;
    },
    async close() {
      calls.push('close');
    },
    ...own,
  };
  const code = await runCli(args === '' ? [] : args.split(' '), io, async (module) => {
    if (module !== undefined) calls.push({ module });
    return site;
  });
  return { code, io, calls };
}

describe('portico-site', () => {
  it.each([
    ['', 'Which command?'],
    ['nonsense', 'There is no command "nonsense".'],
    ['users', 'Which one: users create, users set-password, users link, users promote?'],
    ['users remove', 'Which one: users create, users set-password, users link, users promote?'],
    ['migrate now', "Unexpected argument 'now'."],
    ['migrate --force', "Unknown option '--force'."],
    ['migrate --drop', '--drop needs --site <module>'],
    ['migrate --plan --drop', '--drop needs --site <module>'],
    ['users create', '--email <email> is missing.'],
    ['users create --email', "Option '--email <value>' argument missing."],
    ['users create --email=', '--email <email> is missing.'],
    ['users create --email ann@example.com --admin=yes', "Option '--admin' does not take an argument."],
    ['users create --email ann@example.com --password geheim', 'A password is not taken as an argument'],
    ['users set-password --user ann --new-password=geheim', 'A password is not taken as an argument'],
    ['users set-password', '--user <email|username|id> is missing.'],
    ['users link', '--user <email|username|id> is missing.'],
    ['users promote --demote', '--user <email|username|id> is missing.'],
    ['mail send-test', '--to <email> is missing.'],
    ['migrate --site', "Option '--site <value>' argument missing."],
    ['migrate --site=', '--site <module> is missing.'],
  ])('refuses "%s" with exit code 2', async (args, message) => {
    const { code, io, calls } = await run(args);
    expect(code).toBe(2);
    expect(io.err[0]).toContain(message);
    expect(io.err.join('\n')).not.toContain('geheim');
    expect(io.err.at(-1)).toBe('portico-site --help says what there is.');
    expect(io.out).toEqual([]);
    expect(calls).toEqual([]);
  });

  it.each(['--help', '-h', 'help'])('%s lists the commands and the environment', async (args) => {
    const { code, io, calls } = await run(args);
    const [help = ''] = io.out;
    expect(code).toBe(0);
    const commands = [
      'migrate',
      'users create',
      'users set-password',
      'users link',
      'users promote',
      'mail send-test',
    ];
    for (const word of [...commands, 'DATABASE_URL']) {
      expect(help).toContain(word);
    }
    expect(calls).toEqual([]);
  });

  it.each([
    ['migrate', ['[--plan]', '[--drop]']],
    ['users create', ['--email <email>', '[--username <name>]', '[--admin]', '[--password-stdin]']],
    ['users set-password', ['--user <email|username|id>', '[--password-stdin]']],
    ['users link', ['--user <email|username|id>']],
    ['users promote', ['--user <email|username|id>', '[--demote]']],
    ['mail send-test', ['--to <email>']],
  ])('%s --help says what it takes', async (command, usage) => {
    for (const args of [`${command} --help`, `help ${command}`, `${command} -h --nonsense`]) {
      const { code, io } = await run(args);
      expect(code).toBe(0);
      expect(io.out[0]?.split('\n')[0]).toBe(
        ['portico-site', command, ...usage, '[--site <module>]'].join(' '),
      );
    }
  });

  it('says what failed with exit code 1, and closes the site all the same', async () => {
    const failures: ReadonlyArray<[unknown, string[]]> = [
      [new Error('no'), ['no']],
      [new Error('no', { cause: new Error('connect ECONNREFUSED') }), ['no', 'Cause: connect ECONNREFUSED']],
      [
        new ActionError({ code: 'SERVICE_UNAVAILABLE', message: 'The database is away.' }),
        ['The database is away.'],
      ],
      [
        inputErrors({ email: 'is taken', username: ['a', 'b'] }),
        ['email: is taken', 'username: a', 'username: b'],
      ],
      ['text', ['text']],
    ];
    for (const [failure, lines] of failures) {
      const { code, io, calls } = await run('migrate', createFakeIo(), {
        migrate: () => Promise.reject(failure),
      });
      expect(code).toBe(1);
      expect(io.err).toEqual(lines);
      expect(calls).toEqual(['close']);
    }
  });
});

describe('--site', () => {
  it.each([
    ['migrate --site ./accounts.ts', 'migrate'],
    ['users link --site=./accounts.ts --user ann', { user: 'ann' }],
  ])('opens the site of a module: %s', async (args, call) => {
    const { code, calls } = await run(args);
    expect(code).toBe(0);
    expect(calls).toEqual([{ module: './accounts.ts' }, call, 'close']);
  });
});

describe('migrate', () => {
  it('migrates', async () => {
    const { code, io, calls } = await run('migrate');
    expect(code).toBe(0);
    expect(io.out).toEqual(['The database is up to date.']);
    expect(calls).toEqual(['migrate', 'close']);
  });
});

describe('users create', () => {
  const created = (more: Partial<AccountToCreate> = {}): AccountToCreate => ({
    email: 'ann@example.com',
    username: undefined,
    admin: false,
    password: undefined,
    ...more,
  });

  it('prints a link where nobody can be asked for a password', async () => {
    const { code, io, calls } = await run('users create --email ann@example.com');
    expect(code).toBe(0);
    expect(calls[0]).toEqual(created());
    expect(io.out.join('\n')).toContain('https://example.com/setpassword?code=x');
  });

  it('takes username, admin and a password from standard input', async () => {
    const io = createFakeIo({ input: ' two  words \r\n' });
    const { calls } = await run(
      'users create --email ann@example.com --username ann --admin --password-stdin',
      io,
    );
    expect(calls[0]).toEqual(created({ username: 'ann', admin: true, password: ' two  words ' }));
    expect(io.out).toEqual(['User 7 was created.']);
  });

  it('asks twice on a terminal, and shows nothing of the answer', async () => {
    const io = createFakeIo({ answers: ['geheim123', 'geheim123'] });
    const { calls } = await run('users create --email ann@example.com', io);
    expect(calls[0]).toEqual(created({ password: 'geheim123' }));
    expect(io.questions).toHaveLength(2);
    expect([...io.out, ...io.err].join('\n')).not.toContain('geheim');
  });

  it.each([
    ['no password: a link', [''], 0],
    ['two that differ: nothing happens', ['geheim123', 'geheim124'], 1],
    ['cancelled: nothing happens', [], 1],
  ])('understands %s', async (_, answers, expected) => {
    const { code, calls } = await run('users create --email ann@example.com', createFakeIo({ answers }));
    expect(code).toBe(expected);
    expect(calls).toEqual(expected === 0 ? [created(), 'close'] : []);
  });

  it('makes nobody when there was to be a password and none came', async () => {
    const { code, io, calls } = await run('users create --email ann@example.com --password-stdin');
    expect(code).toBe(1);
    expect(io.err).toEqual(['There was no password on standard input.']);
    expect(calls).toEqual([]);
  });
});

describe('users set-password', () => {
  it('reads from standard input where nobody can be asked', async () => {
    const io = createFakeIo({ input: 'correct horse\n' });
    const { code, calls } = await run('users set-password --user ann', io);
    expect(code).toBe(0);
    expect(calls[0]).toEqual({ user: 'ann', password: 'correct horse' });
    expect(io.out).toEqual(['ann@example.com has a new password. All sessions of this user have ended.']);
  });

  it('asks on a terminal, unless told to read', async () => {
    const asked = await run(
      'users set-password --user ann',
      createFakeIo({ answers: ['one two', 'one two'] }),
    );
    expect(asked.calls[0]).toEqual({ user: 'ann', password: 'one two' });
    const io = createFakeIo({ answers: [], input: 'three four' });
    const read = await run('users set-password --user ann --password-stdin', io);
    expect(read.calls[0]).toEqual({ user: 'ann', password: 'three four' });
  });

  it('changes nothing for no password', async () => {
    const { code, calls } = await run('users set-password --user ann', createFakeIo({ answers: [''] }));
    expect(code).toBe(1);
    expect(calls).toEqual([]);
  });

  it('says when the user cannot sign in yet', async () => {
    const io = createFakeIo({ input: 'x' });
    await run('users set-password --user ann', io, {
      setPassword: async () => ({ email: 'ann@example.com', closed: 'pending' }),
    });
    expect(io.out.at(-1)).toContain('The account is pending');
  });
});

describe('users promote', () => {
  it.each([
    ['users promote --user ann', true, 'ann@example.com is an administrator.'],
    ['users promote --user ann --demote', false, 'ann@example.com is no administrator.'],
  ])('%s', async (args, admin, sentence) => {
    const { code, io, calls } = await run(args);
    expect([code, io.out]).toEqual([0, [sentence]]);
    expect(calls[0]).toEqual({ user: 'ann', admin });
  });

  it('says when the user cannot sign in yet', async () => {
    const { io } = await run('users promote --user ann', createFakeIo(), {
      setAdmin: async () => ({ email: 'ann@example.com', closed: 'suspended' }),
    });
    expect(io.out.at(-1)).toBe('The account is suspended: nobody can sign in to it yet.');
  });
});

describe('users link', () => {
  it('prints a link', async () => {
    const { code, io, calls } = await run('users link --user ann');
    expect(code).toBe(0);
    expect(calls[0]).toEqual({ user: 'ann' });
    expect(io.out).toEqual([
      'This link sets the password of ann@example.com, once:\nhttps://example.com/setpassword?code=y',
    ]);
  });
});

describe('mail send-test', () => {
  it('says where the mail went', async () => {
    const { code, io, calls } = await run('mail send-test --to ann@example.com');
    expect(code).toBe(0);
    expect(calls[0]).toEqual({ to: 'ann@example.com' });
    expect(io.out).toEqual(['The mail server took the mail to ann@example.com.']);
  });

  it('says what the mail server said', async () => {
    const { code, io } = await run('mail send-test --to ann@example.com', createFakeIo(), {
      sendTestMail: () =>
        Promise.reject(new Error('The mail could not be sent.', { cause: new Error('535 wrong password') })),
    });
    expect(code).toBe(1);
    expect(io.err).toEqual(['The mail could not be sent.', 'Cause: 535 wrong password']);
  });
});
