import { request } from 'node:http';
import type { RequestMiddleware } from 'portico';
import { failMessageInput, redirectInput, signedInput, successMessageInput } from 'portico/html';
import type { User } from '../../src/users/user.ts';
import { ROLES } from '../support/roles.ts';
import type { TestSite } from '../support/site.ts';
import type { Visitor } from '../support/visitor.ts';

/** The parameters that travel signed. */
export const SIGNED = ['redirect', 'successMessage', 'failMessage', 'userVariable'] as const;

/** A page of the app that signs: what a developer wrote into a template of `text`, for each parameter, as JSON. */
const signingPage: RequestMiddleware = (ctx, next) => {
  if (ctx.url.pathname !== '/page/signed') return next();
  const text = ctx.url.searchParams.get('text') ?? '/page/done';
  const valueOf = (input: unknown): string => unescaped(/value="([^"]*)"/.exec(String(input))?.[1] ?? '');
  return Response.json({
    redirect: valueOf(redirectInput(ctx, text)),
    successMessage: valueOf(successMessageInput(ctx, text)),
    failMessage: valueOf(failMessageInput(ctx, text)),
    userVariable: valueOf(signedInput(ctx, 'userVariable', text)),
    addressVariable: valueOf(signedInput(ctx, 'addressVariable', text)),
    returnUrl: valueOf(signedInput(ctx, 'returnUrl', text)),
    entryVariable: valueOf(signedInput(ctx, 'entryVariable', text)),
  });
};

export async function signedBy(visitor: Visitor, text = '/page/done'): Promise<Record<string, string>> {
  return (await visitor.get(`/page/signed?text=${encodeURIComponent(text)}`)).json as Record<string, string>;
}

/** Options of a site with that page. */
export const SIGNING = { portico: { use: [signingPage] } };

export const GROUPS = {
  groups: {
    staff: { name: 'Staff', permissions: ['viewUsers'] },
    chiefs: { name: 'Chiefs', permissions: ['accessCp'] },
  },
};

/** All permissions over users there are: the strongest who is no administrator. */
export const STRONG: readonly string[] = [
  ...new Set([...Object.values(ROLES).flat(), 'assignusergroup:staff', 'assignusergroup:chiefs']),
];

/** A user as it is stored now. */
export async function stored({ site }: TestSite, { id }: { readonly id: number }): Promise<User> {
  const user = await site.services.database.users.find(id);
  if (user === undefined) throw new Error(`There is no user ${id}.`);
  return user;
}

/** The id of who is signed in. */
export async function whoIs(visitor: Visitor): Promise<number | undefined> {
  return ((await visitor.read('users/session-info')).json as { id?: number }).id;
}

/** The session's cookie. */
export function sessionOf(visitor: Visitor): string {
  return visitor.cookies.get('portico') ?? '';
}

/** The names of all actions, as paths: `users/save-user`. */
export function actionPaths(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const path = prefix + key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const isAction =
      typeof value === 'function' || (value as { definition?: unknown }).definition !== undefined;
    return isAction ? [path] : actionPaths(value as object, `${path}/`);
  });
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
}

/** A request whose path and every header are ours, `Host` too. */
export function rawRequest(
  origin: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((done, fail) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', fail);
      response.on('end', () => {
        const { location, 'set-cookie': cookies = [] } = response.headers;
        done({ status: response.statusCode ?? 0, text, location, cookies });
      });
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

function unescaped(html: string): string {
  const named: Record<string, string> = { '&quot;': '"', '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return html
    .replaceAll(/&#(x?)([\da-f]+);/gi, (_all, hex: string, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)),
    )
    .replaceAll(/&\w+;/g, (entity) => named[entity] ?? entity);
}

/** All keys in a JSON value, at any depth. */
export function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [key, ...keysIn(child)]);
}
