import type { Database } from './database.ts';

/** Sets whether a member likes a post, by the uid of its entry; saying it twice changes nothing. Returns how many like it now. */
export function setLike({ sql }: Database, postId: string, memberId: string, liked: boolean): number {
  if (liked) sql.run`INSERT OR IGNORE INTO likes (post_id, member_id) VALUES (${postId}, ${memberId})`;
  else sql.run`DELETE FROM likes WHERE post_id = ${postId} AND member_id = ${memberId}`;
  const { likes } = sql.get`SELECT count(*) AS likes FROM likes WHERE post_id = ${postId}` as {
    likes: number;
  };
  return likes;
}
