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
  /** The uid of its entry. */
  readonly postId: string;
  readonly authorId: string;
  readonly body: string;
  readonly createdAt?: string;
}

/** Returns its id. Whether there is such a post is for the caller to know. */
export function addComment({ sql }: Database, comment: NewComment): number {
  const createdAt = comment.createdAt ?? new Date().toISOString();
  const { id } = sql.get`
    INSERT INTO comments (post_id, author_id, body, created_at)
    VALUES (${comment.postId}, ${comment.authorId}, ${comment.body}, ${createdAt})
    RETURNING id` as { id: number };
  return id;
}
