import type { DatabaseSync } from 'node:sqlite';

/** Each entry takes the tables one version further. An entry that has been released never changes: add another one. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE members (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    craft TEXT NOT NULL
  ) STRICT;

  CREATE TABLE posts (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES members(id),
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE likes (
    post_id TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, member_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    author_id TEXT NOT NULL REFERENCES members(id),
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX comments_by_post ON comments(post_id, id);

  CREATE TABLE subscribers (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE products (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    maker_id TEXT NOT NULL REFERENCES members(id),
    created_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE variants (
    product_id TEXT NOT NULL REFERENCES products(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    glaze TEXT NOT NULL,
    cents INTEGER NOT NULL,
    stock INTEGER NOT NULL,
    PRIMARY KEY (product_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE pictures (
    file TEXT PRIMARY KEY,
    caption TEXT NOT NULL,
    member_id TEXT NOT NULL REFERENCES members(id),
    created_at TEXT NOT NULL
  ) STRICT;
  `,
  'ALTER TABLE members ADD COLUMN photo_url TEXT',
  // Posts are entries of the site: `post_id` is an entry's uid. Those that still lie here are moved by `move-posts.ts`.
  `
  CREATE TABLE entry_likes (
    post_id TEXT NOT NULL,
    member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, member_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO entry_likes SELECT post_id, member_id FROM likes;
  DROP TABLE likes;
  ALTER TABLE entry_likes RENAME TO likes;

  CREATE TABLE entry_comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES members(id),
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  INSERT INTO entry_comments SELECT id, post_id, author_id, body, created_at FROM comments;
  DROP TABLE comments;
  ALTER TABLE entry_comments RENAME TO comments;
  CREATE INDEX comments_by_post ON comments(post_id, id);

  CREATE TABLE chores (
    name TEXT PRIMARY KEY
  ) STRICT;
  INSERT INTO chores VALUES ('admit members');
  `,
  // The help is entries of the site, too: `write-help.ts` writes the first of it.
  "INSERT INTO chores VALUES ('write help')",
];

/** Runs the migrations that a file has not seen yet, and returns the version it had: 0 for a new one. */
export function migrate(connection: DatabaseSync): number {
  const { user_version } = connection.prepare('PRAGMA user_version').get() as { user_version: number };
  if (user_version > MIGRATIONS.length) {
    throw new Error(
      `The database is of version ${user_version}, and this code knows ${MIGRATIONS.length}. ` +
        'Update the code, or set DATA_DIR to another folder.',
    );
  }
  for (const statements of MIGRATIONS.slice(user_version)) connection.exec(statements);
  connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  return user_version;
}
