import { z } from 'zod';
import type { Section } from './content/section.ts';
import type { SiteDefinition } from './content/site-definition.ts';
import type { FieldLayout } from './fields/field.ts';
import type { MailTemplates } from './mail/mail-templates.ts';
import type { MailTransport } from './mail/mail-transport.ts';
import type { FileStorage } from './files/file-storage.ts';
import type { PasswordChecker } from './users/passwords/password-policy.ts';

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

const limit = (points: number, window: number) =>
  z
    .union([
      z.strictObject({ points: z.number().int().positive(), seconds: z.number().int().positive() }),
      z.literal(false),
    ])
    .default({ points, seconds: window });

const group = z.strictObject({
  name: z.string(),
  permissions: z.array(z.string()).readonly().default([]),
});

/** Settings of accounts that Craft keeps in its project config, under `users`. */
const users = z.strictObject({
  /** Whether guests may register. */
  allowPublicRegistration: z.boolean().default(false),
  /** Whether an e-mail address must be confirmed before it counts. */
  requireEmailVerification: z.boolean().default(true),
  /** Whether required custom fields and names must be there when a guest registers. */
  validateOnPublicRegistration: z.boolean().default(false),
  /** The group that a registered user comes into. */
  defaultGroup: z.string().optional(),
  /** Whether an administrator must let new accounts in. */
  deactivateByDefault: z.boolean().default(false),
  /** Whether a full name is required. */
  requireFullName: z.boolean().default(false),
  /** Groups by handle, with their permissions. */
  groups: z.record(z.string(), group).default({}),
  /** Custom fields of users. */
  fields: z.custom<FieldLayout>().default({}),
});

const addresses = z.strictObject({
  fields: z.custom<FieldLayout>().default({}),
  /** `strict` checks postal codes and subdivisions too, `craft` required and used fields only. */
  validation: z.enum(['strict', 'craft']).default('strict'),
  /** Native fields that are required whatever the country. */
  required: z
    .array(z.enum(['title', 'fullName', 'organization', 'organizationTaxId', 'latitude', 'longitude']))
    .readonly()
    .default([]),
  /** The most addresses that one user's book holds. */
  maxPerUser: z.number().int().positive().default(100),
});

const password = z.strictObject({
  /** Characters. OWASP asks for 8 at least, and for 64 or more at most. */
  minLength: z.number().int().min(1).default(8),
  maxLength: z.number().int().max(4096).default(256),
  /** A further judge of new passwords, such as a list of leaked ones: a sentence why not, or undefined. */
  check: z.custom<PasswordChecker>().optional(),
});

const limits = z.strictObject({
  /** Wrong or right, by address. */
  login: limit(20, 5 * MINUTE),
  /** By account name, whether there is such an account or not. */
  loginAccount: limit(20, 15 * MINUTE),
  registration: limit(20, HOUR),
  passwordReset: limit(10, HOUR),
  passwordResetAccount: limit(5, HOUR),
  verification: limit(30, HOUR),
  photo: limit(30, HOUR),
  /** Saves of entries by one user, autosaves among them. */
  entries: limit(120, MINUTE),
  /** Files that one user sends with entries. */
  uploads: limit(120, HOUR),
  /** Messages by the contact form, by address. */
  contactForm: limit(5, HOUR),
});

const volume = z.strictObject({
  name: z.string().optional(),
});

/** Files that are uploaded for content. */
const assets = z.strictObject({
  /** Places that files belong to, by handle, each with permissions of its own. */
  volumes: z.record(z.string(), volume).default({ uploads: {} }),
  /** Bytes of one file. */
  maxBytes: z.number().int().positive().default(16_777_216),
  /** Width times height of a picture that is sent. */
  maxPixels: z.number().int().positive().default(50_000_000),
  /** The longer side of a picture that is kept, in pixels. */
  maxSide: z.number().int().positive().default(2400),
});

const contactForm = z.strictObject({
  /** Who gets the messages; none: `contact-form/send` is turned off. */
  toEmail: z.union([z.string(), z.array(z.string()).readonly()]).optional(),
  /** Before the subject that was sent. */
  prependSubject: z.string().default('New message from the site'),
  /** The names of `message[…]` that are let through beside `body`; null: any. */
  allowedMessageFields: z.array(z.string()).readonly().nullable().default(null),
  allowAttachments: z.boolean().default(false),
  /** Bytes of all attachments together. */
  maxAttachmentBytes: z.number().int().positive().default(10_485_760),
  successFlashMessage: z.string().default('Your message has been sent.'),
});

const photos = z.strictObject({
  /** Bytes of the file that is sent. */
  maxBytes: z.number().int().positive().default(16_777_216),
  /** Width times height of the picture that is sent. */
  maxPixels: z.number().int().positive().default(50_000_000),
  /** The longer side of the picture that is kept, in pixels. */
  maxSide: z.number().int().positive().default(1024),
});

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
  /** Seconds a deleted entry can be restored. */
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
