import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { admitMembers } from '../src/accounts/admit-members.ts';
import { createAccounts, type Accounts } from '../src/accounts/site.ts';
import { openDatabase, type Database } from '../src/data/database.ts';
import { movePosts } from '../src/data/move-posts.ts';
import { plainAsMarkdown } from '../src/data/plain-text.ts';
import { markdown } from '../src/components/markdown.ts';
import { addressOf, makeMember } from './accounts.ts';
import { removeFolder, START_MS, startSite, temporaryFolder } from './site.ts';
import { writePost } from './writing.ts';

let folder: string;
let db: Database;
let accounts: Accounts;
beforeEach(() => {
  folder = temporaryFolder();
  db = openDatabase(folder);
  accounts = createAccounts({ dataFolder: folder, siteUrl: 'http://localhost' });
});
afterEach(async () => {
  db.close();
  await accounts.close();
  removeFolder(folder);
});

interface Counted {
  readonly count: number;
}
const rowsIn = (table: 'posts' | 'likes' | 'comments'): number => {
  const file = new DatabaseSync(join(folder, 'community.db'), { readOnly: true });
  const { count } = file.prepare(`SELECT count(*) AS count FROM ${table}`).get() as unknown as Counted;
  file.close();
  return count;
};
const allPosts = () => accounts.entries('posts').status('any').with('authors').all();

describe('posts of community.db become entries', () => {
  test('with author, date, address, likes and comments, and leave it', async () => {
    const [likes, comments] = [rowsIn('likes'), rowsIn('comments')];
    await movePosts(db, accounts);
    expect(rowsIn('posts')).toBe(0);
    expect([rowsIn('likes'), rowsIn('comments')]).toEqual([likes, comments]);
    const post = await accounts.entries('posts').with('authors').findBySlug('what-the-salt-does');
    expect(post).toMatchObject({
      title: 'What the salt does',
      uri: 'posts/what-the-salt-does',
      status: 'live',
      postDate: new Date('2026-03-02T18:40:00.000Z'),
      authors: [{ fullName: 'Inês Duarte' }],
    });
    const uid = post?.uid ?? '';
    expect(db.sql.all`SELECT member_id FROM likes WHERE post_id = ${uid}`).toHaveLength(3);
    expect(db.sql.all`SELECT id FROM comments WHERE post_id = ${uid}`).toHaveLength(2);
    const author = await accounts.queries.users.find(post?.authorIds[0] ?? 0);
    expect(author).toMatchObject({
      status: 'inactive',
      fields: { craft: 'Throws jugs, fires on Thursdays' },
    });
  });

  test('once, whatever it was killed in the midst of', async () => {
    // As after a kill between the entry and the row: all rows are there, and two of the entries.
    const rows = db.sql.all`SELECT * FROM posts ORDER BY created_at` as unknown as Array<
      Record<string, string>
    >;
    await movePosts(db, accounts);
    const moved = await allPosts();
    for (const row of rows.slice(2)) {
      const { id = '', slug = '', title = '', body = '', author_id = '', created_at = '' } = row;
      db.sql.run`INSERT INTO posts (id, slug, title, body, author_id, created_at)
        VALUES (${id}, ${slug}, ${title}, ${body}, ${author_id}, ${created_at})`;
    }
    await movePosts(db, accounts);
    await movePosts(db, accounts);
    expect((await allPosts()).map(({ uid }) => uid)).toEqual(moved.map(({ uid }) => uid));
    expect(rowsIn('posts')).toBe(0);
    expect((await accounts.queries.users.list({ status: 'inactive' })).total).toBe(4);
  });

  test('goes on with the next one where an outage ended it', async () => {
    const failing: Accounts = Object.create(accounts, {
      saveEntry: {
        value: vi
          .fn()
          .mockImplementationOnce(accounts.saveEntry)
          .mockRejectedValue(new Error('The database is gone.')),
      },
    });
    await expect(movePosts(db, failing)).rejects.toThrow('The database is gone.');
    expect(rowsIn('posts')).toBe(3);
    await movePosts(db, accounts);
    expect(rowsIn('posts')).toBe(0);
    expect(await allPosts()).toHaveLength(4);
  });

  test('of a member with an account are the member’s', async () => {
    await makeMember(folder, 'ruth');
    const ruth = await accounts.queries.users.findByLoginName('ruth');
    const uid = ruth?.uid ?? '';
    db.sql.run`INSERT INTO members (id, name, craft) VALUES (${uid}, ${'Ruth'}, ${''})`;
    db.sql.run`INSERT INTO posts (id, slug, title, body, author_id, created_at)
      VALUES ('p', 'hers', 'Hers', 'By her.', ${uid}, '2026-01-01T00:00:00.000Z')`;
    await movePosts(db, accounts);
    expect((await accounts.entries('posts').findBySlug('hers'))?.authorIds).toEqual([ruth?.id]);
  });

  test('is nobody’s who merely took the address of an account that is made', async () => {
    const taken = { email: 'ines@members.invalid', username: 'thief', status: 'pending' } as const;
    const thief = await accounts.services.database.users.insert(
      { ...taken, verified: false, approved: true },
      1,
    );
    await movePosts(db, accounts);
    const post = await accounts.entries('posts').findBySlug('what-the-salt-does');
    expect(post?.authorIds).not.toContain(thief.id);
    await movePosts(db, accounts);
  });

  test('one that cannot be is told and stays, and the others go', async () => {
    db.sql.run`INSERT INTO posts (id, slug, title, body, author_id, created_at)
      VALUES ('p', 'too-long', 'Too long', ${'x'.repeat(20_001)}, 'ines', '2026-01-01T00:00:00.000Z')`;
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await movePosts(db, accounts);
    expect(told.mock.calls[0]?.[0]).toContain('The post “Too long” (p) cannot be moved');
    told.mockRestore();
    expect(rowsIn('posts')).toBe(1);
    expect(await allPosts()).toHaveLength(4);
  });
});

test('members from before there was a group come into it, and whoever has closed the account does not', async () => {
  await makeMember(folder, 'ruth', { isMember: false });
  const { users } = accounts.services.database;
  const made = await users.findByLoginName('ruth');
  await users.update(made?.id ?? 0, { groups: ['moderators'] }, 1);
  const closed = await users.insert(
    { email: addressOf('closed'), status: 'inactive', verified: true, approved: true },
    1,
  );
  await admitMembers(accounts);
  await admitMembers(accounts);
  expect((await users.findByLoginName('ruth'))?.groups.toSorted()).toEqual(['members', 'moderators']);
  expect((await users.find(closed.id))?.groups).toEqual([]);
});

// As the release before entries left it; the other tables are as they were.
const RELEASED = `
  CREATE TABLE members (id TEXT PRIMARY KEY, name TEXT NOT NULL, craft TEXT NOT NULL, photo_url TEXT) STRICT;
  CREATE TABLE posts (
    id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES members(id), created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE likes (
    post_id TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, member_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    author_id TEXT NOT NULL REFERENCES members(id), body TEXT NOT NULL, created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX comments_by_post ON comments(post_id, id);
  INSERT INTO members VALUES ('m', 'Margit', 'Copper reds', NULL);
  INSERT INTO posts VALUES ('old', 'never-again', 'Never again', 'Copper *red*.', 'm', '2025-05-01T10:00:00.000Z');
  INSERT INTO likes VALUES ('old', 'm');
  INSERT INTO comments VALUES (7, 'old', 'm', '(Again.)', '2025-05-02T10:00:00.000Z');
  PRAGMA user_version = 2;
`;

test(
  'a database of the release before, with its likes and comments, and members who may write from then on',
  async () => {
    const dataFolder = temporaryFolder();
    const file = new DatabaseSync(join(dataFolder, 'community.db'));
    file.exec(RELEASED);
    file.close();
    await makeMember(dataFolder, 'ruth', { isMember: false });
    const site = await startSite(dataFolder);
    try {
      const ruth = await site.member('ruth');
      const { body } = await ruth.get('/posts/never-again');
      expect(body).toContain('<p>Copper *red*.</p>');
      expect(body).toContain('<strong>Margit</strong> · Copper reds · <time');
      expect(body).toContain('<span data-count>1</span>');
      expect(body).toContain('id="comment-7"');
      const comment = await ruth.submit('/posts/never-again', 'comment-body', { body: 'Eighth.' });
      expect(comment.headers.get('location')).toBe('/posts/never-again#comment-8');
      expect(await writePost(ruth, { title: 'Now' })).toBe('/posts/now');
    } finally {
      await site.stop();
      removeFolder(dataFolder);
    }
  },
  START_MS,
);

describe('plain text as Markdown', () => {
  test.each([
    ['One.\nTwo.\n\nThree.', '<p>One.<br />\nTwo.</p>\n<p>Three.</p>'],
    ['# no heading', '<p># no heading</p>'],
    ['- no list\n+ nor this', '<p>- no list<br />\n+ nor this</p>'],
    ['12. no number', '<p>12. no number</p>'],
    ['> no quote', '<p>&gt; no quote</p>'],
    ['    no code', '<p>no code</p>'],
    ['```\nno fence\n```', '<p>```<br />\nno fence<br />\n```</p>'],
    ['~~~\nnor this', '<p>~~~<br />\nnor this</p>'],
    ['no heading\n===\n\nnor this\n---', '<p>no heading<br />\n===</p>\n<p>nor this<br />\n---</p>'],
    ['2 * 3 * 4, _so_, `so`', '<p>2 * 3 * 4, _so_, `so`</p>'],
    ['[no](link) ![no](picture)', '<p>[no](link) ![no](picture)</p>'],
    ['<b>&copy; \\', '<p>&lt;b&gt;&amp;copy; \\</p>'],
    ['a\r\nb\r\rc', '<p>a<br />\nb</p>\n<p>c</p>'],
    ['***', '<p>***</p>'],
  ])('%j shows as it was', (text, shown) => {
    expect(String(markdown(plainAsMarkdown(text)))).toBe(shown);
  });
});
