import type { Database } from './database.ts';
import { newId, slugOf } from './ids.ts';

/** A post from before they were entries of the site, and those that a new database begins with. */
export interface FormerPost {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  readonly authorId: string;
  readonly author: string;
  readonly craft: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** The oldest first. */
export function listFormerPosts({ sql }: Database): FormerPost[] {
  return sql.all`
    SELECT posts.id, slug, title, body, author_id AS authorId, members.name AS author, craft, created_at AS createdAt
    FROM posts JOIN members ON members.id = author_id ORDER BY created_at, posts.id` as unknown as FormerPost[];
}

/** Hands a post's likes and comments to the entry that it has become. */
export function replaceFormerPost(db: Database, id: string, uid: string): void {
  const { sql } = db;
  db.transaction(() => {
    sql.run`UPDATE OR IGNORE likes SET post_id = ${uid} WHERE post_id = ${id}`;
    sql.run`UPDATE comments SET post_id = ${uid} WHERE post_id = ${id}`;
    sql.run`DELETE FROM posts WHERE id = ${id}`;
  });
}

export interface NewPost {
  readonly title: string;
  readonly body: string;
  readonly authorId: string;
  readonly createdAt: string;
}

/** Saves a post under a slug that no other has, for `movePosts` to fetch. */
export function addPost({ sql }: Database, post: NewPost): { id: string } {
  const id = newId();
  const wanted = slugOf(post.title) || id;
  const slug = sql.get`SELECT 1 FROM posts WHERE slug = ${wanted}` ? `${wanted}-${id}` : wanted;
  sql.run`
    INSERT INTO posts (id, slug, title, body, author_id, created_at)
    VALUES (${id}, ${slug}, ${post.title}, ${post.body}, ${post.authorId}, ${post.createdAt})`;
  return { id };
}
