import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPortico, type Logger, type Plugin, type PorticoOptions } from 'portico';
import { toNodeListener } from 'portico/node';
import { createSite, type SiteOptions, type UserRecord } from '../../src/index.ts';
import type { Site } from '../../src/site.ts';
import type { NewUser } from '../../src/users/user.ts';
import { cheapPasswords } from './cheap-passwords.ts';
import { createClock, type Clock } from './clock.ts';
import { databaseKinds, freshDatabaseUrl } from './databases.ts';
import { collectMail, type Postbox } from './postbox.ts';
import { testPages } from './pages.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import { createVisitor, type Visitor } from './visitor.ts';
import { afterAll, afterEach, describe, expect } from 'vitest';

export type { Answer, Visitor } from './visitor.ts';
export { pageOf } from './pages.ts';

export const PASSWORD = 'correct horse battery staple';

export interface TestSite {
  readonly site: Site;
  readonly origin: string;
  readonly clock: Clock;
  readonly post: Postbox;
  readonly transcript: Transcript;
  /** What was logged, one line each. */
  readonly logs: readonly string[];
  visitor(): Visitor;
  /** A user as if made long ago: active and verified, with the password `PASSWORD`, unless told otherwise. */
  user(options?: Partial<NewUser> & { readonly password?: string | null }): Promise<UserRecord>;
  /** A visitor who has logged in over HTTP. The clock is moved past the elevated session unless `elevated`. */
  login(
    user: { readonly email: string },
    options?: { readonly password?: string; readonly rememberMe?: boolean; readonly elevated?: boolean },
  ): Promise<Visitor>;
  close(): Promise<void>;
}

export interface TestSiteOptions extends SiteOptions {
  readonly portico?: Partial<PorticoOptions>;
}

/**
 * Runs a suite on each database. `open(options)` starts a site of its own over real HTTP; it is closed after its test. When
 * all tests are done, everything that was answered and logged is searched for secrets.
 */
export function describeSites(
  name: string,
  suite: (open: (options?: TestSiteOptions) => Promise<TestSite>, kind: string) => void,
): void {
  for (const kind of databaseKinds) {
    describe(`${name} (${kind})`, () => {
      const opened: TestSite[] = [];
      const transcripts: Transcript[] = [];
      suite(async (options = {}) => {
        const site = await openSite(kind, options);
        opened.push(site);
        transcripts.push(site.transcript);
        return site;
      }, kind);
      afterEach(async () => {
        for (const site of opened.splice(0)) await site.close();
      });
      afterAll(() => {
        expect(transcripts.flatMap((transcript) => transcript.leaks())).toEqual([]);
      });
    });
  }
}

let made = 0;

export async function openSite(
  kind: (typeof databaseKinds)[number],
  { portico: porticoOptions, ...options }: TestSiteOptions = {},
): Promise<TestSite> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-site-'));
  const own = options.database === undefined ? await freshDatabaseUrl(kind) : undefined;
  const transcript = createTranscript();
  const logs: string[] = [];
  const logger = recordingLogger((line) => {
    logs.push(line);
    transcript.log(line);
  });
  const post = collectMail(transcript);
  const clock = createClock();
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site = createSite(
    {
      siteUrl: origin,
      siteName: 'Test site',
      database: own?.url,
      dataDir: folder,
      ...options,
      // Hundreds of logins come from one address here.
      limits: {
        login: false,
        registration: false,
        passwordReset: false,
        verification: false,
        photo: false,
        ...options.limits,
      },
      mail: { transport: post.transport, ...options.mail },
    } as SiteOptions,
    { logger },
  );
  Object.assign(site.services, { passwords: cheapPasswords });
  const portico = createPortico({
    logger,
    dev: false,
    secrets: ['a secret of the tests that is long enough'],
    ...porticoOptions,
    plugins: [site as Plugin],
  });
  const listener = toNodeListener(portico, { pages: testPages(() => portico) });
  await site.start();

  const visitor = (): Visitor => createVisitor(origin, transcript, new Map(), porticoOptions?.base);
  return {
    site: site as Site,
    origin,
    clock,
    post,
    transcript,
    logs,
    visitor,
    async user({ password = PASSWORD, ...given } = {}) {
      const { database, passwords, now } = site.services;
      const count = (made += 1);
      if (password !== null) transcript.secret(password);
      const user = await database.users.insert(
        {
          email: `user${count}@example.com`,
          username: `user${count}`,
          status: 'active',
          verified: true,
          approved: true,
          passwordHash: password === null ? null : await passwords.hash(password),
          ...given,
        },
        now(),
      );
      return user as unknown as UserRecord;
    },
    async login({ email }, { password = PASSWORD, rememberMe, elevated = false } = {}) {
      const visits = visitor();
      const answer = await visits.json('users/login', {
        loginName: email,
        password,
        ...(rememberMe && { rememberMe }),
      });
      if (answer.status !== 200)
        throw new Error(`The login of ${email} failed: ${answer.status} ${answer.text}`);
      if (!elevated) clock.advance(site.services.settings.elevatedSessionDuration + 1);
      return visits;
    },
    async close() {
      clock.restore();
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      await site.close();
      await own?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function recordingLogger(write: (line: string) => void): Logger {
  const line = (level: string) => (message: string, details?: unknown) =>
    write(
      `${level} ${message} ${details instanceof Error ? `${details.stack}\n${String(details.cause)}` : JSON.stringify(details)}`,
    );
  return { error: line('error'), warn: line('warn') };
}
