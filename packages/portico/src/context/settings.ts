import type { BodyOptions } from '../define/action.ts';
import type { RequestMiddleware } from '../define/context.ts';
import type { Logger, OnceOptions, Plugin, PorticoOptions, SessionOptions } from '../define/options.ts';
import { refuseUnknownOptions, type KnownOptions } from '../define/known-options.ts';
import { checkCorsOptions } from '../http/cors.ts';
import { isNamedOrigin } from '../http/csrf/origin.ts';
import { trustProxies, type ProxyTrust } from '../http/proxies.ts';
import { createMemoryOnceStore } from '../http/once/memory-once-store.ts';
import { createOnce, type Once } from '../http/once/once.ts';
import { createMemoryRateLimits, type RateLimitStore } from '../http/rate-limit.ts';
import { createKeyring, type Keyring } from '../http/signing/secrets.ts';
import { createSessions, type Sessions } from '../http/session/sessions.ts';
import { CSRF_FIELD } from '../wire/names.ts';
import { findSecrets } from './find-secrets.ts';

/** The app's options with every default filled in. */
export interface Settings {
  readonly base: string;
  readonly siteUrl: string | undefined;
  readonly keyring: Keyring;
  readonly sessions: Sessions | undefined;
  readonly secureCookies: boolean | undefined;
  readonly user: PorticoOptions['user'];
  readonly use: readonly RequestMiddleware[];
  readonly isTrustedOrigin: (origin: string) => boolean;
  readonly proxies: ProxyTrust;
  readonly cors: PorticoOptions['cors'];
  readonly csrf: 'auto' | 'token' | 'origin';
  readonly csrfTokenName: string;
  readonly limits: RateLimitStore;
  readonly once: Once;
  readonly body: Required<BodyOptions>;
  readonly uploadDir: string | undefined;
  readonly forms: 'redirect' | 'render';
  readonly formFailureStatus: number;
  readonly wrongVerbStatus: number;
  readonly actionTrigger: string | false;
  readonly actionParam: string | false;
  readonly dev: boolean;
  readonly logger: Logger;
  readonly onError: PorticoOptions['onError'];
  readonly errorPage: PorticoOptions['errorPage'];
  /** What plugins are told of each request of an action; mostly nobody. */
  readonly observers: ReadonlyArray<NonNullable<Plugin['observe']>>;
  readonly people: Plugin['people'];
  /** Pages of plugins for developers, such as a mailbox: below `/_portico/`. */
  readonly toolPages: readonly string[];
}

const DEFAULT_BODY: Required<BodyOptions> = {
  maxBytes: 1_048_576,
  maxFileBytes: 10_485_760,
  maxFiles: 5,
  maxFields: 1_000,
};

const KNOWN: KnownOptions<PorticoOptions> = {
  actions: true,
  plugins: true,
  secrets: true,
  user: true,
  use: true,
  routes: true,
  base: true,
  siteUrl: true,
  trustedOrigins: true,
  trustedProxies: true,
  cors: true,
  csrf: true,
  csrfTokenName: true,
  session: true,
  limits: true,
  once: true,
  body: true,
  uploadDir: true,
  forms: true,
  formFailureStatus: true,
  wrongVerbStatus: true,
  actionTrigger: true,
  actionParam: true,
  requireAccess: true,
  dev: true,
  logger: true,
  onError: true,
  errorPage: true,
};

/** Fills in the defaults. Throws where options contradict each other or a secret is missing. */
export function resolveSettings(options: PorticoOptions): Settings {
  refuseUnknownOptions('createPortico', options, KNOWN);
  const environment = process.env['NODE_ENV'];
  const dev = options.dev ?? (environment === 'development' || environment === 'test');
  const logger = options.logger ?? console;
  const keyring = createKeyring(options.secrets ?? findSecrets(dev, environment === 'test'));
  const { trustedOrigins = [] } = options;
  const defaults = pluginDefaults(options);
  if (options.session === false && options.plugins?.some((plugin) => plugin.defaults?.session)) {
    throw new TypeError(
      'createPortico: session is false, and a plugin keeps something in sessions. Remove one of them.',
    );
  }
  const session = options.session === false ? false : { ...defaults.session, ...options.session };
  const siteUrl = options.siteUrl ?? defaults.siteUrl;
  if (options.cors) checkCorsOptions(options.cors);
  checkSiteUrl(siteUrl);
  return {
    base: normalBase(options.base ?? ''),
    siteUrl,
    keyring,
    sessions:
      session === false
        ? undefined
        : createSessions(session, keyring, (dropped) =>
            logger.warn(
              'portico: the session cookie is full, so a part of it was left out. Pass a session.store.',
              dropped,
            ),
          ),
    secureCookies: session === false ? undefined : session.secure,
    user: options.user ?? firstUser(options),
    use: [...(options.plugins ?? []).flatMap((plugin) => plugin.use ?? []), ...(options.use ?? [])],
    isTrustedOrigin: (origin) => isNamedOrigin(trustedOrigins, origin),
    proxies: trustProxies(options.trustedProxies ?? []),
    cors: options.cors,
    csrf: options.csrf ?? defaults.csrf ?? 'auto',
    csrfTokenName: options.csrfTokenName ?? CSRF_FIELD,
    limits: options.limits ?? defaults.limits ?? createMemoryRateLimits(),
    once: resolveOnce({ ...defaults.once, ...options.once }, logger),
    body: { ...DEFAULT_BODY, ...options.body },
    uploadDir: options.uploadDir,
    forms: options.forms ?? 'redirect',
    formFailureStatus: options.formFailureStatus ?? 422,
    wrongVerbStatus: options.wrongVerbStatus ?? 400,
    actionTrigger: normalTrigger(options.actionTrigger ?? 'actions'),
    actionParam: options.actionParam ?? 'action',
    dev,
    logger,
    onError: options.onError,
    errorPage: options.errorPage,
    observers: (options.plugins ?? []).flatMap((plugin) => plugin.observe ?? []),
    people: options.plugins?.find((plugin) => plugin.people)?.people,
    toolPages: (options.plugins ?? []).flatMap(({ pages }) =>
      Object.keys(pages ?? {}).filter((path) => path.startsWith('/_portico/')),
    ),
  };
}

const ONCE_SECONDS = 86_400;

function resolveOnce({ store, seconds = ONCE_SECONDS }: OnceOptions, logger: Logger): Once {
  if (!(seconds > 0)) {
    throw new RangeError(
      `createPortico: once.seconds is ${String(seconds)}; write for how many seconds outcomes are kept, such as 86400.`,
    );
  }
  return createOnce({
    store: store ?? createMemoryOnceStore(),
    seconds,
    warn: (message, details) => logger.warn(message, details),
  });
}

function checkSiteUrl(siteUrl: string | undefined): void {
  if (siteUrl === undefined || /^https?:$/.test(URL.parse(siteUrl)?.protocol ?? '')) return;
  throw new TypeError(
    `createPortico: siteUrl is ${JSON.stringify(siteUrl)}; write the whole origin: https://example.com.`,
  );
}

interface PluginDefaults extends Pick<PorticoOptions, 'csrf' | 'limits' | 'siteUrl'> {
  readonly session: SessionOptions;
  readonly once: OnceOptions;
}

/** What plugins need and the app does not say; of two that say it, the first. */
function pluginDefaults(options: PorticoOptions): PluginDefaults {
  const all = (options.plugins ?? []).flatMap((plugin) => plugin.defaults ?? []);
  const sessions = all.map(({ session }) => session || {});
  return Object.assign({}, ...all.toReversed(), {
    session: Object.assign({}, ...sessions.toReversed()),
    once: Object.assign({}, ...all.map(({ once }) => once).toReversed()),
  });
}

function firstUser(options: PorticoOptions): PorticoOptions['user'] {
  return options.plugins?.find((plugin) => plugin.user)?.user;
}

function normalTrigger(trigger: string | false): string | false {
  const trimmed = trigger === false ? false : trigger.replace(/^\/+|\/+$/g, '');
  if (trimmed !== '') return trimmed;
  throw new TypeError(
    "createPortico: actionTrigger is empty, so every path would name an action. Write a path segment such as 'actions', or " +
      'false to turn the door off.',
  );
}

function normalBase(base: string): string {
  const trimmed = base.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}
