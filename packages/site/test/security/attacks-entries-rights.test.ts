/**
 * The attacks of reference/craft-controller-actions.md 6.3 on entries, each as it would be made over HTTP and each beside
 * what is allowed, so that none is passed by a mere 404: on rights in this file, on keys, signatures and forgery in
 * attacks-entries-requests.test.ts, on texts, relations and files in attacks-entries-content.test.ts.
 */
import { expect, test, vi } from 'vitest';
import { describeSites, type Answer, type TestSite } from '../support/site.ts';
import {
  ATTACKED,
  CHIEF,
  countOf,
  fieldsOf,
  kept,
  made,
  person,
  READER,
  refused,
  SAVE,
  save,
  within,
  WRITER,
} from './entry-attack-tools.ts';

// Dozens of requests each, most with a token of their own.
vi.setConfig({ testTimeout: 60_000 });

const setPermissions = ({ site }: TestSite, id: number, permissions: readonly string[]): Promise<unknown> =>
  site.services.database.users.update(id, { permissions }, site.services.now());

describeSites('attacks on rights to entries', (open) => {
  test('CVE-2026-50279, CVE-2026-28781: nobody writes in another’s name', async () => {
    const site = await open(ATTACKED);
    const [ada, eve] = [await person(site), await person(site)];
    const spellings = [
      { author: ada.id },
      { author: String(ada.id) },
      { author: [ada.id] },
      { authors: [ada.id] },
      { authors: { 0: ada.id } },
      { author: ada.id, authors: [ada.id] },
      { authors: [String(ada.id)] },
    ];
    const mine = await save(site, eve);
    const before = await countOf(site);
    for (const spelling of spellings) {
      for (const rest of [
        { sectionId: 'posts', title: 'Hers?' },
        { sectionId: 'posts', title: 'Hers?', provisional: 1 },
        { entryId: mine.id },
        { entryId: mine.id, provisional: 1 },
        { entryId: mine.id, duplicate: 1 },
      ]) {
        const what = JSON.stringify({ ...rest, ...spelling });
        refused(await eve.visits.json(SAVE, { ...rest, ...spelling }), what);
        refused(await eve.visits.form('/page', SAVE, { ...rest, ...spelling }), `${what} by a form`);
      }
    }
    expect(await countOf(site)).toBe(before);
    expect(await kept(site, mine.id)).toEqual(mine);
    // Beside herself she may name her, as her own section lets her; and where she may save what others write, alone.
    expect((await save(site, eve, { authors: [eve.id, ada.id] })).authorIds).toEqual([eve.id, ada.id]);
    const chief = await person(site, CHIEF);
    expect((await save(site, chief, { author: ada.id })).authorIds).toEqual([ada.id]);
    expect((await save(site, chief, { entryId: mine.id, authors: [ada.id] })).authorIds).toEqual([ada.id]);
  });

  test('CVE-2026-50279: nor takes another’s entry for his own by naming himself', async () => {
    const site = await open(ATTACKED);
    const [ada, eve] = [await person(site), await person(site, READER)];
    const hers = await save(site, ada, { title: 'Hers' });
    for (const [name, value] of Object.entries({
      author: eve.id,
      authors: [eve.id],
      authorId: eve.id,
      authorIds: [eve.id],
      creatorId: eve.id,
      'authors[]': eve.id,
      entry: { authorIds: [eve.id] },
    })) {
      refused(await eve.visits.json(SAVE, { entryId: hers.id, [name]: value }), name);
      refused(await eve.visits.json(SAVE, { entryId: hers.id, provisional: 1, [name]: value }), name);
      refused(await eve.visits.form('/page', SAVE, { entryId: hers.id, [name]: value }), name);
      for (const action of ['entries/delete-entry', 'entries/revert-to-revision'])
        refused(await eve.visits.json(action, { entryId: hers.id, revision: 1, [name]: value }), action);
    }
    expect(await kept(site, hers.id)).toEqual(hers);
    // Hers to give: whoever it is given to has it.
    await save(site, ada, { entryId: hers.id, authors: [ada.id, eve.id] });
    expect((await save(site, eve, { entryId: hers.id, title: 'Ours' })).sites['default']?.title).toBe('Ours');
  });

  test('CVE-2026-28781: neither a copy, a restored entry nor a revision brings other authors', async () => {
    const site = await open(ATTACKED);
    const [ada, eve] = [await person(site), await person(site, READER)];
    const hers = await save(site, ada);
    const copied = await made(
      site,
      await eve.visits.json('entries/duplicate', {
        entryId: hers.id,
        author: ada.id,
        authors: [ada.id],
        enabled: 1,
      }),
    );
    expect([copied.authorIds, copied.creatorId]).toEqual([[eve.id], eve.id]);

    // A revision of the days when it was hers alone: Eve, by now the only author, does not write in her name by it.
    const shared = await save(site, ada, { title: 'By Ada' });
    await save(site, ada, { entryId: shared.id, authors: [ada.id, eve.id] });
    await save(site, eve, { entryId: shared.id, authors: [eve.id] });
    const revert = { entryId: shared.id, revision: 1 };
    refused(await eve.visits.json('entries/revert-to-revision', revert), 'revert');
    expect((await kept(site, shared.id))?.authorIds).toEqual([eve.id]);
    const answer = await eve.visits.json('entries/revert-to-revision', { ...revert, revision: 2 });
    expect((await made(site, answer)).authorIds).toEqual([ada.id, eve.id]);

    await eve.visits.json('entries/delete-entry', { entryId: copied.id });
    const restored = await eve.visits.json('entries/restore-entry', {
      entryId: copied.id,
      authors: [ada.id],
    });
    expect((await made(site, restored)).authorIds).toEqual([eve.id]);
  });

  test('CVE-2026-50279: what is no parameter changes nothing of an entry', async () => {
    const site = await open(ATTACKED);
    const [ada, chief] = [await person(site), await person(site, CHIEF)];
    const mine = await save(site, ada, { fields: { body: 'Once' } });
    const assigned: Record<string, unknown> = {
      id: 999,
      uid: 'x',
      section: 'internal',
      sectionId: 'internal',
      sectionHandle: 'internal',
      creatorId: chief.id,
      creator_id: chief.id,
      level: 9,
      lft: 1,
      sort_key: 'a',
      sortKey: 'a',
      draft: 1,
      isDraft: true,
      deleted_at: 1,
      deletedAt: 1,
      dateDeleted: '1970-01-01',
      status: 'disabled',
      dateCreated: '1970-01-01',
      createdAt: 1,
      dateUpdated: '1970-01-01',
      uri: 'admin',
      url: '/admin',
      sites: { default: { title: 'x', fields: {} } },
      state: { enabled: false },
      revision: 9,
      trusted: true,
      entry: { enabled: false, title: 'x' },
      rating: 5,
    };
    for (const [name, value] of Object.entries(assigned)) {
      const before = await kept(site, mine.id);
      const answers = [
        await ada.visits.json(SAVE, { entryId: mine.id, [name]: value }),
        await ada.visits.form('/page', SAVE, { entryId: mine.id, [name]: value }),
      ];
      for (const { status } of answers) expect(status, name).toBeLessThan(400);
      const { version: was, updatedAt: _then, ...rest } = before ?? mine;
      const after = await kept(site, mine.id);
      expect(after, name).toMatchObject(rest);
      expect(after?.version, name).toBe(was + 2);
    }
    // Nor when it is made.
    const { sectionId: _section, sectionHandle: _handle, ...others } = assigned;
    const entry = await save(site, ada, {
      ...others,
      sectionId: 'posts',
      title: 'New',
      fields: { body: 'x' },
    });
    expect(entry).toMatchObject({ section: 'posts', creatorId: ada.id, version: 1, level: 1, draft: false });
    expect(entry.id).not.toBe(999);
    expect(entry.createdAt).toBeGreaterThan(1);
    expect(entry.sites['default']).toMatchObject({ title: 'New', uri: 'posts/new', enabled: true });
  });

  test('CVE-2026-50279: nor what only server code writes, wherever fields are looked for', async () => {
    const site = await open(ATTACKED);
    const ada = await person(site);
    const mine = await save(site, ada);
    const places: ReadonlyArray<Record<string, unknown>> = [
      { fields: { rating: 5 } },
      { fieldsLocation: 'f', f: { rating: 5 } },
      { fieldsLocation: 'f', 'f[rating]': 5 },
      { fieldsLocation: 'title', title: { rating: 5 } },
      { fieldsLocation: '__proto__', fields: { rating: 5 } },
      { fieldsLocation: 'constructor', fields: { rating: 5 } },
      { fieldsLocation: '', rating: 5 },
      { rating: 5 },
      { fields: { box: { rating: 5 } } },
      {
        fields: {
          blocks: { entries: { new1: { type: 'part', fields: { rating: 5 } } }, sortOrder: ['new1'] },
        },
      },
      { isFresh: 1, fields: { rating: 5 } },
      { duplicate: 1, fields: { rating: 5 } },
    ];
    for (const place of places) {
      const answer = await ada.visits.json(SAVE, { entryId: mine.id, ...place });
      expect(answer.status, JSON.stringify(place)).toBeLessThan(500);
      expect(fieldsOf(await kept(site, mine.id))['rating'] ?? null, JSON.stringify(place)).toBeNull();
      if (answer.status !== 200) continue;
      expect(fieldsOf(await made(site, answer))['rating'] ?? null, JSON.stringify(place)).toBeNull();
      expect(answer.text).not.toContain('rating');
    }
    const other = await save(site, ada, { entryId: mine.id, fieldsLocation: 'f', f: { body: 'Moved' } });
    expect(fieldsOf(other)['body']).toBe('Moved');
  });

  test('CVE-2026-28782: nobody copies by its id what he may not see, or where he may not write', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const eve = await person(site, [...READER, ...within('internal', 'viewEntries')]);
    const secret = { body: 'Salaries' };
    const internal = await save(site, chief, { sectionId: 'internal', title: 'Internal', fields: secret });
    const disabled = await save(site, chief, { title: 'Hidden', enabled: 0, fields: secret });
    const pending = await save(site, chief, { title: 'Soon', postDate: '2999-01-01', fields: secret });
    const begun = await save(site, chief, { title: 'Begun', provisional: 1, fields: secret });
    const open_ = await save(site, chief, { title: 'Open', fields: { body: 'For all' } });
    await save(site, chief, { entryId: open_.id, provisional: 1, fields: secret });
    const bare = await person(site, WRITER);
    const targets = [internal, disabled, pending, begun];
    for (const { id } of targets) {
      const sends = [
        await bare.visits.json('entries/duplicate', { entryId: id, enabled: 1 }),
        await bare.visits.json('entries/duplicate', { canonicalId: id }),
        await bare.visits.json('entries/duplicate', { sourceId: id, siteId: 'default' }),
        await bare.visits.json(SAVE, { entryId: id, duplicate: 1 }),
        await bare.visits.json(SAVE, { sourceId: id, duplicate: 1, sectionId: 'posts' }),
        await bare.visits.form('/page', SAVE, { entryId: id, duplicate: 1 }),
      ];
      for (const [index, answer] of sends.entries()) {
        refused(answer, `${id} ${index}`);
        expect(answer.text).not.toContain('Salaries');
      }
    }
    // To see is not to make: live for all, but of a section where she makes nothing.
    refused(await eve.visits.json('entries/duplicate', { entryId: internal.id }), 'internal');
    refused(await site.visitor().json('entries/duplicate', { entryId: open_.id }), 'guest');
    const copies = [
      await made(site, await eve.visits.json('entries/duplicate', { entryId: open_.id })),
      await save(site, eve, { entryId: open_.id, duplicate: 1 }),
    ];
    for (const copy of copies) {
      expect(fieldsOf(copy)['body']).toBe('For all');
      expect(copy.authorIds).toEqual([eve.id]);
    }
    expect(await countOf(site, 'internal')).toBe(1);
  });

  test('CVE-2026-84798, CVE-2026-92589: a draft of one’s own is no right to the entry it is of', async () => {
    const site = await open(ATTACKED);
    const [ada, eve] = [await person(site), await person(site, CHIEF)];
    const hers = await save(site, ada, { title: 'Hers' });
    await save(site, eve, { entryId: hers.id, provisional: 1, title: 'Eve was here' });
    // She begins while she may, and loses it.
    await setPermissions(site, eve.id, READER);
    const { database } = site.site.services;
    const draft = await database.entryDrafts.find(hers.id, eve.id);
    expect(draft?.state.sites['default']?.title).toBe('Eve was here');
    const sends: ReadonlyArray<Record<string, unknown>> = [
      { entryId: hers.id, provisional: 1, title: 'Again' },
      { entryId: hers.id, title: 'Published' },
      { entryId: hers.id },
      { canonicalId: hers.id, sourceId: hers.id, title: 'Published' },
      { entryId: hers.id, draftId: 1, title: 'Published' },
      { entryId: hers.id, draftCreatorId: eve.id, provisional: 1 },
    ];
    for (const body of sends) refused(await eve.visits.json(SAVE, body), JSON.stringify(body));
    expect(await kept(site, hers.id)).toEqual(hers);
    expect((await database.entryDrafts.find(hers.id, eve.id))?.state).toEqual(draft?.state);
    await setPermissions(site, eve.id, CHIEF);
    expect((await save(site, eve, { entryId: hers.id })).version).toBe(2);
  });

  test('CVE-2026-84798: to see another’s draft is no right to write, publish or discard it', async () => {
    const site = await open(ATTACKED);
    const [ada, eve, chief] = [await person(site), await person(site, READER), await person(site, CHIEF)];
    const entry = await save(site, ada, { title: 'Live' });
    await save(site, ada, { entryId: entry.id, provisional: 1, title: 'Unpublished words' });
    const begun = await save(site, ada, { title: 'Begun', provisional: 1 });
    const seen = await eve.visits.read('entries/get-drafts', { entryId: String(entry.id) });
    expect(seen.text).toContain('Unpublished words');
    const { entryDrafts } = site.site.services.database;
    const before = [await entryDrafts.find(entry.id, ada.id), await kept(site, begun.id)];
    const attempts: ReadonlyArray<readonly [string, Record<string, unknown>]> = [
      [SAVE, { entryId: begun.id, title: 'Mine' }],
      [SAVE, { entryId: begun.id, provisional: 1, title: 'Mine' }],
      [SAVE, { entryId: begun.id, provisional: 0 }],
      ['entries/delete-entry', { entryId: begun.id }],
      ['entries/delete-entry', { entryId: entry.id, provisional: 1, draftCreatorId: ada.id }],
      ['entries/delete-entry', { entryId: entry.id }],
    ];
    for (const [action, body] of attempts) {
      refused(await eve.visits.json(action, body), JSON.stringify(body));
      refused(await eve.visits.form('/page', action, body), `${JSON.stringify(body)} by a form`);
    }
    expect([await entryDrafts.find(entry.id, ada.id), await kept(site, begun.id)]).toEqual(before);
    const discard = { entryId: entry.id, provisional: 1, draftCreatorId: ada.id };
    expect((await chief.visits.json('entries/delete-entry', discard)).status).toBe(200);
    expect((await save(site, ada, { entryId: begun.id })).draft).toBe(false);
  });

  test('CVE-2026-84798: a right that is lost while the request runs is lost at the write', async () => {
    const site = await open(ATTACKED);
    const { database } = site.site.services;
    const transaction = database.transaction.bind(database);
    const acts: ReadonlyArray<readonly [string, Record<string, unknown>]> = [
      [SAVE, { title: 'Late' }],
      [SAVE, { provisional: 1, title: 'Late' }],
      [SAVE, { duplicate: 1, title: 'Late' }],
      ['entries/duplicate', {}],
      ['entries/revert-to-revision', { revision: 1 }],
      ['entries/delete-entry', {}],
      ['entries/restore-entry', {}],
    ];
    const ada = await person(site);
    for (const [action, body] of acts) {
      const before = await save(site, ada, { title: 'Early' });
      if (action === 'entries/restore-entry')
        await ada.visits.json('entries/delete-entry', { entryId: before.id });
      const was = [await kept(site, before.id), await countOf(site)];
      const token = await ada.visits.token();
      const headers = { 'x-csrf-token': token };
      let isDue = true;
      // Between the reading of the request and its first lock.
      Object.assign(database, {
        async transaction(work: Parameters<typeof transaction>[0]) {
          if (isDue) {
            isDue = false;
            await setPermissions(site, ada.id, []);
          }
          return transaction(work);
        },
      });
      const answer = await ada.visits.json(action, { entryId: before.id, ...body }, { csrf: false, headers });
      Object.assign(database, { transaction });
      const label = `${action} ${JSON.stringify(body)}`;
      expect(isDue, label).toBe(false);
      refused(answer, label);
      expect([await kept(site, before.id), await countOf(site)], label).toEqual(was);
      await setPermissions(site, ada.id, WRITER);
      expect((await ada.visits.json(action, { entryId: before.id, ...body })).status, label).toBe(200);
    }
  });

  test('CVE-2026-84798: nor does who was deactivated, suspended or signed out meanwhile', async () => {
    const site = await open(ATTACKED);
    const { database, now } = site.site.services;
    const transaction = database.transaction.bind(database);
    const ada = await person(site);
    const mine = await save(site, ada);
    const token = await ada.visits.token();
    let isDue = true;
    Object.assign(database, {
      async transaction(work: Parameters<typeof transaction>[0]) {
        if (isDue) {
          isDue = false;
          await database.users.update(ada.id, { suspended: true, endSessions: true }, now());
        }
        return transaction(work);
      },
    });
    const headers = { 'x-csrf-token': token };
    const answer = await ada.visits.json(SAVE, { entryId: mine.id, title: 'Late' }, { csrf: false, headers });
    Object.assign(database, { transaction });
    expect([answer.status, isDue]).toEqual([401, false]);
    expect(await kept(site, mine.id)).toEqual(mine);
  });

  test('revisions are for those who may save the entry, and the bin for those who may delete it', async () => {
    const site = await open(ATTACKED);
    const [ada, eve] = [await person(site), await person(site, READER)];
    const entry = await save(site, ada, { title: 'A slip of the tongue' });
    await save(site, ada, { entryId: entry.id, title: 'Corrected' });
    const query = { entryId: String(entry.id), revision: '1' };
    for (const visits of [eve.visits, site.visitor()]) {
      for (const action of ['entries/get-revisions', 'entries/get-revision']) {
        const answer = await visits.read(action, query);
        refused(answer, action);
        expect(answer.text).not.toContain('slip');
      }
    }
    expect((await ada.visits.read('entries/get-revision', query)).text).toContain('slip');
    await ada.visits.json('entries/delete-entry', { entryId: entry.id });
    for (const visits of [eve.visits, site.visitor()]) {
      refused(await visits.json('entries/restore-entry', { entryId: entry.id }), 'restore');
      refused(await visits.json(SAVE, { entryId: entry.id, title: 'x' }), 'save');
      refused(await visits.json('entries/duplicate', { entryId: entry.id }), 'duplicate');
      refused(await visits.read('entries/get-revision', query), 'revision');
    }
    expect((await ada.visits.json('entries/restore-entry', { entryId: entry.id })).status).toBe(200);
  });

  test('guests make entries where the section says so, and nothing more', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const hidden = await save(site, chief, { title: 'Hidden', enabled: 0 });
    const begun = await save(site, chief, { title: 'Begun', provisional: 1 });
    const pending = await save(site, chief, { title: 'Soon', postDate: '2999-01-01' });
    const live = await save(site, chief, { title: 'Live' });
    const guest = site.visitor();
    const letter = { sectionId: 'letters', title: 'Letter', fields: { body: 'Dear editor' } };
    const own = await made(site, await guest.json(SAVE, letter));
    expect(own).toMatchObject({ enabled: false, authorIds: [], creatorId: null, draft: false });
    const attempts: ReadonlyArray<Record<string, unknown>> = [
      { entryId: own.id, title: 'Again' },
      { entryId: own.id, enabled: 1 },
      { entryId: live.id, title: 'Mine' },
      { ...letter, entryId: own.id, duplicate: 1 },
      { ...letter, provisional: 1 },
      { ...letter, author: chief.id },
      { ...letter, authors: [chief.id] },
      { ...letter, sectionId: 'posts' },
      { ...letter, sectionId: 'internal', sectionHandle: 'letters' },
      { ...letter, fields: { related: [hidden.id] } },
      { ...letter, fields: { anything: [begun.id] } },
      { ...letter, fields: { anything: [pending.id] } },
      { ...letter, fields: { anything: [own.id] } },
      { ...letter, fields: { link: { type: 'entry', value: hidden.id } } },
      { ...letter, fields: { topics: ['brand new'], related: [hidden.id] } },
    ];
    const before = await countOf(site, 'letters');
    for (const attempt of attempts) {
      refused(await guest.json(SAVE, attempt), JSON.stringify(attempt));
      refused(await guest.form('/page', SAVE, attempt), `${JSON.stringify(attempt)} by a form`);
    }
    expect(await countOf(site, 'letters')).toBe(before);
    expect(await kept(site, own.id)).toEqual(own);
    for (const switches of [
      { enabled: 1, enabledForSite: 1 },
      { enabledForSite: { default: 1 } },
      { enabledForSite: ['default'], postDate: '2001-01-01', isFresh: 1, status: 'live' },
    ]) {
      const entry = await made(site, await guest.json(SAVE, { ...letter, ...switches }));
      expect(entry, JSON.stringify(switches)).toMatchObject({ enabled: false, creatorId: null });
    }
    const related = await made(site, await guest.json(SAVE, { ...letter, fields: { related: [live.id] } }));
    expect(fieldsOf(related)['related']).toEqual([live.id]);
    for (const action of ['delete-entry', 'restore-entry', 'revert-to-revision', 'duplicate'])
      expect((await guest.json(`entries/${action}`, { entryId: own.id, revision: 1 })).status, action).toBe(
        401,
      );
    for (const action of ['get-drafts', 'get-revisions', 'get-revision'])
      expect((await guest.read(`entries/${action}`, { entryId: String(own.id), revision: '1' })).status).toBe(
        401,
      );
  });

  test('guests’ limits are counted by section, however it is spelled', async () => {
    const [, , letters] = ATTACKED.sections;
    const limited = {
      ...letters,
      options: { ...letters.options, guests: { limit: { points: 2, seconds: 60 } } },
    };
    const site = await open({ ...ATTACKED, sections: [ATTACKED.sections[0], limited, ATTACKED.sections[3]] });
    const letter = { title: 'Letter' };
    const statuses: number[] = [];
    for (const named of [
      { sectionId: 'letters' },
      { sectionHandle: 'letters' },
      { sectionId: ['letters'] },
      { sectionId: ' letters ' },
      { sectionId: null, sectionHandle: 'letters' },
    ])
      statuses.push((await site.visitor().json(SAVE, { ...letter, ...named })).status);
    expect(statuses).toEqual([200, 200, 429, 429, 429]);
    expect(await countOf(site, 'letters')).toBe(2);
  });

  test('a site is written to by those who may edit it, also by what propagates, is switched or copied', async () => {
    const sites = [
      { handle: 'en', language: 'en' },
      { handle: 'de', id: 2, language: 'de', baseUrl: '/de' },
    ];
    const site = await open({ ...ATTACKED, sites });
    const eve = await person(site, [...READER, 'editsite:en']);
    const chief = await person(site, [...CHIEF, 'editsite:en', 'editsite:de']);
    const mine = await save(site, eve, { siteId: 'en', title: 'Hello' });
    expect(Object.keys(mine.sites).toSorted()).toEqual(['de', 'en']);
    const attempts: ReadonlyArray<Record<string, unknown>> = [
      { entryId: mine.id, siteId: 'de', title: 'Hallo' },
      { entryId: mine.id, siteId: 2, title: 'Hallo' },
      { entryId: mine.id, siteId: '2', title: 'Hallo', provisional: 1 },
      { entryId: mine.id, siteId: 'en', enabledForSite: { de: 0 } },
      { entryId: mine.id, siteId: 'en', enabledForSite: ['de'] },
      { entryId: mine.id, siteId: 'en', enabledForSite: { 2: 0, en: 1 } },
      { sectionId: 'posts', siteId: 'de', title: 'Neu' },
      { sectionId: 'posts', siteId: ['de'], title: 'Neu' },
    ];
    const answers: Answer[] = [];
    for (const attempt of attempts) answers.push(await eve.visits.json(SAVE, attempt));
    for (const [index, answer] of answers.entries()) refused(answer, JSON.stringify(attempts[index]));
    expect(await kept(site, mine.id)).toEqual(mine);
    for (const action of ['entries/delete-entry', 'entries/revert-to-revision', 'entries/duplicate'])
      refused(await eve.visits.json(action, { entryId: mine.id, revision: 1, siteId: 'en' }), action);
    expect((await save(site, eve, { entryId: mine.id, siteId: 'en', title: 'Hi' })).sites['en']?.title).toBe(
      'Hi',
    );
    const german = await save(site, chief, { entryId: mine.id, siteId: 2, title: 'Hallo' });
    expect([german.sites['en']?.title, german.sites['de']?.title]).toEqual(['Hi', 'Hallo']);
  });
});
