import { isInputError } from 'portico';
import type { Accounts } from '../accounts/site.ts';
import { MAX_BODY } from '../content/posts.ts';
import type { Database } from './database.ts';
import { plainAsMarkdown } from './plain-text.ts';
import { listFormerPosts, replaceFormerPost, type FormerPost } from './posts.ts';

/**
 * Makes an entry of each post of `community.db`, with its likes and comments, and takes it out of there. Whatever it was
 * killed in the midst of, it carries on: a post that has become an entry and still lies there is known by slug, title and
 * date. One that cannot be an entry stays and is told; the others go on.
 */
export async function movePosts(db: Database, accounts: Accounts): Promise<void> {
  for (const post of listFormerPosts(db)) {
    try {
      replaceFormerPost(db, post.id, (await movedAlready(accounts, post)) ?? (await move(accounts, post)));
    } catch (error) {
      if (!isInputError(error)) throw error;
      console.error(`The post “${post.title}” (${post.id}) cannot be moved:`, error.fields);
    }
  }
}

async function movedAlready({ entries }: Accounts, post: FormerPost): Promise<string | undefined> {
  const { slug, title } = post;
  const moved = await entries('posts')
    .status('any')
    .where({ slug, title, postDate: new Date(post.createdAt) })
    .first();
  return moved?.uid;
}

async function move(accounts: Accounts, post: FormerPost): Promise<string> {
  const authorId = await authorOf(accounts, post);
  const markdown = plainAsMarkdown(post.body);
  const { uid } = await accounts.saveEntry(
    'posts',
    {
      title: post.title,
      slug: post.slug,
      postDate: new Date(post.createdAt),
      // Every mark became two letters: where that is too long, the marks mean what they mean.
      fields: { body: markdown.length > MAX_BODY ? post.body : markdown },
    },
    { by: authorId },
  );
  return uid;
}

/** The id of the account that wrote it. Those of the demo have none: they get one that nobody can sign in to. */
async function authorOf(
  { queries, services }: Accounts,
  { authorId, author, craft }: FormerPost,
): Promise<number> {
  const known = await queries.users.findByUid(authorId);
  if (known !== undefined) return known.id;
  const email = `${authorId}@members.invalid`;
  const made = await queries.users.findByLoginName(email);
  if (made?.status === 'inactive') return made.id;
  const { id } = await services.database.users.insert(
    { email, fullName: author, status: 'inactive', verified: false, approved: false, fields: { craft } },
    services.now(),
  );
  return id;
}
