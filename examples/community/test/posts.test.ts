import { beforeAll, describe, expect, test } from 'vitest';
import { START_MS, useSite } from './site.ts';
import { editPathOf, follow, FORM, picture, WRITE, writePost, type PostFields as Fields } from './writing.ts';
import { formOf, Visitor } from './visitor.ts';

const site = useSite();

let ruth: Visitor;
let kenji: Visitor;
let guest: Visitor;
beforeAll(async () => {
  ruth = await site.member('ruth');
  kenji = await site.member('kenji');
  guest = new Visitor(site.url);
});

const write = (fields: Fields, visitor = ruth): Promise<string> => writePost(visitor, fields);
const editOf = (path: string, visitor = ruth): Promise<string> => editPathOf(visitor, path);

describe('a post', () => {
  test('is written as Markdown, with tags and a picture, and stands on the front page', async () => {
    const path = await write({
      title: 'Wood ash',
      'fields[body]': '# Why\n\nIt *melts*.\nAt 1280 degrees, [they say](https://example.org/ash).',
      'fields[tags]': 'Ash glaze, wood  firing, ash glaze',
      'fields[cover][]': picture(),
      'fields[pictured]': 'A red pot',
    });
    expect(path).toBe('/posts/wood-ash');
    const { body } = await guest.get(path);
    expect(body).toContain('<h1>Wood ash</h1>');
    expect(body).toContain('<h2>Why</h2>');
    expect(body).toContain('<em>melts</em>');
    expect(body).toContain('<a rel="nofollow ugc" href="https://example.org/ash">they say</a>');
    expect(body).toContain('<a class="badge" href="/tags/ash-glaze" rel="tag">Ash glaze</a>');
    expect(body).toContain('<a class="badge" href="/tags/wood-firing" rel="tag">wood firing</a>');
    expect(body.match(/rel="tag"/g)).toHaveLength(2);
    expect(body).toContain('<strong>Ruth Tester</strong>');
    const image =
      /<img class="cover" src="([^"]+)" alt="A red pot" width="1" height="1"/.exec(body)?.[1] ?? '';
    const file = await guest.get(image);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await guest.get('/')).body).toContain('<a href="/posts/wood-ash">Wood ash</a>');
    expect((await guest.get('/search?q=degrees')).body).toContain('href="/posts/wood-ash"');
  });

  test('shows what was typed and what is wrong', async () => {
    const answer = await ruth.submit(WRITE, FORM, {
      title: 'Half a post',
      'fields[body]': ' ',
      'fields[tags]': 'kiln, "cold"',
      postDate: '2026-02-30T10:00',
      enabled: '1',
    });
    expect(answer.status).toBe(422);
    const { markup } = formOf(answer.body, FORM);
    expect(markup).toContain('value="Half a post"');
    expect(markup).toContain('value="kiln, &quot;cold&quot;"');
    expect(markup).toContain('<li>Text cannot be blank.</li>');
    expect(markup).toMatch(/<details class="more-fields" open>/);
    expect(markup).toContain('Post date is not a valid date');
    expect(answer.body).toMatch(/class="flash flash-error" role="alert">Couldn’t save entry/);
  });

  test('of a title that is taken gets an address of its own', async () => {
    expect(await write({ title: 'Twice' })).toBe('/posts/twice');
    expect(await write({ title: 'Twice' })).toBe('/posts/twice-2');
    expect(await write({ title: 'Thrice', slug: 'my-own' })).toBe('/posts/my-own');
  });

  test('is found at an address of any script', async () => {
    const path = await write({ title: '陶器の話 100% “kiln”?' });
    expect(path).toMatch(/^\/posts\/%[0-9A-F]{2}/);
    expect((await guest.get(path)).body).toContain('<h1>陶器の話 100% “kiln”?</h1>');
    expect((await guest.get('/')).body).toContain(`href="${path}"`);
    const comment = await kenji.submit(path, 'comment-body', { body: 'Well said.' });
    expect(comment.headers.get('location')?.split('#')[0]).toBe(path);
  });

  test('is edited by its author: the picture is kept, replaced and removed', async () => {
    const path = await write({
      title: 'With a picture',
      'fields[tags]': 'one, two',
      'fields[cover][]': picture(),
    });
    const edit = await editOf(path);
    const { body } = await ruth.get(edit);
    expect(body).toContain('name="title" type="text" value="With a picture"');
    expect(body).toContain('value="one, two"');
    const id = /id="keep-cover" name="fields\[cover\]\[\]" value="(\d+)" checked/.exec(body)?.[1] ?? '';

    const same = {
      title: 'With a picture',
      'fields[body]': 'Other text.',
      'fields[tags]': 'two',
      enabled: '1',
    };
    await follow(ruth, await ruth.submit(edit, FORM, { ...same, 'fields[cover][]': id }));
    const kept = await guest.get(path);
    expect(kept.body).toContain('<p>Other text.</p>');
    expect(kept.body).toContain('class="cover"');
    expect(kept.body).toContain('/tags/two');
    expect(kept.body).not.toContain('/tags/one');

    // Its box unticked, and nothing chosen.
    await follow(ruth, await ruth.submit(edit, FORM, { ...same, 'fields[cover][]': '' }));
    expect((await guest.get(path)).body).not.toContain('class="cover"');
    await follow(
      ruth,
      await ruth.submit(edit, FORM, { ...same, 'fields[tags]': '', 'fields[cover][]': picture() }),
    );
    const replaced = await guest.get(path);
    expect(replaced.body).toContain('class="cover"');
    expect(replaced.body).not.toContain('rel="tag"');
  });

  test('a picture that is none is told beside it, and the text is kept', async () => {
    const svg = new File(['<svg onload="alert(1)">'], 'pot.png', { type: 'image/png' });
    const answer = await ruth.submit(WRITE, FORM, {
      title: 'No picture',
      'fields[body]': 'Kept text',
      'fields[cover][]': svg,
      enabled: '1',
    });
    expect(answer.status).toBe(422);
    const { markup } = formOf(answer.body, FORM);
    expect(markup).toContain('Kept text</textarea>');
    expect(markup).toContain('<li>“pot.png” is not allowed in Picture.');
  });

  test('is nobody else’s to edit or delete but a moderator’s', async () => {
    const path = await write({ title: 'Mine' });
    const edit = await editOf(path);
    expect(await editOf(path, kenji)).toContain('no link');
    expect((await kenji.get(edit)).status).toBe(403);
    expect((await kenji.get(edit.replace('edit', 'revisions'))).status).toBe(403);
    expect((await guest.get(edit)).headers.get('location')).toBe('/login');
    const id = edit.split('/')[2] ?? '';
    for (const action of ['entries/save-entry', 'entries/delete-entry']) {
      const answer = await kenji.postWithToken(path, { action, entryId: id, title: 'Theirs' });
      expect([action, answer.status]).toEqual([action, 403]);
    }
    const moderator = await site.member('moderator', { groups: ['moderators'] });
    expect(await editOf(path, moderator)).toBe(edit);
    const answer = await moderator.submit(edit, FORM, {
      title: 'Mine, moderated',
      'fields[body]': 'Friendlier text.',
      enabled: '1',
    });
    expect(await follow(moderator, answer)).toBe('/posts/mine');
    expect((await guest.get(path)).body).toContain('<strong>Ruth Tester</strong>');
  });

  test('is deleted after it was asked', async () => {
    const path = await write({ title: 'Gone soon' });
    const page = await ruth.get(path);
    expect(page.body).toMatch(/<details class="ask">[^]*<form[^]*entries\/delete-entry[^]*<\/details>/);
    const answer = await ruth.submit(path, 'entries/delete-entry', {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/posts']);
    expect((await ruth.get('/account/posts')).body).toContain('The post is deleted.');
    expect((await guest.get(path)).status).toBe(404);
    expect((await ruth.get(path)).status).toBe(404);
  });

  test('a member who is out of the group writes none', async () => {
    const outsider = await site.member('outsider', { isMember: false });
    expect((await outsider.get(WRITE)).status).toBe(403);
    const fields = { action: 'entries/save-entry', sectionId: 'posts', title: 'x', 'fields[body]': 'x' };
    expect((await outsider.postWithToken('/', fields)).status).toBe(403);
  });

  test('may have a number for a tag, and a title that is the name of a page', async () => {
    const answer = await ruth.submit(WRITE, FORM, {
      title: 'In figures',
      'fields[body]': 'Text.',
      'fields[tags]': 'kiln, 2026',
      enabled: '1',
    });
    expect(answer.status).toBe(303);
    expect((await guest.get('/posts/in-figures')).body).toContain('href="/tags/2026"');
    const page = { title: 'New', 'fields[body]': 'Text.', enabled: '1' };
    expect((await ruth.submit(WRITE, FORM, page)).status).toBe(303);
    expect((await guest.get('/posts/new-2')).status).toBe(200);
  });

  test('a guest writes none', async () => {
    expect((await guest.get(WRITE)).headers.get('location')).toBe('/login');
    const fields = { action: 'entries/save-entry', sectionId: 'posts', title: 'x', 'fields[body]': 'x' };
    expect((await guest.postWithToken('/', fields)).status).toBe(401);
  });

  test.each(['0', '-1', '1e3', 'x', '99999999999999999999', '4294967296'])(
    'there is none of the number %s',
    async (id) => {
      for (const page of ['edit', 'revisions', 'saved'])
        expect((await ruth.get(`/posts/${id}/${page}`)).status).toBe(404);
    },
  );
});

describe('what a member wrote is shown inert', () => {
  test('scripts, addresses of scripts and markup in a title', async () => {
    const title = '<img src=x onerror=alert(1)> & "so"';
    const path = await write({
      title,
      'fields[body]': [
        '<script>alert(1)</script>',
        '[x](javascript:alert(1)) ![y](javascript:alert(2)) <javascript:alert(3)>',
        '[z](data:text/html,hi) [v](vbscript:x) [ok](/products)',
        '<div onclick="alert(4)">in a block</div>',
        '[a]: javascript:alert(5)\n\n[a]',
        '| "><b onmouseover=alert(6)>',
      ].join('\n\n'),
      'fields[tags]': '<b>bold</b>',
      'fields[pictured]': '"><script>alert(7)</script>',
      'fields[cover][]': picture(),
    });
    for (const at of [path, '/', '/search?q=bold', '/search?q=alert', '/account/posts', await editOf(path)]) {
      const { body } = await ruth.get(at);
      expect(body).not.toMatch(/<script>|<img src=x|<div onclick|<b[> ]/);
      expect(body).not.toMatch(/(?:href|src)="(?:javascript|data|vbscript):/i);
    }
    const { body } = await guest.get(path);
    expect(body).toContain('<h1>&lt;img src=x onerror=alert(1)&gt; &amp; &quot;so&quot;</h1>');
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).toContain('<a rel="nofollow ugc" href="/products">ok</a>');
  });

  test('of more marks than a parser can bear is plain text, and nobody waits', async () => {
    const path = await write({ title: 'Stars', 'fields[body]': '*'.repeat(9_999) + 'a' + '*'.repeat(9_999) });
    const { body } = await guest.get(path);
    expect(body).not.toContain('<em>');
    expect(body).toContain(`<p>${'*'.repeat(100)}`);
  });
});

describe('a post that is not out', () => {
  test('waits for its day: seen by its author and moderators alone', async () => {
    const path = await write({ title: 'Next year', postDate: '2999-01-01T10:00' });
    expect(path).toBe('/posts/next-year');
    const own = await ruth.get(path);
    expect(own.status).toBe(200);
    expect(own.body).toContain('This post comes out on');
    expect(own.body).not.toContain('comment-body');
    const moderator = await site.member('moderator', { groups: ['moderators'] });
    expect((await moderator.get(path)).status).toBe(200);
    for (const visitor of [guest, kenji]) {
      expect((await visitor.get(path)).status).toBe(404);
      expect((await visitor.get('/')).body).not.toContain('Next year');
      expect((await visitor.get('/search?q=next+year')).body).not.toContain('href="/posts/next-year"');
    }
    expect((await ruth.get('/account/posts')).body).toMatch(/next-year[^]*?badge-pending[^]*?Comes out on/);
    expect((await ruth.get(await editOf(path))).body).toContain('value="2999-01-01T10:00"');
  });

  test('is hidden by its author, and takes neither likes nor comments', async () => {
    const path = await write({ title: 'Hidden' });
    const { hidden } = formOf((await kenji.get(path)).body, 'comment-body');
    const edit = await editOf(path);
    const page = await ruth.get(edit);
    expect(page.body).toMatch(/type="checkbox"[^>]*name="enabled"|name="enabled"[^>]*type="checkbox"/);
    // Unticked, a box sends nothing but the hidden input before it.
    const answer = await ruth.submit(edit, FORM, { title: 'Hidden', 'fields[body]': 'Text.' });
    await follow(ruth, answer);
    expect((await ruth.get(path)).body).toContain('This post is hidden');
    expect((await kenji.get(path)).status).toBe(404);
    const postId = hidden['postId'] ?? '';
    const comment = await kenji.postWithToken('/', { action: 'posts/comment', postId, body: 'Hello?' });
    expect(comment.status).toBe(404);
    expect((await kenji.postJson('/_actions/likePost', { postId })).status).toBe(404);
  });

  test('is a draft until it is published: half of it is enough', async () => {
    const edit = await write({ title: 'Half a thought', 'fields[body]': '', provisional: '1' });
    expect(edit).toMatch(/^\/posts\/\d+\/edit$/);
    const page = await ruth.get(edit);
    expect(page.body).toContain('Your post is saved.');
    expect(page.body).toContain('value="Half a thought"');
    expect((await kenji.get(edit)).status).toBe(404);
    expect((await ruth.get('/posts/half-a-thought')).status).toBe(404);
    expect((await ruth.get('/account/posts')).body).toMatch(/Half a thought[^]*?badge-draft/);

    const refused = await ruth.submit(edit, FORM, {
      title: 'Half a thought',
      'fields[body]': '',
      enabled: '1',
    });
    expect(refused.status).toBe(422);
    const published = await ruth.submit(edit, FORM, {
      title: 'A whole thought',
      'fields[body]': 'There it is.',
      enabled: '1',
    });
    expect(await follow(ruth, published)).toBe('/posts/a-whole-thought');
    expect((await guest.get('/posts/a-whole-thought')).status).toBe(200);
  });

  test('a draft without a title is one, and is discarded', async () => {
    const edit = await write({ title: '', 'fields[body]': '', provisional: '1' });
    expect((await ruth.get('/account/posts')).body).toContain('Without a title');
    const answer = await ruth.submit(edit, 'entries/delete-entry', {});
    expect(answer.headers.get('location')).toBe('/account/posts');
    expect((await ruth.get(edit)).status).toBe(404);
  });

  test('changes wait in a draft of one’s own while the post stays as it is, and are published or discarded', async () => {
    const path = await write({ title: 'As it is', 'fields[tags]': 'first' });
    const edit = await editOf(path);
    const changes = {
      title: 'As it will be',
      'fields[body]': 'Changed text.',
      'fields[tags]': 'second',
      enabled: '1',
    };
    const saved = await ruth.submit(edit, FORM, {
      ...changes,
      'fields[cover][]': picture(),
      provisional: '1',
    });
    expect(await follow(ruth, saved)).toBe(edit);
    expect((await guest.get(path)).body).toContain('<h1>As it is</h1>');
    const draft = await ruth.get(edit);
    expect(draft.body).toContain('changes that you have not published');
    expect(draft.body).toContain('value="As it will be"');
    expect(draft.body).toContain('value="second"');
    expect(draft.body).toContain('id="keep-cover"');
    expect((await ruth.get('/account/posts')).body).toMatch(/Not published yet[^]*?As it will be/);

    const discarded = await ruth.submit(edit, 'Discard the changes', {});
    expect(discarded.headers.get('location')).toBe(edit);
    expect((await ruth.get(edit)).body).toContain('value="As it is"');

    await ruth.submit(edit, FORM, { ...changes, provisional: '1' });
    expect(await follow(ruth, await ruth.submit(edit, FORM, changes))).toBe(path);
    expect((await guest.get(path)).body).toContain('<h1>As it will be</h1>');
    expect((await ruth.get('/account/posts')).body).not.toContain('Not published yet');
  });
});

test('the front page has pages', { timeout: START_MS }, async () => {
  for (let nth = 1; nth <= 12; nth++) await write({ title: `Page filler ${nth}` }, kenji);
  const first = await guest.get('/');
  expect(first.body.match(/class="entry"/g)).toHaveLength(10);
  expect(first.body).toContain('href="/?page=2" rel="next"');
  const second = await guest.get('/?page=2');
  expect(second.body).toContain('href="/" rel="prev"');
  const titles = (body: string): string[] =>
    [...body.matchAll(/<h3><a href="([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(titles(second.body).filter((path) => titles(first.body).includes(path))).toEqual([]);
  expect((await guest.get('/?page=999')).status).toBe(404);
  for (const page of ['0', '-1', 'x', '1e9']) expect((await guest.get(`/?page=${page}`)).status).toBe(200);
});
