import type { Accounts } from '../accounts/site.ts';

type PostQuery = ReturnType<typeof livePosts>;
export type TaggedPost = Awaited<ReturnType<PostQuery['all']>>[number];

export function findTag({ entries }: Accounts, slug: string) {
  return entries('tags').findBySlug(slug);
}

/** The posts that everybody sees, the newest first, with their authors. */
export function livePosts({ entries }: Accounts) {
  return entries('posts').with('authors');
}

/** Those that have the tag of an id. */
export function postsTagged(accounts: Accounts, tagId: number): PostQuery {
  return livePosts(accounts).where('fields.tags', 'contains', tagId);
}
