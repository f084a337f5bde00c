import type { Context } from 'hono';
import type { PorticoEnv } from 'portico/hono';
import type { Accounts } from '../accounts/site.ts';
import { authorName } from '../accounts/public-name.ts';
import { answerDocument } from '../answer-document.ts';
import { pathOf } from '../components/entry-link.ts';
import { markdown } from '../components/markdown.ts';
import { findTag, livePosts, postsTagged, type TaggedPost } from '../data/tags.ts';
import { absoluteUrl } from '../site-url.ts';
import { atomFeed, type FeedEntry } from '../xml/atom.ts';

const NEWEST = 30;
const TYPE = 'application/atom+xml; charset=utf-8';

/** GET /feed.atom: the newest posts. */
export async function feed(c: Context<PorticoEnv>): Promise<Response> {
  const { accounts } = c.var.portico.locals;
  const posts = await livePosts(accounts).limit(NEWEST).all();
  return answerFeed(c, accounts, { title: 'Saltglaze', path: '/feed.atom', page: '/', posts });
}

/** GET /tags/:slug/feed.atom: the newest posts with a tag. */
export async function tagFeed(c: Context<PorticoEnv, '/tags/:slug/feed.atom'>): Promise<Response> {
  const { accounts } = c.var.portico.locals;
  const tag = await findTag(accounts, c.req.param('slug'));
  if (!tag) return c.notFound();
  const posts = await postsTagged(accounts, tag.id).limit(NEWEST).all();
  const page = pathOf(tag);
  return answerFeed(c, accounts, {
    title: `Saltglaze: ${tag.title}`,
    path: `${page}/feed.atom`,
    page,
    posts,
  });
}

interface Shown {
  readonly title: string;
  readonly path: string;
  readonly page: string;
  readonly posts: readonly TaggedPost[];
}

async function answerFeed(
  c: Context,
  accounts: Accounts,
  { title, path, page, posts }: Shown,
): Promise<Response> {
  const entries = await Promise.all(posts.map(feedEntry));
  // As long as there is nothing, nothing has changed since the beginning of time.
  const changed = new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime())));
  const self = absoluteUrl(accounts, path);
  const body = atomFeed({
    // RFC 4151: whoever had this name in that year, says so.
    id: `tag:${new URL(self).hostname},2026:${path}`,
    title,
    self,
    page: absoluteUrl(accounts, page),
    icon: absoluteUrl(accounts, '/assets/mark.svg'),
    updated: changed,
    entries,
  });
  return answerDocument(c, { type: TYPE, body, changed });
}

async function feedEntry(post: TaggedPost): Promise<FeedEntry> {
  const published = post.postDate ?? post.dateCreated;
  return {
    id: `urn:uuid:${post.uid}`,
    title: post.title ?? '',
    url: post.url ?? '',
    author: authorName(post.authors),
    published,
    // A post that waited for its day was saved before it.
    updated: post.dateUpdated > published ? post.dateUpdated : published,
    html: String(await markdown(post.fields.body ?? '')),
  };
}
