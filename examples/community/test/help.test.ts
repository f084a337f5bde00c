import { beforeAll, describe, expect, test } from 'vitest';
import { atTheDesk } from './entries.ts';
import { startSite, useSite } from './site.ts';
import { formOf, Visitor } from './visitor.ts';

const site = useSite();
let guest: Visitor;
let member: Visitor;
let moderator: Visitor;
beforeAll(async () => {
  guest = new Visitor(site.url);
  member = await site.member('ruth');
  moderator = await site.member('kenji', { groups: ['moderators'] });
});

const SALT = '/help/kilns/big-firing';

function idOf(slug: string): Promise<number> {
  return atTheDesk(site.dataFolder, async ({ entries }) => {
    const page = await entries('help').status('any').findBySlug(slug);
    if (page === undefined) throw new Error(`There is no page ${slug}.`);
    return page.id;
  });
}

/** Fills in the form of a page. */
async function edit(slug: string, fields: Readonly<Record<string, string>>, by = moderator) {
  return by.submit(`/admin/help/${await idOf(slug)}`, 'fields[body]', fields);
}

describe('the help', () => {
  test('is a tree of links', async () => {
    const { status, body } = await guest.get('/help');
    expect(status).toBe(200);
    const links = [...body.matchAll(/href="(\/help\/[^"]+)"/g)].map(([, path]) => path);
    expect(links).toEqual([
      '/help/your-first-week',
      '/help/your-first-week/clay-and-wheels',
      '/help/your-first-week/sweeping',
      '/help/kilns',
      SALT,
      `${SALT}/what-may-go-in`,
      '/help/kilns/electric-kilns',
    ]);
    expect(body.match(/<ul class="tree">/g)).toHaveLength(4);
  });

  test('a page has its text as Markdown, the way up and the way down', async () => {
    const { body } = await guest.get('/help/your-first-week');
    expect(body).toContain('<strong>clay is here</strong>');
    expect(body).toContain('<a href="/help/your-first-week/sweeping">Who sweeps the floor</a>');
    const deep = (await guest.get(`${SALT}/what-may-go-in`)).body;
    const crumbs = /<nav class="breadcrumbs[^]*?<\/nav>/.exec(deep)?.[0] ?? '';
    expect([...crumbs.matchAll(/href="([^"]+)"/g)].map(([, path]) => path)).toEqual([
      '/help',
      '/help/kilns',
      SALT,
    ]);
    expect(deep).not.toContain('Read on');
  });

  test.each([
    '/help/nothing',
    '/help/big-firing',
    '/help/kilns/',
    '/help/%E0%A4%A',
    '/help/%00',
    "/help/kilns'--",
    '/help/../admin/help/1',
  ])('%s is not there', async (path) => {
    expect((await guest.get(path)).status).toBe(path.includes('..') ? 303 : 404);
  });

  test('is for moderators to write: others get no links, no pages and no saving', async () => {
    for (const visitor of [guest, member]) {
      const { body } = await visitor.get(SALT);
      expect(body).not.toContain('/admin/help');
      expect((await visitor.get('/admin/help/new')).status).toBe(visitor === guest ? 303 : 403);
    }
    const id = await idOf('kilns');
    const sent = await member.postWithToken('/help', {
      action: 'entries/save-entry',
      canonicalId: String(id),
      title: 'Mine',
    });
    expect(sent.status).toBe(403);
    expect((await guest.get('/help/kilns')).body).toContain('<h1>Kilns</h1>');
  });
});

describe('a moderator', () => {
  test('writes a page below another one, which leads to it', async () => {
    const { body } = await moderator.get('/help/kilns');
    const path = /href="(\/admin\/help\/new\?parent=\d+)"/.exec(body)?.[1] ?? '';
    const form = formOf((await moderator.get(path)).body, 'fields[body]');
    const parentId = /<option value="(\d+)" selected>Kilns</.exec(form.markup)?.[1] ?? '';
    const made = await moderator.submit(path, 'fields[body]', {
      title: 'Raku & smoke',
      parentId,
      'fields[body]': '<script>alert(1)</script>\n\nand *smoke*',
      enabled: 'true',
    });
    expect([made.status, made.headers.get('location')]).toEqual([303, '/help/kilns/raku-smoke']);
    const page = await guest.get('/help/kilns/raku-smoke');
    expect(page.body).toContain('<h1>Raku &amp; smoke</h1>');
    expect(page.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\n<p>and <em>smoke</em></p>');
  });

  test('is told what is missing, and keeps what was typed', async () => {
    const failed = await moderator.submit('/admin/help/new', 'fields[body]', {
      title: ' ',
      'fields[body]': 'Typed <already>',
      enabled: 'false',
    });
    expect(failed.status).toBe(422);
    const { markup } = formOf(failed.body, 'fields[body]');
    expect(markup).toContain('Title cannot be blank.');
    expect(markup).toContain('Typed &lt;already&gt;');
    expect(markup).not.toMatch(/type="checkbox"[^>]* checked/);
  });

  test('hides a page, which then only those see who look after the help', async () => {
    expect((await edit('sweeping', { enabled: 'false' })).status).toBe(303);
    expect((await guest.get('/help/your-first-week/sweeping')).status).toBe(404);
    expect((await guest.get('/help')).body).not.toContain('sweeping');
    expect((await guest.get('/help/your-first-week')).body).not.toContain('sweeping');
    expect((await moderator.get('/help')).body).toContain('not published');
    expect((await moderator.get('/help/your-first-week/sweeping')).body).toContain('it is not published');
    await edit('sweeping', { enabled: 'true' });
    expect((await guest.get('/help/your-first-week/sweeping')).status).toBe(200);
  });

  test('moves a page, and all that is below it comes along', async () => {
    const week = String(await idOf('your-first-week'));
    const moved = await edit('big-firing', { parentId: week, enabled: 'true' });
    expect(moved.headers.get('location')).toBe('/help/your-first-week/big-firing');
    expect((await guest.get('/help/your-first-week/big-firing/what-may-go-in')).status).toBe(200);
    expect((await guest.get(SALT)).status).toBe(404);
    const kilns = String(await idOf('kilns'));
    await edit('big-firing', { parentId: kilns, enabled: 'true' });
    expect((await guest.get(`${SALT}/what-may-go-in`)).status).toBe(200);
  });

  test('is offered no parent that would be below the page, or too deep, and gets a word about it', async () => {
    const page = await moderator.get(`/admin/help/${await idOf('kilns')}`);
    const { markup } = formOf(page.body, 'fields[body]');
    expect(markup).toContain('Your first week</option>');
    for (const impossible of ['>Kilns</option>', 'The big firing</option>', 'What may go in</option>'])
      expect(markup).not.toContain(impossible);
    const below = await edit('kilns', { parentId: String(await idOf('big-firing')), enabled: 'true' });
    expect(below.status).toBe(422);
    const deep = await edit('kilns', { parentId: String(await idOf('sweeping')), enabled: 'true' });
    expect(deep.status).toBe(422);
    expect(formOf(deep.body, 'fields[body]').markup).toMatch(/parentId-errors"><li>[^<]+<\/li>/);
  });

  test('does not save over somebody else unseen', async () => {
    const id = await idOf('electric-kilns');
    const { hidden } = formOf((await moderator.get(`/admin/help/${id}`)).body, 'fields[body]');
    await edit('electric-kilns', { title: 'Electric', enabled: 'true' });
    const late = await moderator.post(`/admin/help/${id}?_action=entries.saveEntry`, {
      ...hidden,
      title: 'Late',
      'fields[body]': 'Later still',
      enabled: 'true',
    });
    expect(late.status).toBe(409);
    expect(late.body).toContain('Somebody saved this page while you were writing');
    const again = formOf(late.body, 'fields[body]');
    expect(again.markup).toContain('Later still');
    const knowingly = await moderator.post(`/admin/help/${id}?_action=entries.saveEntry`, {
      ...again.hidden,
      title: 'Late',
      'fields[body]': 'Later still',
      enabled: 'true',
    });
    expect(knowingly.status).toBe(303);
    expect((await guest.get('/help/kilns/electric-kilns')).body).toContain('<h1>Late</h1>');
  });

  // The last one: it takes the tree apart.
  test('deletes a page, and what was below it moves up', async () => {
    const id = await idOf('big-firing');
    const gone = await moderator.submit(`/admin/help/${id}`, 'entries/delete-entry', {});
    expect([gone.status, gone.headers.get('location')]).toEqual([303, '/help']);
    expect((await moderator.get('/help')).body).toContain('The page is deleted.');
    expect((await guest.get(SALT)).status).toBe(404);
    expect((await guest.get('/help/kilns/what-may-go-in')).status).toBe(200);
  });
});

test('what was deleted of the first pages does not come back with the next start', async () => {
  await site.stop();
  const next = await startSite(site.dataFolder);
  const { body } = await new Visitor(next.url).get('/help');
  await next.stop();
  expect(body).toContain('/help/kilns/what-may-go-in');
  expect(body).not.toContain('big-firing');
});
