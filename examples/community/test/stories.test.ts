import { beforeAll, describe, expect, test } from 'vitest';
import { atTheDesk, TOMORROW } from './entries.ts';
import { useSite } from './site.ts';
import { formOf, Visitor, type Page } from './visitor.ts';

const site = useSite();
let moderator: Visitor;
beforeAll(async () => {
  moderator = await site.member('kenji', { groups: ['moderators'] });
});

function tell(
  visitor: Visitor,
  body: string,
  more: Readonly<Record<string, string>> = {},
  headers: Record<string, string> = {},
): Promise<Page> {
  return visitor.submit('/stories', 'fields[body]', { 'fields[body]': body, ...more }, headers);
}

/** Presses a button beside a story that waits. */
function press(visitor: Visitor, label: string, action: string): Promise<Page> {
  return visitor.submit('/admin/stories', `aria-label="${label}"`, { action });
}

const shown = async (visitor: Visitor, path = '/stories'): Promise<string> => (await visitor.get(path)).body;

describe('a story of a guest', () => {
  test('is thanked for, and waits until a moderator has published it', async () => {
    const guest = new Visitor(site.url);
    const told = await tell(guest, 'It survived two moves.', {
      'fields[signedAs]': 'Ada',
      'fields[town]': 'Whitby',
    });
    expect([told.status, told.headers.get('location')]).toEqual([303, '/stories']);
    const thanks = await shown(guest);
    expect(thanks).toContain('Thank you. It will stand here as soon as one of us has read it.');
    expect(thanks).not.toContain('two moves');
    expect(await shown(guest, '/search?q=moves')).not.toContain('two moves');
    const waiting = await shown(moderator, '/admin/stories');
    expect(waiting).toContain('1 story');
    expect(waiting).toContain('It survived two moves.');
    const published = await press(moderator, 'Publish the story of Ada', 'entries/save-entry');
    expect([published.status, published.headers.get('location')]).toEqual([303, '/admin/stories']);
    expect(await shown(moderator, '/admin/stories')).toContain('The story is out.');
    const after = await shown(guest);
    expect(after).toContain('It survived two moves.');
    expect(after).toContain('Ada, Whitby · <time');
  });

  test('is text, whatever stands in it', async () => {
    const guest = new Visitor(site.url);
    await tell(guest, '<script>alert(1)</script>\n\n"><img src=x onerror=alert(2)> *plain*', {
      'fields[signedAs]': '<b>Bob</b>',
    });
    const waiting = await shown(moderator, '/admin/stories');
    await press(moderator, 'Publish the story of &lt;b&gt;Bob&lt;/b&gt;', 'entries/save-entry');
    for (const page of [waiting, await shown(guest)]) {
      expect(page).toContain('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
      expect(page).toContain('&lt;img src=x onerror=alert(2)&gt; *plain*');
      expect(page).toContain('&lt;b&gt;Bob&lt;/b&gt;');
    }
  });

  test('cannot publish itself, be back-dated, or change another one', async () => {
    const guest = new Visitor(site.url);
    await tell(guest, 'I am out already.', {
      enabled: '1',
      enabledForSite: '1',
      postDate: '2020-01-01',
      'fields[signedAs]': 'Eve',
    });
    expect(await shown(guest)).not.toContain('I am out already.');
    const { id, authorIds, dateCreated, postDate } = await atTheDesk(site.dataFolder, async ({ entries }) => {
      const story = await entries('stories').status('disabled').where('fields.signedAs', 'Eve').first();
      if (story === undefined) throw new Error('The story is not there.');
      return story;
    });
    expect([authorIds, Number(postDate ?? dateCreated) > Date.now() - 600_000]).toEqual([[], true]);
    const changed = await guest.postWithToken('/stories', {
      action: 'entries/save-entry',
      canonicalId: String(id),
      'fields[body]': 'Changed',
    });
    expect(changed.status).toBe(404);
    await press(moderator, 'Delete the story of Eve', 'entries/delete-entry');
    expect(await shown(moderator, '/admin/stories')).toContain('0 stories');
  });

  test('without a text is shown again with what is wrong and what was typed; a sixth in an hour is too many', async () => {
    const guest = new Visitor(site.url);
    const failed = await tell(guest, ' ', { 'fields[signedAs]': 'Fay & co', 'fields[town]': 'Leeds' });
    expect(failed.status).toBe(422);
    const form = formOf(failed.body, 'fields[body]');
    expect(form.markup).toContain('Your story cannot be blank.');
    expect(form.markup).toContain('value="Fay &amp; co"');
    expect(form.markup).toContain('value="Leeds"');
    expect((await tell(guest, 'The fifth.')).status).toBe(303);
    const many = await tell(guest, 'The sixth & last.', { 'fields[town]': 'York' });
    expect(many.status).toBe(429);
    expect(Number(many.headers.get('retry-after'))).toBeGreaterThan(0);
    const kept = formOf(many.body, 'fields[body]');
    expect(kept.markup).toContain('The sixth &amp; last.');
    expect(kept.markup).toContain('value="York"');
    expect(many.body).toContain('role="alert"');
    expect(await shown(moderator, '/admin/stories')).not.toContain('The sixth');
  });
});

describe('members and moderators', () => {
  test('a member tells a story, which waits like any other', async () => {
    const member = await site.member('ruth');
    expect((await tell(member, 'Told by a member.', { 'fields[signedAs]': 'Ruth' })).status).toBe(303);
    expect(await shown(member)).not.toContain('Told by a member.');
    expect((await member.get('/admin/stories')).status).toBe(403);
    const refused = await member.postWithToken('/stories', {
      action: 'entries/save-entry',
      canonicalId: await idOf(moderator, 'Publish the story of Ruth'),
      enabled: '1',
    });
    expect(refused.status).toBe(403);
    await press(moderator, 'Publish the story of Ruth', 'entries/save-entry');
    expect(await shown(member)).toContain('Told by a member.');
  });

  test('a guest who asks for those that wait is asked to sign in', async () => {
    const answer = await new Visitor(site.url).get('/admin/stories');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login']);
  });

  test('what was changed since it was read is not published unread', async () => {
    const { id } = await atTheDesk(site.dataFolder, ({ saveEntry }) =>
      saveEntry('stories', { enabled: false, fields: { body: 'As it was read.', signedAs: 'Gil' } }),
    );
    const { hidden, action } = formOf(
      await shown(moderator, '/admin/stories'),
      'aria-label="Publish the story of Gil"',
    );
    await atTheDesk(site.dataFolder, ({ saveEntry }) =>
      saveEntry('stories', { id, fields: { body: 'As it is now.' } }),
    );
    const late = await moderator.post(`/admin/stories${action}`, { ...hidden, action: 'entries/save-entry' });
    expect(late.status).toBe(409);
    expect(await shown(new Visitor(site.url))).not.toContain('As it is now.');
  });

  test('one for tomorrow is not there today', async () => {
    await atTheDesk(site.dataFolder, ({ saveEntry }) =>
      saveEntry('stories', {
        enabled: true,
        postDate: TOMORROW(),
        fields: { body: 'From the future.', signedAs: 'Hal' },
      }),
    );
    expect(await shown(new Visitor(site.url))).not.toContain('From the future.');
  });

  test('many have pages', async () => {
    await atTheDesk(site.dataFolder, async ({ saveEntry }) => {
      for (let at = 1; at <= 25; at++)
        await saveEntry('stories', { enabled: true, fields: { body: `Story number ${at}.` } });
    });
    const guest = new Visitor(site.url);
    const first = await shown(guest);
    expect(first).toContain('Story number 25.');
    expect(first).not.toContain('Story number 1.');
    expect(first).toContain('href="/stories?page=2"');
    expect(await shown(guest, '/stories?page=2')).toContain('Story number 1.');
    expect((await guest.get('/stories?page=3')).status).toBe(404);
    expect((await guest.get("/stories?page=1'--")).status).toBe(200);
  });
});

async function idOf(visitor: Visitor, label: string): Promise<string> {
  const { hidden } = formOf(await shown(visitor, '/admin/stories'), `aria-label="${label}"`);
  return hidden['canonicalId'] ?? '';
}
