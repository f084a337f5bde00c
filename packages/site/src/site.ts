import { join } from 'node:path';
import type { Logger, Plugin, PorticoContext } from 'portico';
import { actionTree } from './actions/tree.ts';
import { createUploads } from './assets/create-uploads.ts';
import type { SiteOptions } from './config.ts';
import type { PlannedStep } from './content/content-upkeep.ts';
import { createContent } from './content/create-content.ts';
import type { Database } from './database.ts';
import { createDatabase, type MigrationOptions } from './db/create-database.ts';
import { operatorError } from './db/operator-error.ts';
import { outage } from './db/outage.ts';
import { createEntryForm, type EntryForm } from './entries/entry-form.ts';
import { createMay, type May } from './entries/may.ts';
import { createEntries, type Entries, type SectionsOf } from './entries/query/create-entries.ts';
import { ensureSingle } from './entries/saving/ensure-single.ts';
import { createSaveEntry, type SaveEntries } from './entries/saving/save-from-code.ts';
import type { FieldLayout } from './fields/field.ts';
import { createPhotos } from './files/create-photos.ts';
import { createLocalStorage } from './files/local-storage.ts';
import { createPictureQueue } from './files/picture-queue.ts';
import { createHousekeeping } from './housekeeping.ts';
import { after } from './lib/after.ts';
import { inTime } from './lib/in-time.ts';
import { chooseTransport } from './mail/choose-transport.ts';
import { createMailer } from './mail/create-mailer.ts';
import { mailboxPage } from './mail/mailbox-page.ts';
import { createOutboxSender } from './mail/outbox-sender.ts';
import { mailHost, senderAddress } from './mail/sender-address.ts';
import { fallbackPages } from './pages/fallback-pages.ts';
import { createQueries, type Queries } from './queries.ts';
import { isProduction, resolveSettings } from './resolve-settings.ts';
import type { Services } from './services.ts';
import { createUserLoader } from './sessions/load-user.ts';
import { createPeople } from './sessions/people.ts';
import { requireLogin } from './sessions/require-login.ts';
import { specialRoutes } from './special-paths.ts';
import { can } from './users/current-user.ts';
import { firstAdminLink } from './users/registration/first-admin.ts';
import { createPasswordHasher } from './users/passwords/password-hasher.ts';
import { checkGroups } from './users/permissions/permissions.ts';
import type {} from './sessions/augment.ts';

/** The fields that the options declare under a key, for typed queries. */
type FieldsOf<Options, Key extends 'users' | 'addresses'> = Options extends {
  readonly [K in Key]?: { readonly fields?: infer Fields extends FieldLayout };
}
  ? Fields
  : FieldLayout;

/** A plugin with ready-made actions, and what server code needs beside them. */
export interface Site<Options extends SiteOptions = SiteOptions> extends Plugin {
  readonly actions: ReturnType<typeof actionTree>;
  readonly queries: Queries<FieldsOf<Options, 'users'>, FieldsOf<Options, 'addresses'>>;
  /** Reading entries: `site.entries('posts').where('slug', 'hello').first()`. */
  readonly entries: Entries<SectionsOf<Options>>;
  /** Saving entries from server code: `site.saveEntry('posts', { title: 'Hello', fields: { body: '…' } }, { by: user.id })`. */
  readonly saveEntry: SaveEntries<SectionsOf<Options>>;
  /** The form of an entry, for a page: `site.entryForm(ctx, 'posts', { entry })`. */
  readonly entryForm: EntryForm;
  /** Whether the visitor may view, make, save or delete an entry: for pages that offer it. */
  readonly may: May;
  /** What the actions work with, for actions and tools of your own. */
  readonly services: Services;
  /**
   * Brings the database up to date, unless it is: its tables, and the content that was renamed in the code. Safe to run by
   * several processes at once. With `drop` it removes what the code no longer has: see `plan`.
   */
  migrate(options?: MigrationOptions): Promise<void>;
  /** What `migrate` would do, a sentence each. Changes nothing. */
  plan(options?: MigrationOptions): Promise<readonly PlannedStep[]>;
  /**
   * Opens everything now instead of at its first use: mail that waited goes out. Rejects where the database is out of reach,
   * with an error for whoever starts the site.
   */
  start(): Promise<void>;
  /** Sends the mail that is due and removes what has expired. Runs by itself each minute once something was used. */
  housekeep(): Promise<void>;
  /**
   * A link to set the password of the first administrator, `email`, once: for a first start to print. `undefined` as soon as
   * somebody can sign in as an administrator.
   */
  firstAdminLink(email: string): Promise<string | undefined>;
  /** Finishes what is under way and lets go of the database. */
  close(): Promise<void>;
}

export interface SiteTools {
  readonly logger?: Logger;
  /** Epoch milliseconds. Default: `Date.now`. */
  readonly now?: () => number;
}

// As long as a visitor waits for a connection.
const LONGEST_WAIT_MS = 1500;
const ONLY_NAMES =
  'createSite: a build runs this file to read the names of its actions, and its settings are not those of a site that runs. ' +
  'Use the site in handlers, not while the module loads.';
const STILL_OPENING = 'The database is still being opened or brought up to date.';

/**
 * Accounts for an app: `createPortico({ plugins: [createSite({ siteUrl })] })`. Opens nothing before it is first used. Throws
 * where a setting is wrong, and in production where the site's URL or a way to send mail is missing.
 */
export function createSite<const Options extends SiteOptions>(
  options: Options = {} as Options,
  { logger = console, now = () => Date.now() }: SiteTools = {},
): Site<Options> {
  const settings = resolveSettings(options, process.env);
  checkGroups(settings);
  const production = isProduction(process.env);
  const isForNames = process.env['PORTICO_READ_NAMES'] === '1';
  const { transport, mailbox } = chooseTransport({
    smtpUrl: process.env['SMTP_URL'],
    transport: settings.mail.transport,
    production,
    dataDir: settings.dataDir,
  });
  const content = createContent(settings);
  const opened = createDatabase(settings.database, {
    now,
    upkeep: {
      content,
      ensureSingle: (stores, single) => ensureSingle({ settings, content, now }, stores, single),
    },
  });
  let ready: Promise<void> | undefined;
  let isReady = false;

  /** The first use migrates and starts the work behind the scenes; after a failure the next use tries again. */
  function open(): Promise<void> {
    ready ??= begin().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  }

  async function begin(): Promise<void> {
    if (isForNames) throw new Error(ONLY_NAMES);
    if (settings.autoMigrate) await opened.migrate();
    isReady = true;
    sender.wake();
    housekeeping.start();
  }

  /** Migrations may take minutes, or wait for those of another process: a visitor does not wait for them. */
  function openInTime(): Promise<void> {
    const opening = open();
    return isReady ? opening : inTime(opening, LONGEST_WAIT_MS, () => outage(new Error(STILL_OPENING)));
  }

  /** Visitors are told another sentence while the database is out of reach. */
  async function forOperators<Result>(work: Promise<Result>): Promise<Result> {
    return work.catch((error: unknown) => {
      throw operatorError(settings.database, error);
    });
  }

  const database = readied(openInTime, opened.database);
  const storage = settings.storage ?? createLocalStorage(join(settings.dataDir, 'files'));
  const pictures = createPictureQueue();
  const sender = createOutboxSender({
    outbox: opened.database.outbox,
    transport,
    storage,
    from: senderAddress(settings),
    host: mailHost(settings.siteUrl),
    now,
    logger,
  });
  const services: Services = {
    settings,
    content,
    now,
    database,
    passwords: createPasswordHasher(),
    mailer: createMailer({ settings, now, wake: () => sender.wake() }),
    photos: createPhotos({ settings, database, storage, pictures, now }),
    uploads: createUploads({ settings, database, storage, pictures, now }),
    storage,
    logger,
  };
  const housekeeping = createHousekeeping(services, [opened.purgeRateLimits, opened.purgeOnce]);

  const actions = actionTree(services);
  return {
    actions,
    user: createUserLoader(services),
    // Who may be signed in as without a password is nobody's business but a developer's.
    ...(!production && { people: createPeople(services) }),
    context: {
      can: (ctx) => (permission: string) => can(ctx, permission),
      requireLogin: (ctx) => () => requireLogin(ctx, services),
    },
    routes: specialRoutes(settings),
    pages: {
      ...fallbackPages(settings),
      ...(mailbox && {
        '/_portico/mail': (ctx: PorticoContext) => mailboxPage(mailbox, ctx, { siteUrl: settings.siteUrl }),
      }),
    },
    defaults: {
      csrf: 'token',
      siteUrl: settings.siteUrl,
      limits: after(openInTime, opened.rateLimits),
      once: { store: after(openInTime, opened.onceStore) },
      session: { store: after(openInTime, opened.sessionStore), guests: 'cookie' },
    },
    services,
    queries: createQueries(services),
    entries: createEntries<SectionsOf<Options>>(services),
    saveEntry: createSaveEntry<SectionsOf<Options>>(services),
    entryForm: createEntryForm(services, actions.entries.saveEntry),
    may: createMay(services),
    migrate: (migration) => forOperators(opened.migrate(migration)),
    plan: (migration) => forOperators(opened.plan(migration)),
    start: () => forOperators(open().then(() => opened.database.ping())),
    async housekeep() {
      await open();
      await housekeeping.run();
      sender.wake();
      await sender.settled();
    },
    firstAdminLink: (email) => forOperators(firstAdminLink(services, email)),
    async close() {
      await housekeeping.stop();
      await sender.stop();
      await opened.close();
    },
  };
}

function readied(open: () => Promise<void>, database: Database): Database {
  const { transaction, ping, ...stores } = database;
  const waiting = Object.entries(stores).map(([name, store]) => [name, after<object>(open, store)]);
  return { ...(Object.fromEntries(waiting) as typeof stores), ...after(open, { transaction, ping }) };
}
