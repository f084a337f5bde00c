import { z } from 'zod';
import type { Section } from './content/section.ts';
import type { SiteDefinition } from './content/site-definition.ts';
import type { MailTemplates } from './mail/mail-templates.ts';
import type { MailTransport } from './mail/mail-transport.ts';
import type { FileStorage } from './files/file-storage.ts';
import { addresses, assets, contactForm, limits, password, photos, users } from './setting-groups.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const seconds = (fallback: number) => z.number().int().min(0).default(fallback);

/** A path of the site without slashes around it; `false` turns it off. */
const path = (fallback: string) =>
  z
    .union([
      z.string().regex(/^[^/].*[^/]$|^[^/]?$/, 'Write it without slashes around it: account/login.'),
      z.literal(false),
    ])
    .default(fallback);

/** Where to go: a path or URL of the site; '' is the home page. */
const destination = z.string().default('');

/** Every setting with its default. Names and defaults are Craft's, where Craft has them; durations are seconds. */
export const settingsSchema = z.strictObject({
  /** The site's public origin, for links in mails: `https://example.com`. Default: `SITE_URL`; in development localhost. */
  siteUrl: z.string().optional(),
  /** The path the app lives under, the same as `createPortico`'s: `/shop`. */
  base: z
    .string()
    .regex(/^[^?#\s]*$/, 'Write the path of the app: /shop.')
    .default(''),
  /** What the site is called, in mails and on fallback pages. */
  siteName: z.string().default('Portico'),
  /** Folder of what is kept on disk. Default: `DATA_DIR`, else `.data`. */
  dataDir: z.string().optional(),
  /** `sqlite:path` or `postgres://…`. Default: `DATABASE_URL`, else a SQLite file in the data folder. */
  database: z.string().optional(),
  /** Whether the first use brings the database up to date. Else `site.migrate()` or `portico-site migrate` does. */
  autoMigrate: z.boolean().default(true),

  loginPath: path('login'),
  logoutPath: path('logout'),
  setPasswordPath: path('setpassword'),
  verifyEmailPath: path('verifyemail'),
  /** The page with the form that asks for a reset mail; `/.well-known/change-password` leads there. */
  setPasswordRequestPath: z.string().nullable().default(null),
  setPasswordSuccessPath: destination,
  verifyEmailSuccessPath: destination,
  activateAccountSuccessPath: destination,
  invalidUserTokenPath: destination,
  postLoginRedirect: destination,
  postLogoutRedirect: destination,

  autoLoginAfterAccountActivation: z.boolean().default(false),
  deferPublicRegistrationPassword: z.boolean().default(false),
  useEmailAsUsername: z.boolean().default(false),
  showFirstAndLastNameFields: z.boolean().default(false),
  storeUserIps: z.boolean().default(false),
  /** Answers the same whether an account exists or not. On, unlike Craft's default. */
  preventUserEnumeration: z.boolean().default(true),

  /** Wrong passwords before the account is locked; `false` never locks. */
  maxInvalidLogins: z.union([z.number().int().positive(), z.literal(false)]).default(5),
  /** Seconds in which they must fall. */
  invalidLoginWindowDuration: seconds(HOUR),
  /** Seconds a locked account stays locked; 0 until an administrator unlocks it. */
  cooldownDuration: seconds(5 * MINUTE),

  /** Seconds without a request after which a login ends; 0: when the browser closes. */
  userSessionDuration: seconds(HOUR),
  /** The same for `rememberMe`. */
  rememberedUserSessionDuration: seconds(14 * DAY),
  /** Seconds after which a login ends however busy it is. */
  absoluteUserSessionDuration: seconds(90 * DAY),
  /** Seconds the user's name is remembered for the login form; 0: not at all. */
  rememberUsernameDuration: seconds(365 * DAY),
  /** Seconds after a login or `users/verify-password` in which sensitive actions need no password; 0: they never do. */
  elevatedSessionDuration: seconds(5 * MINUTE),
  /** Seconds after their end until sessions leave the database. */
  purgeStaleUserSessionDuration: seconds(90 * DAY),
  requireUserAgentAndIpForSession: z.boolean().default(true),
  requireMatchingUserAgentForSession: z.boolean().default(true),

  /** Seconds a code in a mail is good for. */
  verificationCodeDuration: seconds(DAY),
  /** Seconds after which accounts that were never activated go; 0: never. */
  purgePendingUsersDuration: seconds(0),

  defaultCountryCode: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),

  /** IANA name: what dates and times without a zone of their own are in, where a field asks for it. */
  timeZone: z.string().default('UTC'),
  /** The sites that content is published on. Default: one, `default`, at `siteUrl`, in English. */
  sites: z.custom<readonly SiteDefinition[]>().default([]),
  /** The content of the site, as typed code: `section({ … })`. */
  sections: z.custom<readonly Section[]>().default([]),
  /** Revisions of an entry that are kept; 0: all. */
  maxRevisions: z.number().int().min(0).default(50),
  slugWordSeparator: z
    .string()
    .regex(/^[-_.]?$/, 'Write -, _, . or nothing.')
    .default('-'),
  limitAutoSlugsToAscii: z.boolean().default(false),
  allowUppercaseInSlug: z.boolean().default(false),
  /** How far a taken slug is counted up (`hello-2`) before it is an error. */
  maxSlugIncrement: z.number().int().positive().default(100),
  /** Seconds a deleted entry can be restored; 0: for ever. */
  softDeleteDuration: seconds(30 * DAY),
  /** Seconds after which drafts nobody went on with are removed; 0: never. */
  purgeUnsavedDraftsDuration: seconds(30 * DAY),
  assets: assets.prefault({}),
  contactForm: contactForm.prefault({}),

  users: users.prefault({}),
  addresses: addresses.prefault({}),
  password: password.prefault({}),
  /** Calls allowed in a window of seconds; `false`: as many as come. */
  limits: limits.prefault({}),
  photos: photos.prefault({}),
  mail: z
    .strictObject({
      /** The sender: `Portico <mail@example.com>`. Default: `no-reply@` the host of the site. */
      from: z.string().optional(),
      /** Default: SMTP at `SMTP_URL`, else the dev mailbox. */
      transport: z.custom<MailTransport>().optional(),
      /** Mails of your own wording, by key. */
      templates: z.custom<Partial<MailTemplates>>().default({}),
    })
    .prefault({}),
  /** Where uploaded files live. Default: `files` in the data folder. */
  storage: z.custom<FileStorage>().optional(),
});

export type SiteOptions = z.input<typeof settingsSchema>;

/** The options with their defaults, and what the environment had to say. */
export type Settings = Omit<z.output<typeof settingsSchema>, 'siteUrl' | 'dataDir' | 'database'> & {
  /** The whole address of the app without a slash at its end, with `base` in it. */
  readonly siteUrl: string;
  readonly dataDir: string;
  readonly database: string;
};
