import { expect, it } from 'vitest';
import { entryType, field, section } from '../../src/index.ts';
import { CHIEF, draftOf, JOURNAL, stored, write, WRITER } from '../support/journal.ts';
import { describeSites, pageOf, type TestSite } from '../support/site.ts';

const DUPLICATE = 'entries/duplicate';

describeSites('POST entries/duplicate', (open) => {
  it('makes a disabled copy with a slug of its own, by whoever asked', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user(), await site.user({ permissions: WRITER })];
    const source = await write(site, ada, { title: 'Hello', fields: { body: 'Once', rating: 5 } });
    await draftOf(site, bob, source, 'A draft');
    const answer = await (await site.login(bob)).json(DUPLICATE, { entryId: source.id });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ message: 'Entry duplicated.', modelName: 'entry' });
    const { entry } = answer.json;
    expect(entry).toMatchObject({
      title: 'Hello',
      slug: 'hello-2',
      uri: 'posts/hello-2',
      status: 'disabled',
      enabled: false,
      isDraft: false,
      authorIds: [bob.id],
      version: 1,
      fields: { body: 'Once' },
    });
    expect(entry.id).not.toBe(source.id);
    const copy = await stored(site, entry);
    expect([copy?.creatorId, copy?.draft]).toEqual([bob.id, false]);
    const { entryDrafts, entryRevisions } = site.site.services.database;
    expect(await entryDrafts.listOf(entry.id)).toEqual([]);
    expect((await entryRevisions.listOf(entry.id, { limit: 9, offset: 0 })).total).toBe(1);
    expect(await stored(site, source)).toEqual(source);
  });

  it('leaves out what only server code writes', async () => {
    const site = await open(JOURNAL);
    const bob = await site.user({ permissions: WRITER });
    const source = await write(site, bob, { fields: { body: 'Once', rating: 5 } });
    expect(source.sites['default']?.fields['rating']).toBe(5);
    const { json } = await (await site.login(bob)).json(DUPLICATE, { entryId: source.id });
    const copy = await stored(site, json.entry);
    expect(copy?.sites['default']?.fields).toMatchObject({ body: 'Once', rating: null });
  });

  it('gives nested entries uids of their own', async () => {
    const site = await open(JOURNAL);
    const bob = await site.user({ permissions: WRITER });
    const uid = '0b0f1f6e-8f4c-4a4b-9d39-0d6bb7a6a001';
    const block = {
      id: 1,
      uid,
      type: 'quote',
      title: null,
      slug: null,
      enabled: true,
      fields: { text: 'So' },
    };
    const source = await write(site, bob, { fields: { blocks: [block] } });
    const { json } = await (await site.login(bob)).json(DUPLICATE, { entryId: source.id });
    const [copied] = json.entry.fields.blocks;
    expect(copied).toMatchObject({ type: 'quote', fields: { text: 'So' } });
    expect(copied.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(copied.uid).not.toBe(uid);
  });

  it('publishes it if asked to, which asks for what a published entry has', async () => {
    const site = await open({
      sections: [
        section({
          handle: 'posts',
          type: 'channel',
          entryTypes: [entryType('post', { body: field.text({ frontend: true, required: true }) })],
        }),
      ],
    });
    const bob = await site.user({ permissions: WRITER });
    const visits = await site.login(bob);
    const whole = await write(site, bob, { fields: { body: 'There' } });
    const { json } = await visits.json(DUPLICATE, { entryId: whole.id, enabled: 1 });
    expect(json.entry).toMatchObject({ enabled: true, status: 'live' });
    const half = await write(site, bob, { enabled: false });
    const refused = await visits.json(DUPLICATE, { entryId: half.id, enabled: 1 });
    expect([refused.status, refused.json.errors]).toEqual([
      400,
      { 'fields.body': ['Body cannot be blank.'] },
    ]);
    expect((await visits.json(DUPLICATE, { entryId: half.id })).status).toBe(200);
  });

  it('makes a saved entry of a draft, with a form without JavaScript, too', async () => {
    const site = await open(JOURNAL);
    const bob = await site.user({ permissions: WRITER });
    const source = await write(site, bob, { title: 'Begun', draft: true });
    const visits = await site.login(bob);
    const answer = await visits.form('/page', DUPLICATE, { entryId: source.id });
    expect(answer.status).toBe(303);
    expect(pageOf(await visits.get('/page')).flashes).toEqual({ notice: 'Entry duplicated.' });
    const copy = await stored(site, { id: source.id + 1 });
    expect([copy?.draft, copy?.enabled, copy?.sites['default']?.slug]).toEqual([false, false, 'begun']);
  });

  // CVE-2026-28782: other people’s entries could be copied by id.
  it('copies nothing for those who may not see it', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const pending = await write(site, ada, { title: 'Pending', postAt: Date.now() + 86_400_000 });
    const disabled = await write(site, ada, { title: 'Disabled', enabled: false });
    const draft = await write(site, ada, { title: 'Draft', draft: true });
    const live = await write(site, ada, { title: 'Live' });
    const before = await count(site);
    const writer = await site.login(await site.user({ permissions: WRITER }));
    for (const { id } of [pending, disabled, draft, { id: 999_999 }]) {
      const answer = await writer.json(DUPLICATE, { entryId: id });
      expect([answer.status, answer.json.message]).toEqual([404, 'Entry not found']);
      expect(answer.text).not.toContain('Pending');
    }
    const reader = await site.login(
      await site.user({ permissions: ['viewentries:posts', 'viewpeerentries:posts'] }),
    );
    for (const { id } of [pending, live])
      expect((await reader.json(DUPLICATE, { entryId: id })).status).toBe(403);
    expect((await site.visitor().json(DUPLICATE, { entryId: live.id })).status).toBe(401);
    expect(await count(site)).toBe(before);
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    for (const { id } of [pending, disabled, draft, live])
      expect((await chief.json(DUPLICATE, { entryId: id })).status).toBe(200);
  });

  it('leaves out entries that whoever asked may not see', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const bob = await site.user({ permissions: WRITER });
    const secret = await write(site, ada, { title: 'Secret', enabled: false });
    const open_ = await write(site, ada, { title: 'Open' });
    const source = await write(site, ada, { title: 'Source', fields: { related: [secret.id, open_.id] } });
    const { json } = await (await site.login(bob)).json(DUPLICATE, { entryId: source.id });
    expect(json.entry.fields.related).toEqual([open_.id]);
  });

  it('does not copy the entry of a single', async () => {
    const site = await open(JOURNAL);
    const about = await site.site.services.database.entries.findSingle('about');
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    expect((await chief.json(DUPLICATE, { entryId: about?.id })).status).toBe(403);
  });

  it('copies what is seen of each site, and nothing of one where it is not', async () => {
    const site = await open({
      sites: [
        { handle: 'en', language: 'en' },
        { handle: 'de', language: 'de', baseUrl: '/de' },
      ],
      sections: [
        section({
          handle: 'posts',
          type: 'channel',
          uriFormat: 'posts/{slug}',
          entryTypes: [entryType('post', { body: field.text({ frontend: true, translation: 'site' }) })],
        }),
      ],
    });
    const ada = await site.user();
    const version = { slug: null, uri: null, enabled: true };
    const source = await write(site, ada, {
      sites: {
        en: { ...version, title: 'Hello', fields: { body: 'English' } },
        de: { ...version, title: 'Geheim', fields: { body: 'Nicht für alle' }, enabled: false },
      },
    });
    const bob = await site.user({ permissions: [...WRITER, 'editsite:en'] });
    const { json } = await (await site.login(bob)).json(DUPLICATE, { entryId: source.id });
    const copy = await stored(site, json.entry);
    expect(JSON.stringify(copy)).not.toContain('Nicht für alle');
    expect(copy?.sites['en']).toMatchObject({ title: 'Hello', fields: { body: 'English' } });
    const chief = await site.user({ permissions: [...CHIEF, 'editsite:en', 'editsite:de'] });
    const all = await (await site.login(chief)).json(DUPLICATE, { entryId: source.id, siteId: 'de' });
    expect(all.json.entry).toMatchObject({
      siteId: 'de',
      title: 'Geheim',
      fields: { body: 'Nicht für alle' },
    });
    const noSite = await site.login(await site.user({ permissions: [...WRITER, 'editsite:de'] }));
    expect((await noSite.json(DUPLICATE, { entryId: source.id })).status).toBe(403);
  });
});

async function count({ site }: TestSite): Promise<number> {
  const ids = Array.from({ length: 50 }, (_, index) => index + 1);
  return (await site.services.database.entries.findMany(ids)).length;
}
