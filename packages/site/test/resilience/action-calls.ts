import type { Asset } from '../../src/assets/asset.ts';
import { keepPrepared } from '../../src/assets/keep-prepared.ts';
import type { Entry } from '../../src/entries/entry.ts';
import { entryType, field, section, type SiteOptions } from '../../src/index.ts';
import { issueCode } from '../../src/users/codes/verification.ts';
import type { CodePurpose } from '../../src/users/codes/verification-code-store.ts';
import type { NewUser } from '../../src/users/user.ts';
import { issueImpersonationToken } from '../../src/users/administration/impersonation.ts';
import { addressOf } from '../db/fixtures.ts';
import { jpeg } from '../files/pictures.ts';
import { draftOf, rewrite, write } from '../support/journal.ts';
import { PASSWORD, type Answer, type TestSite, type Visitor } from '../support/site.ts';
import type { Fields } from '../support/visitor.ts';

/** What the calls take for granted. */
export const CALL_OPTIONS = {
  users: {
    allowPublicRegistration: true,
    defaultGroup: 'members',
    groups: { members: { name: 'Members' }, staff: { name: 'Staff', permissions: ['viewUsers'] } },
  },
  contactForm: { toEmail: 'desk@example.com', allowAttachments: true },
  sections: [
    section({
      handle: 'posts',
      type: 'structure',
      uriFormat: 'posts/{slug}',
      entryTypes: [
        entryType('post', {
          body: field.text({ frontend: true }),
          cover: field.assets({ frontend: true, max: 1 }),
          topics: field.tags({ frontend: true, section: 'topics', allowNew: true }),
        }),
      ],
    }),
    section({ handle: 'topics', type: 'channel', entryTypes: [entryType('topic', {})], maxAuthors: 0 }),
  ],
  // Each is tried many times.
  limits: {
    loginAccount: false,
    passwordResetAccount: false,
    uploads: false,
    contactForm: false,
    entries: false,
  },
} as const satisfies SiteOptions;

export const NEW_PASSWORD = 'another four words that will do';

/** Who calls, and the site that is called. */
export interface Caller {
  readonly app: TestSite;
  /** The administrator who is signed in. */
  readonly admin: { readonly id: number; readonly loginName: string };
  readonly visitor: Visitor;
}

export interface ActionCall {
  readonly method: 'GET' | 'POST';
  /** Makes what the action needs, and says what to send. */
  readonly fields: (caller: Caller) => Fields | Promise<Fields>;
  /** What an administrator with an elevated session is answered. Default 200. */
  readonly status?: number;
  /** Whether an administrator's call writes to accounts. */
  readonly writes?: boolean;
}

let made = 0;

/** An e-mail address that nobody has. */
export function newAddress(): string {
  made += 1;
  return `new${made}@example.com`;
}

function user({ app }: Caller, options: Partial<NewUser> = {}): Promise<{ readonly id: number }> {
  return app.user({ password: null, ...options });
}

/** A code as a mail brings it. */
async function codeFor(caller: Caller, purpose: CodePurpose, options: Partial<NewUser> = {}) {
  const { services } = caller.app.site;
  const { id } = await user(caller, options);
  const target = await services.database.users.find(id);
  if (target === undefined) throw new Error(`There is no user ${id}.`);
  const code = await issueCode(services, services.database, target, purpose);
  caller.app.transcript.code(code);
  return { code, id: target.uid };
}

const ofUser =
  (options: Partial<NewUser> = {}): ActionCall['fields'] =>
  async (caller) => ({ userId: (await user(caller, options)).id });

const nothing = (): Fields => ({});
const reads = (fields: ActionCall['fields'] = nothing): ActionCall => ({ method: 'GET', fields });
const writes = (fields: ActionCall['fields']): ActionCall => ({ method: 'POST', fields, writes: true });
const posts = (fields: ActionCall['fields'], status = 200): ActionCall => ({
  method: 'POST',
  fields,
  status,
});

const PENDING = { status: 'pending', verified: false } as const;

export async function picture(): Promise<File> {
  return new File([await jpeg(20, 20)], 'me.jpg', { type: 'image/jpeg' });
}

async function asset({ app }: Caller): Promise<Asset> {
  const { uploads, database } = app.site.services;
  const prepared = await uploads.prepare(await picture(), {
    label: 'it',
    volume: 'uploads',
    kinds: ['image'],
  });
  return keepPrepared(database, prepared, null, 1);
}

/** A post of the administrator, with a second state and a draft. */
async function post({ app, admin }: Caller): Promise<Entry> {
  const fields = { body: 'Once' };
  // No two of a title: a slug is not numbered without end.
  made += 1;
  const entry = await write(app, admin, { title: `Post ${made}`, fields });
  await rewrite(app, admin, entry, { fields: { body: 'Twice' } });
  await draftOf(app, admin, entry, 'A draft');
  return entry;
}

const ofPost =
  (more: Fields = {}): ActionCall['fields'] =>
  async (caller) => ({ entryId: (await post(caller)).id, ...more });

/** A call of every action, by path, that succeeds for an administrator: whoever adds an action adds one here. */
export const ACTION_CALLS: Readonly<Record<string, ActionCall>> = {
  'addresses/countries': reads(),
  'addresses/format': reads(() => ({ countryCode: 'DE' })),
  'app/health-check': reads(),
  'assets/asset-file': reads(async (caller) => {
    const { uid, filename } = await asset(caller);
    return { uid, filename };
  }),
  'assets/delete-asset': writes(async (caller) => ({ assetId: (await asset(caller)).id })),
  'assets/upload': writes(async () => ({ volume: 'uploads', files: await picture() })),
  'contact-form/send': writes(async () => ({
    fromEmail: newAddress(),
    message: 'Hello',
    attachment: await picture(),
  })),
  'entries/delete-entry': writes(ofPost()),
  'entries/duplicate': writes(ofPost()),
  'entries/get-drafts': reads(ofPost()),
  'entries/get-revision': reads(ofPost({ revision: 1 })),
  'entries/get-revisions': reads(ofPost()),
  'entries/restore-entry': writes(async (caller) => {
    const { id } = await post(caller);
    const { database, now } = caller.app.site.services;
    await database.entries.delete(id, now());
    return { entryId: id };
  }),
  'entries/revert-to-revision': writes(ofPost({ revision: 1 })),
  'entries/save-entry': writes(async () => {
    const title = newAddress().split('@')[0];
    return {
      sectionId: 'posts',
      title,
      fields: { body: 'Text', cover: [await picture()], topics: [`About ${title}`] },
    };
  }),
  'users/activate-user': writes(ofUser(PENDING)),
  'users/deactivate-user': writes(ofUser()),
  'users/delete-address': writes(async ({ app, admin }) => {
    const { addresses } = app.site.services.database;
    return { addressId: (await addresses.insert(addressOf(admin.id), 1)).id };
  }),
  'users/delete-user': writes(ofUser()),
  'users/delete-user-photo': writes(async (caller) => {
    const { services } = caller.app.site;
    const photo = await services.photos.prepare(await picture());
    await services.database.discardedFiles.keep(photo.storageKey);
    return { userId: (await user(caller, { photo })).id };
  }),
  'users/get-elevated-session-timeout': reads(),
  'users/get-impersonation-url': writes(ofUser()),
  'users/get-password-reset-url': writes(ofUser()),
  'users/get-sessions': reads(),
  'users/get-users': reads(() => ({ search: 'example' })),
  'users/impersonate': posts(ofUser()),
  'users/impersonate-with-token': writes(async (caller) => {
    const { app, admin } = caller;
    const { services } = app.site;
    const issuer = await services.database.users.find(admin.id);
    if (issuer === undefined) throw new Error('The administrator is gone.');
    const actor = { user: issuer, impersonatorId: null };
    const token = await issueImpersonationToken(services, actor, (await user(caller)).id);
    app.transcript.code(token);
    return { token };
  }),
  'users/login': writes(async ({ admin }) => ({ loginName: admin.loginName, password: PASSWORD })),
  'users/logout': posts(nothing),
  'users/remove-password-reset-requirement': writes(ofUser({ passwordResetRequired: true })),
  'users/require-password-reset': writes(ofUser()),
  'users/revoke-other-sessions': posts(nothing),
  'users/revoke-session': posts(async ({ app, admin }) => {
    const { services } = app.site;
    await app.login({ email: admin.loginName }, { elevated: true });
    const sessions = await services.database.sessions.listOf(admin.id, services.now());
    const newest = sessions.toSorted((a, b) => b.createdAt - a.createdAt)[0];
    return { sessionId: newest?.uid };
  }),
  'users/save-address': writes(({ admin }) => ({
    userId: admin.id,
    countryCode: 'DE',
    addressLine1: 'Unter den Linden 1',
    locality: 'Berlin',
    postalCode: '10117',
    fullName: 'Ada Lovelace',
  })),
  'users/save-permissions': writes(async (caller) => ({
    userId: (await user(caller)).id,
    groups: ['staff'],
    permissions: ['viewUsers'],
  })),
  'users/save-user': writes(async (caller) => ({
    userId: (await user(caller)).id,
    email: newAddress(),
    newPassword: NEW_PASSWORD,
    fullName: 'Ada Lovelace',
  })),
  // By the id it takes no longer than it takes; a name is all that a guest may say.
  'users/send-activation-email': writes(async (caller) => ({
    userId: (await user(caller, PENDING)).id,
    loginName: newAddress(),
  })),
  'users/send-password-reset-email': writes(async (caller) => ({
    userId: (await user(caller)).id,
    loginName: newAddress(),
  })),
  'users/session-info': reads(),
  'users/set-password': writes(async (caller) => ({
    ...(await codeFor(caller, 'reset-password')),
    newPassword: NEW_PASSWORD,
  })),
  'users/stop-impersonating': posts(nothing, 400),
  'users/suspend-user': writes(ofUser()),
  'users/unlock-user': writes(ofUser({ lockedAt: 1, invalidLoginCount: 5, invalidLoginWindowStart: 1 })),
  'users/unsuspend-user': writes(ofUser({ suspended: true })),
  'users/upload-user-photo': writes(async (caller) => ({
    userId: (await user(caller)).id,
    photo: await picture(),
  })),
  'users/user-photo': reads(async ({ app }) => ({
    photo: `${(await app.site.services.photos.prepare(await picture())).id}.webp`,
  })),
  'users/verify-email': writes(async (caller) =>
    codeFor(caller, 'activate', { ...PENDING, passwordHash: 'x' }),
  ),
  'users/verify-password': posts(() => ({ password: PASSWORD })),
};

export type Door = 'json' | 'html' | 'page' | 'rpc';

export interface SendOptions {
  readonly door: Door;
  /** A CSRF token that was fetched before. */
  readonly token?: string;
  /** Where the form was: a visitor who is refused goes back there, and what was typed waits in the session. */
  readonly referer?: string;
  readonly signal?: AbortSignal;
}

/** Sends one action by a door: as a script, as a form of a page to the action or to the page itself, or as a typed call. */
export function sendAction(
  visitor: Visitor,
  action: string,
  method: 'GET' | 'POST',
  fields: Fields,
  { door, token, referer, signal }: SendOptions,
): Promise<Answer> {
  const isForm = door === 'html' || door === 'page';
  const accept = isForm ? 'text/html' : 'application/json';
  const path = door === 'rpc' ? `/_actions/${rpcName(action)}` : `/actions/${action}`;
  const init = { method, signal: signal ?? null };
  if (method === 'GET') {
    const query = new URLSearchParams(fields as Record<string, string>).toString();
    return visitor.send(`${path}?${query}`, { ...init, headers: { accept } });
  }
  const headers = {
    accept,
    ...(token !== undefined && { 'x-csrf-token': token }),
    ...(referer !== undefined && { referer }),
  };
  if (door === 'page')
    return visitor.send('/page', { ...init, headers, body: formOf({ action, ...fields }) });
  if (isForm || namesIn(fields).some(([, value]) => value instanceof Blob))
    return visitor.send(path, { ...init, headers, body: formOf(fields) });
  return visitor.send(path, {
    ...init,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
}

function rpcName(action: string): string {
  return action.replaceAll('/', '.').replaceAll(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

function formOf(fields: Fields): FormData | URLSearchParams {
  const all = namesIn(fields);
  const form = all.some(([, value]) => value instanceof Blob) ? new FormData() : new URLSearchParams();
  const append = form.append.bind(form) as (name: string, value: unknown) => void;
  for (const [name, value] of all) append(name, value instanceof Blob ? value : String(value));
  return form;
}

/** As a form names it: `fields[body]`, `groups[]`. */
function namesIn(fields: object, prefix = ''): ReadonlyArray<readonly [name: string, value: unknown]> {
  return Object.entries(fields).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix === '' ? key : `${prefix}[${key}]`;
    if (Array.isArray(value)) return value.map((item): [string, unknown] => [`${name}[]`, item]);
    if (typeof value !== 'object' || value === null || value instanceof Blob) return [[name, value] as const];
    return namesIn(value, name);
  });
}
