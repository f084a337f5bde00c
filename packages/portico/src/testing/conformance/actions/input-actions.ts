import { createHash } from 'node:crypto';
import type { DefinedAction } from '../../../define/action.ts';
import type { ActionContext } from '../../../define/context.ts';
import { defineAction } from '../../../define/define-action.ts';
import type { ActionTree } from '../../../define/tree.ts';
import type { StandardSchema } from '../../../schema/standard.ts';
import type { Journal } from '../journal.ts';
import { requiring } from '../requiring.ts';

interface Signed {
  readonly name: string;
  readonly note?: string;
  readonly password?: string;
}
interface Upload {
  readonly note?: string;
  readonly file: File;
}
interface Search {
  readonly q: string;
  readonly page: number;
}
interface Post {
  readonly slug: string;
  readonly id?: string;
}

const KIB = 1024;

/** The form that pages show. */
export type SignAction = DefinedAction<
  'any',
  StandardSchema<Signed>,
  undefined,
  {},
  { readonly name: string }
>;

/** Actions that are there for what they are sent. */
export function inputActions(journal: Journal): ActionTree & { readonly sign: SignAction } {
  const description = 'Of the conformance suite.';
  const access = 'public';
  return {
    /** Keeps a name in the session, sets two cookies and a header, says by which door it came. */
    sign: defineAction({
      description,
      access,
      accept: 'any',
      input: requiring<Signed>('name'),
      decode: { name: 'text', note: 'text', password: 'text' },
      messages: { success: 'Signed.', failure: 'Not signed.' },
      handler: ({ name, note }, ctx) => {
        journal.note(`signed:${name}`);
        ctx.session.set('conformanceName', name);
        ctx.cookies.set('conformance-one', name, { path: '/' });
        // Its date has a comma, at which a host that joins lines would part it wrongly.
        const expires = new Date(Date.now() + 86_400_000);
        ctx.cookies.set('conformance-two', '2, and more', { path: '/', httpOnly: true, expires });
        ctx.headers.set('X-Conformance', 'handler');
        return { name, note: note ?? null, ...circumstances(ctx) };
      },
    }),
    /** Reads only; answers with what the request looks like from inside. */
    info: defineAction({
      description,
      access,
      method: 'GET',
      cache: { maxAge: 0, scope: 'private' },
      handler: (_input, ctx) => ({ name: ctx.session.get('conformanceName') ?? null, ...circumstances(ctx) }),
    }),
    search: defineAction({
      description,
      access,
      method: 'GET',
      input: requiring<Search>('q', 'page'),
      decode: { q: 'text', page: 'number' },
      handler: ({ q, page }) => ({ q, page, next: page + 1 }),
    }),
    /** JSON only, and not much of it. */
    json: defineAction({
      description,
      access,
      accept: 'json',
      body: { maxBytes: KIB },
      handler: (input) => ({ got: input ?? null }),
    }),
    /** Streams what came through a hash, without holding it. */
    upload: defineAction({
      description,
      access,
      accept: 'form',
      input: requiring<Upload>('file'),
      decode: { note: 'text', file: 'file' },
      body: { maxBytes: 8 * KIB, maxFileBytes: 8 * KIB * KIB },
      handler: async ({ note, file }) => {
        const hash = createHash('sha256');
        for await (const chunk of file.stream()) hash.update(chunk);
        return { note: note ?? null, name: file.name, size: file.size, sha256: hash.digest('hex') };
      },
    }),
    savePost: defineAction({
      description,
      access,
      accept: 'any',
      input: requiring<Post>('slug'),
      decode: { slug: 'text', id: 'text' },
      model: 'post',
      messages: { success: 'Saved.' },
      redirect: 'conformance/posts/{slug}',
      handler: ({ slug, id }) => ({ post: { id: id ?? '1', slug } }),
    }),
  };
}

function circumstances(ctx: ActionContext): Record<string, unknown> {
  return {
    door: ctx.action.door,
    action: ctx.action.name,
    method: ctx.request.method,
    path: ctx.url.pathname,
    query: ctx.url.search,
    origin: ctx.url.origin,
    params: { ...ctx.params },
    address: ctx.clientAddress ?? null,
    header: ctx.request.headers.get('x-conformance'),
  };
}
