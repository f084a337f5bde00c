import { z } from 'zod';
import type { FieldLayout } from './fields/field.ts';
import type { PasswordChecker } from './users/passwords/password-policy.ts';

// The settings that come in groups, each with its defaults.

const MINUTE = 60;
const HOUR = 60 * MINUTE;

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
export const users = z.strictObject({
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

export const addresses = z.strictObject({
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

export const password = z.strictObject({
  /** Characters. OWASP asks for 8 at least, and for 64 or more at most. */
  minLength: z.number().int().min(1).default(8),
  maxLength: z.number().int().max(4096).default(256),
  /** A further judge of new passwords, such as a list of leaked ones: a sentence why not, or undefined. */
  check: z.custom<PasswordChecker>().optional(),
});

export const limits = z.strictObject({
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
  /** Saves that bring files, by user, or by a guest's address. */
  uploads: limit(120, HOUR),
  /** Messages by the contact form, by address. */
  contactForm: limit(5, HOUR),
});

const volume = z.strictObject({
  name: z.string().optional(),
});

/** Files that are uploaded for content. */
export const assets = z.strictObject({
  /** Places that files belong to, by handle, each with permissions of its own. */
  volumes: z.record(z.string(), volume).default({ uploads: {} }),
  /** Bytes of one file. */
  maxBytes: z.number().int().positive().default(16_777_216),
  /** Width times height of a picture that is sent. */
  maxPixels: z.number().int().positive().default(50_000_000),
  /** The longer side of a picture that is kept, in pixels. */
  maxSide: z.number().int().positive().default(2400),
});

export const contactForm = z.strictObject({
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

export const photos = z.strictObject({
  /** Bytes of the file that is sent. */
  maxBytes: z.number().int().positive().default(16_777_216),
  /** Width times height of the picture that is sent. */
  maxPixels: z.number().int().positive().default(50_000_000),
  /** The longer side of the picture that is kept, in pixels. */
  maxSide: z.number().int().positive().default(1024),
});
