import { beforeAll, describe, expect, test } from 'vitest';
import { atTheDesk, TOMORROW } from './entries.ts';
import { useSite } from './site.ts';
import { Visitor } from './visitor.ts';

const site = useSite();
let guest: Visitor;
beforeAll(async () => {
  guest = new Visitor(site.url);
  await atTheDesk(site.dataFolder, async ({ saveEntry }) => {
    const raku = await saveEntry('tags', { title: 'Raku <fire> & smoke', slug: 'raku' });
    const glaze = await saveEntry('tags', { title: 'Glaze', slug: 'glaze' });
    await saveEntry('tags', { title: 'Unused', slug: 'unused' });
    for (let at = 1; at <= 22; at++) {
      const fields = { body: `Firing number ${at}.`, tags: at > 20 ? [raku.id, glaze.id] : [raku.id] };
      await saveEntry('posts', { title: `Firing ${at} <b>`, fields, postDate: new Date(2026, 3, at) });
    }
    const fields = { body: 'Not yet, or no more.', tags: [glaze.id] };
    await saveEntry('posts', { title: 'Comes tomorrow', fields, postDate: TOMORROW() });
    await saveEntry('posts', { title: 'Is hidden', fields, enabled: false });
    await saveEntry('posts', { title: 'Is a draft', fields, draft: true });
  });
});

describe('tags', () => {
  test('are listed with the number of posts that everybody sees; one without a post is not', async () => {
    const { status, body } = await guest.get('/tags');
    expect(status).toBe(200);
    const list = /<ul class="tag-list">[^]*?<\/ul>/.exec(body)?.[0] ?? '';
    expect(
      [...list.matchAll(/<a href="([^"]+)">([^<]+)<\/a> <span class="meta">(\d+)/g)].map(([, ...of]) => of),
    ).toEqual([
      ['/tags/glaze', 'Glaze', '2'],
      ['/tags/raku', 'Raku &lt;fire&gt; &amp; smoke', '22'],
    ]);
  });

  test('a tag has its posts, the newest first, on pages', async () => {
    const { body } = await guest.get('/tags/raku');
    expect(body).toContain('<h1>Raku &lt;fire&gt; &amp; smoke</h1>');
    expect(body).toContain('22 posts');
    expect(body.indexOf('Firing 22 &lt;b&gt;')).toBeLessThan(body.indexOf('Firing 21 &lt;b&gt;'));
    expect(body).not.toContain('Firing 2 &lt;b&gt;');
    expect(body).toContain('href="/tags/raku?page=2"');
    const last = await guest.get('/tags/raku?page=2');
    expect(last.body).toContain('Firing 2 &lt;b&gt;');
    expect(last.body).toContain('href="/tags/raku"');
    expect((await guest.get('/tags/raku?page=3')).status).toBe(404);
  });

  test('shows nothing that is not out, moderators included', async () => {
    const moderator = await site.member('kenji', { groups: ['moderators'] });
    for (const visitor of [guest, moderator]) {
      const { body } = await visitor.get('/tags/glaze');
      expect(body).toContain('2 posts');
      for (const hidden of ['Comes tomorrow', 'Is hidden', 'Is a draft']) expect(body).not.toContain(hidden);
    }
    const found = await guest.get('/search?q=not+yet+or+no+more');
    for (const hidden of ['Comes tomorrow', 'Is hidden', 'Is a draft'])
      expect(found.body).not.toContain(hidden);
  });

  test('one without posts says so, and one that nobody made is not there', async () => {
    expect((await guest.get('/tags/unused')).body).toContain('0 posts');
    for (const path of ['/tags/nothing', '/tags/%00', "/tags/raku'--", '/tags/RAKU%FF'])
      expect((await guest.get(path)).status).toBe(404);
  });
});
