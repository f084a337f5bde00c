import type { Database } from './database.ts';

export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly photoUrl: string | null;
  readonly body: string;
  readonly createdAt: string;
}

export function listComments({ sql }: Database, postId: string): Comment[] {
  return sql.all`
    SELECT comments.id, members.name AS author, photo_url AS photoUrl, body, created_at AS createdAt
    FROM comments JOIN members ON members.id = author_id
    WHERE post_id = ${postId} ORDER BY comments.id` as unknown as Comment[];
}

export interface NewComment {
  readonly postId: string;
  readonly authorId: string;
  readonly body: string;
  readonly createdAt?: string;
}

/** What stands for the post in the answer: its slug goes into the address of the comment. `undefined`: no such post. */
export function addComment({ sql }: Database, comment: NewComment): { id: number; slug: string } | undefined {
  const post = sql.get`SELECT slug FROM posts WHERE id = ${comment.postId}` as { slug: string } | undefined;
  if (!post) return undefined;
  const createdAt = comment.createdAt ?? new Date().toISOString();
  const { id } = sql.get`
    INSERT INTO comments (post_id, author_id, body, created_at)
    VALUES (${comment.postId}, ${comment.authorId}, ${comment.body}, ${createdAt})
    RETURNING id` as { id: number };
  return { id, slug: post.slug };
}
