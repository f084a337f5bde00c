import type { Context } from 'hono';
import type { PorticoEnv } from 'portico/hono';
import type { Accounts } from '../accounts/site.ts';
import { answerDocument } from '../answer-document.ts';
import { remembered } from '../remembered.ts';
import { absoluteUrl } from '../site-url.ts';
import { IDS_IN_A_PART, partsUpTo, sitemap, sitemapIndex, type Place } from '../xml/sitemap.ts';

const FIXED = ['/', '/products', '/gallery', '/help', '/stories', '/tags', '/contact'];
const AT_ONCE = 1_000;
const TYPE = 'application/xml; charset=utf-8';

/** GET /sitemap.xml: every page that everybody sees, or where they are too many for one sitemap, the sitemaps. */
export async function sitemapPage(c: Context<PorticoEnv>): Promise<Response> {
  const { accounts } = c.var.portico.locals;
  const parts = await countParts(accounts);
  if (parts === 1) return answerPart(c, accounts, 1);
  const urls = Array.from({ length: parts }, (_, at) => absoluteUrl(accounts, `/sitemap-${at + 1}.xml`));
  return answerDocument(c, { type: TYPE, body: sitemapIndex(urls) });
}

/** GET /sitemap-1.xml */
export async function sitemapPartPage(c: Context<PorticoEnv>): Promise<Response> {
  const { accounts } = c.var.portico.locals;
  const part = Number(/\d+/.exec(c.req.path)?.[0]);
  return part <= (await countParts(accounts)) ? answerPart(c, accounts, part) : c.notFound();
}

/** GET /robots.txt */
export function robotsPage(c: Context<PorticoEnv>): Response {
  const { accounts } = c.var.portico.locals;
  const lines = [
    'User-agent: *',
    ...['/account', '/admin/', '/actions/', '/_actions/', '/search'].map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${absoluteUrl(accounts, '/sitemap.xml')}`,
    '',
  ];
  return answerDocument(c, { type: 'text/plain; charset=utf-8', body: lines.join('\n') });
}

/** What is live, of whatever section, and has an address. */
function placed({ entries }: Accounts) {
  return entries().where('uri', '!=', null);
}

async function countParts(accounts: Accounts): Promise<number> {
  const [last = 0] = await placed(accounts).orderBy('id', 'desc').limit(1).ids();
  return partsUpTo(last);
}

async function answerPart(c: Context, accounts: Accounts, part: number): Promise<Response> {
  const places = await remembered(accounts, `sitemap ${part}`, () => placesOf(accounts, part));
  const latest = places.reduce((max, { changed }) => Math.max(max, changed?.getTime() ?? 0), 0);
  const changed = latest === 0 ? undefined : new Date(latest);
  return answerDocument(c, { type: TYPE, body: sitemap(places), changed });
}

async function placesOf(accounts: Accounts, part: number): Promise<readonly Place[]> {
  const places: Place[] = part === 1 ? FIXED.map((path) => ({ url: absoluteUrl(accounts, path) })) : [];
  const query = placed(accounts)
    .where('id', '>', (part - 1) * IDS_IN_A_PART)
    .where('id', '<=', part * IDS_IN_A_PART)
    .orderBy('id');
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof query.cursorPage>> = await query.after(after).cursorPage(AT_ONCE);
    for (const { url, postDate, dateUpdated } of page.entries)
      if (url !== null)
        places.push({ url, changed: postDate !== null && postDate > dateUpdated ? postDate : dateUpdated });
    if (page.next === null) return places;
    after = page.next;
  }
}
