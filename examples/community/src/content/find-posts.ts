import type { PorticoContext } from 'portico';

/** Posts with all that a page shows of them. */
function withAll({ locals }: Pick<PorticoContext, 'locals'>) {
  return locals.accounts.entries('posts').with('authors', 'cover', 'tags');
}

export type Post = NonNullable<Awaited<ReturnType<ReturnType<typeof withAll>['first']>>>;

/** The newest first, as everybody sees them. */
export function listPosts(ctx: PorticoContext, page: number, size: number) {
  return withAll(ctx).page(page, size);
}

/** By its address: for its author and moderators also one that is not out. Drafts have no address. */
export function findPost(ctx: PorticoContext, slug: string): Promise<Post | undefined> {
  return withAll(ctx)
    .status('live', 'pending', 'expired', 'disabled')
    .visibleTo(ctx.user)
    .findByUri(`posts/${slug}`);
}

/** Whatever state it is in, as far as the user may know of it. */
export async function findPostById(ctx: PorticoContext, id: string): Promise<Post | undefined> {
  if (!/^[1-9]\d{0,15}$/.test(id)) return undefined;
  return withAll(ctx).status('any').visibleTo(ctx.user).find(Number(id));
}

/** All of a user's, those worked on last first. */
export function listPostsOf({ locals }: PorticoContext, userId: number, page: number, size: number) {
  return locals.accounts
    .entries('posts')
    .status('any')
    .where('authorId', userId)
    .orderBy('dateUpdated', 'desc')
    .page(page, size);
}
