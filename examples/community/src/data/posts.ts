import type { Database } from './database.ts';
import { newId, slugOf } from './ids.ts';

export interface Post {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly craft: string;
  readonly photoUrl: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly likes: number;
  readonly comments: number;
  /** Whether the reader likes it: 1 or 0. */
  readonly liked: number;
}

/** The newest first. `reader`: the member for whom `liked` is told. */
export function listPosts({ sql }: Database, reader: string | undefined): Post[] {
  return sql.all`
    SELECT posts.id, slug, title, body, members.name AS author, craft, photo_url AS photoUrl, created_at AS createdAt,
      (SELECT count(*) FROM likes WHERE post_id = posts.id) AS likes,
      (SELECT count(*) FROM comments WHERE post_id = posts.id) AS comments,
      EXISTS (SELECT 1 FROM likes WHERE post_id = posts.id AND member_id = ${reader ?? null}) AS liked
    FROM posts JOIN members ON members.id = author_id
    ORDER BY created_at DESC, posts.id LIMIT 50` as unknown as Post[];
}

export function findPost({ sql }: Database, slug: string, reader: string | undefined): Post | undefined {
  return sql.get`
    SELECT posts.id, slug, title, body, members.name AS author, craft, photo_url AS photoUrl, created_at AS createdAt,
      (SELECT count(*) FROM likes WHERE post_id = posts.id) AS likes,
      (SELECT count(*) FROM comments WHERE post_id = posts.id) AS comments,
      EXISTS (SELECT 1 FROM likes WHERE post_id = posts.id AND member_id = ${reader ?? null}) AS liked
    FROM posts JOIN members ON members.id = author_id
    WHERE slug = ${slug}` as Post | undefined;
}

export function postExists({ sql }: Database, id: string): boolean {
  return sql.get`SELECT 1 FROM posts WHERE id = ${id}` !== undefined;
}

export interface NewPost {
  readonly title: string;
  readonly body: string;
  readonly authorId: string;
  readonly createdAt?: string;
}

/** Saves a post under a slug that no other has. */
export function addPost(db: Database, post: NewPost): { id: string; slug: string } {
  const { sql } = db;
  const id = newId();
  const wanted = slugOf(post.title) || id;
  const slug = sql.get`SELECT 1 FROM posts WHERE slug = ${wanted}` ? `${wanted}-${id}` : wanted;
  const createdAt = post.createdAt ?? new Date().toISOString();
  sql.run`
    INSERT INTO posts (id, slug, title, body, author_id, created_at)
    VALUES (${id}, ${slug}, ${post.title}, ${post.body}, ${post.authorId}, ${createdAt})`;
  return { id, slug };
}
