/** See attacks-entries-rights.test.ts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { PDF } from '../files/sample-files.ts';
import { png } from '../support/png.ts';
import { describeSites, pageOf, type Answer, type TestSite } from '../support/site.ts';
import { keysIn } from './attack-tools.ts';
import {
  ATTACKED,
  CHIEF,
  fieldsOf,
  kept,
  made,
  person,
  READER,
  reading,
  refused,
  SAVE,
  save,
  within,
  WRITER,
  type Person,
} from './entry-attack-tools.ts';

// Dozens of requests each, most with a token of their own.
vi.setConfig({ testTimeout: 60_000 });

const KEEPER = within('uploads', 'viewAssets', 'saveAssets', 'deleteAssets');
const XSS = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

async function uploaded(
  { visits }: Person,
  name = 'report.pdf',
): Promise<{ readonly id: number; readonly uid: string }> {
  const answer = await visits.upload('assets/upload', {
    volume: 'uploads',
    files: [new File([PDF], name, { type: 'application/pdf' })],
  });
  if (answer.status !== 200) throw new Error(`Not uploaded: ${answer.text}`);
  return answer.json.assets[0] as { id: number; uid: string };
}

async function bytesOf({ site }: TestSite, id: number): Promise<number | undefined> {
  const asset = await site.services.database.assets.find(id);
  const file = await site.services.storage.read(asset?.storageKey ?? '');
  await file?.stream.cancel();
  return file?.bytes;
}

describeSites('attacks on what entries hold', (open) => {
  test('CVE-2026-92594, CVE-2026-79991: of people others see what is public, wherever entries name them', async () => {
    const site = await open(ATTACKED);
    const secrets = {
      fullName: 'Ada Lovelace',
      lastLoginIp: '192.0.2.9',
      unverifiedEmail: 'next@example.org',
    };
    const ada = await person(site, CHIEF, secrets);
    const eve = await person(site, CHIEF);
    const entry = await save(site, ada, { title: 'Hello', fields: { people: [ada.id, eve.id] } });
    await save(site, ada, { entryId: entry.id, provisional: 1, title: 'Draft' });
    const id = String(entry.id);
    const answers: Answer[] = [
      await eve.visits.json(SAVE, { entryId: entry.id, title: 'By Eve', notes: 'x' }),
      await eve.visits.json(SAVE, { entryId: entry.id, version: 1, title: 'Conflict' }),
      await eve.visits.json(SAVE, { entryId: entry.id, title: '' }),
      await eve.visits.form('/page', SAVE, { entryId: entry.id, title: '' }),
      await eve.visits.json('entries/duplicate', { entryId: entry.id }),
      await eve.visits.read('entries/get-drafts', { entryId: id }),
      await eve.visits.read('entries/get-revisions', { entryId: id }),
      await eve.visits.read('entries/get-revision', { entryId: id, revision: '1' }),
      await eve.visits.json('entries/revert-to-revision', { entryId: entry.id, revision: 1 }),
      await eve.visits.json('entries/delete-entry', { entryId: entry.id }),
      await eve.visits.json('entries/restore-entry', { entryId: entry.id }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      200, 409, 400, 422, 200, 200, 200, 200, 200, 200, 200,
    ]);
    expect(answers[0]?.json.entry.author).toMatchObject({ id: ada.id, fullName: 'Ada Lovelace' });
    for (const [index, { text }] of answers.entries()) {
      const about = index === 3 ? text.replaceAll(eve.email, '') : text;
      for (const secret of [ada.email, '192.0.2.9', 'next@example.org', 'passwordHash', 'storageKey'])
        expect(about, String(index)).not.toContain(secret);
    }
    const author = answers[0]?.json.entry.author as object;
    const shown = Object.keys(author).toSorted();
    expect(shown).toEqual(
      ['firstName', 'friendlyName', 'fullName', 'id', 'lastName', 'photoUrl', 'uid', 'username'].toSorted(),
    );
    // What pages and feeds load of a query.
    const found = await reading(site)('posts').status('any').with('author', 'authors', 'people').all();
    expect(found.length).toBeGreaterThan(0);
    for (const record of found) {
      expect(Object.keys(record.author ?? {}).toSorted()).toEqual(shown);
      for (const named of [...record.authors, ...record.fields.people])
        expect(Object.keys(named).toSorted()).toEqual(shown);
      expect(JSON.stringify(record)).not.toMatch(/@example|192\.0\.2\.9|scrypt|argon/);
    }
    expect(keysIn(found)).not.toContain('email');
  });

  test('CVE-2026-79991: an entry names nothing that its writer may not see, however it is asked for', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, [...CHIEF, ...KEEPER]);
    const eve = await person(site, [...WRITER, ...KEEPER]);
    const [hidden, pending, expired, internal, begun, deleted, live] = [
      await save(site, chief, { title: 'Hidden', enabled: 0 }),
      await save(site, chief, { title: 'Soon', postDate: '2999-01-01' }),
      await save(site, chief, { title: 'Over', postDate: '2001-01-01', expiryDate: '2002-01-01' }),
      await save(site, chief, { sectionId: 'internal', title: 'Internal' }),
      await save(site, chief, { title: 'Begun', provisional: 1 }),
      await save(site, chief, { title: 'Deleted' }),
      await save(site, chief, { title: 'Live' }),
    ];
    await chief.visits.json('entries/delete-entry', { entryId: deleted.id });
    const suspended = await site.user({ suspended: true });
    const inactive = await site.user({ status: 'inactive' });
    const hers = await uploaded(chief);
    const entries = [hidden, pending, expired, begun, deleted].map(({ id }) => id);
    const cases: Array<Record<string, unknown>> = [
      ...[...entries, 99_999].flatMap((id) => [
        { related: [id] },
        { anything: id },
        { anything: { 0: String(id) } },
        { related: [live.id, id] },
        { link: { type: 'entry', value: id } },
        { link: `{entry:${id}:url}` },
        { blocks: { entries: { new1: { type: 'part', fields: { goal: [id] } } }, sortOrder: ['new1'] } },
        { topics: [id] },
      ]),
      // Anybody sees it, and yet it is of another section.
      { related: [internal.id] },
      { topics: [live.id] },
      ...[suspended.id, inactive.id, 99_999].map((id) => ({ people: [id] })),
      { files: [hers.id] },
      { files: [String(hers.id)] },
      { link: { type: 'asset', value: hers.id } },
      { files: { 0: hers.id } },
    ];
    const mine = await save(site, eve, { title: 'Mine' });
    for (const fields of cases) {
      for (const rest of [
        { sectionId: 'posts', title: 'x' },
        { sectionId: 'posts', title: 'x', provisional: 1 },
        { entryId: mine.id },
        { entryId: mine.id, provisional: 1 },
        { entryId: mine.id, duplicate: 1 },
      ]) {
        const what = JSON.stringify({ ...rest, fields });
        const answer = await eve.visits.json(SAVE, { ...rest, fields });
        refused(answer, what);
        // One sentence for all: whether it is there is not told.
        expect(answer.text, what).not.toMatch(/Hidden|Soon|Over|Internal|Begun|Deleted|report/);
      }
    }
    expect(await kept(site, mine.id)).toEqual(mine);
    const own = await uploaded(eve);
    const right = await save(site, eve, {
      title: 'Right',
      fields: {
        related: [live.id],
        anything: [internal.id],
        people: [chief.id],
        files: [own.id],
        link: `{entry:${live.id}:url}`,
      },
    });
    expect(fieldsOf(right)).toMatchObject({
      related: [live.id],
      anything: [internal.id],
      people: [chief.id],
      files: [own.id],
    });
    const peer = await person(site, [...WRITER, ...KEEPER, ...within('uploads', 'viewPeerAssets')]);
    expect(fieldsOf(await save(site, peer, { fields: { files: [hers.id] } }))['files']).toEqual([hers.id]);
  });

  test('CVE-2026-79991: what was live when it was named does not lead to what it has become', async () => {
    const site = await open(ATTACKED);
    const [chief, eve] = [await person(site, CHIEF), await person(site, READER)];
    const goal = await save(site, chief, { title: 'Goal' });
    const entry = await save(site, eve, {
      title: 'Path',
      fields: { related: [goal.id], anything: [goal.id] },
    });
    await save(site, chief, { entryId: goal.id, title: 'Confidential', enabled: 0 });
    const read = async () =>
      reading(site)('posts').visibleTo(null).with('related', 'anything').find(entry.id);
    const record = await read();
    expect(record?.fields.related).toEqual([]);
    expect(JSON.stringify(record)).not.toContain('Confidential');
    const answer = await eve.visits.json(SAVE, { entryId: entry.id, title: 'Path 2' });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('Confidential');
    const bare = await person(site, WRITER);
    const copy = await made(site, await bare.visits.json('entries/duplicate', { entryId: entry.id }));
    expect(fieldsOf(copy)).toMatchObject({ related: [], anything: [] });
    await save(site, chief, { entryId: goal.id, enabled: 1 });
    expect((await read())?.fields.related).toHaveLength(1);
  });

  test('CVE-2026-25495: texts, ids and cursors are no SQL, in actions and in queries', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const before = await save(site, chief, { title: 'Safe', fields: { body: 'x' } });
    const evil = [
      "' OR '1'='1",
      "'; DROP TABLE entries; --",
      '1 OR 1=1',
      '") OR 1=1 --',
      'id); DELETE FROM entries; --',
      "1' UNION SELECT password_hash FROM users --",
      '%',
      '_',
      '\\',
      '$1',
      '?',
      'title" desc; --',
      "$.body') or 1=1 --",
      '* OR *',
      '"*" NEAR/2',
      ':*',
    ];
    const entries = reading(site);
    for (const text of evil) {
      for (const name of [
        'entryId',
        'canonicalId',
        'siteId',
        'sectionId',
        'typeId',
        'author',
        'version',
        'enabledForSite',
      ])
        refused(
          await chief.visits.json(SAVE, { sectionId: 'posts', title: 'x', [name]: text }),
          `${name} ${text}`,
        );
      for (const action of ['get-revisions', 'get-revision', 'get-drafts'])
        for (const name of ['entryId', 'siteId', 'limit', 'offset', 'revision'])
          expect(
            (await chief.visits.read(`entries/${action}`, { entryId: String(before.id), [name]: text }))
              .status,
          ).toBeLessThan(500);
      const entry = await save(site, chief, {
        title: text,
        ...(/\w{2}/.test(text) && { slug: text }),
        fields: { body: text, rows: [{ cell: text }] },
      });
      expect([entry.sites['default']?.title, fieldsOf(entry)['body']]).toEqual([text.trim(), text]);
      // As data it finds what is equal to it, and nothing else.
      const all = entries('posts').status('any');
      expect((await all.where('fields.body', text).ids()).length, text).toBe(1);
      expect((await all.where('title', '=', text.trim()).ids()).length, text).toBe(1);
      expect(
        (
          await all
            .where('fields.body', 'in', [text])
            .whereAny([['slug', text], { title: text.trim() }])
            .ids()
        ).length,
      ).toBe(1);
      expect(await all.where('uri', text).ids()).toEqual([]);
      expect(await all.findBySlug(text), text).toBeUndefined();
      expect(await all.findByUri(text), text).toBeUndefined();
      await expect(all.search(text).ids(), text).resolves.toEqual(expect.any(Array));
      await expect(all.where('fields.body', '>', text).orderBy('fields.body').all()).resolves.toEqual(
        expect.any(Array),
      );
      // As a name it is refused before it reaches the database.
      const named = all as unknown as Record<string, (...given: readonly unknown[]) => unknown>;
      for (const attempt of [
        () => named['orderBy']?.(text),
        () => named['orderBy']?.('title', text),
        () => named['orderBy']?.(`fields.${text}`),
        () => named['where']?.(text, 1),
        () => named['where']?.('title', text, 1),
        () => named['where']?.(`fields.${text}`, 1),
        () => named['whereAny']?.([[text, 1]]),
        () => named['relatedTo']?.({ id: 1, field: text }),
        () => named['relatedTo']?.({ id: 1, kind: text }),
        () => named['with']?.(text),
        () => named['site']?.(text),
        () => named['type']?.(text),
        () => named['status']?.(text),
        () => named['limit']?.(text),
        () => named['offset']?.(text),
      ])
        expect(attempt, `${text}: ${String(attempt)}`).toThrow(TypeError);
      const cursors = [
        text,
        Buffer.from(text).toString('base64url'),
        Buffer.from(JSON.stringify([text, text, text])).toString('base64url'),
      ];
      for (const cursor of cursors)
        await expect((async () => all.orderBy('title').after(cursor).cursorPage(2))(), text).rejects.toThrow(
          /cursor/,
        );
      expect(() => entries(text as 'posts')).toThrow(TypeError);
    }
    const page = await entries('posts').orderBy('title').cursorPage(1);
    const [scope] = JSON.parse(Buffer.from(page.next ?? '', 'base64url').toString()) as [string];
    const forged = Buffer.from(JSON.stringify([scope, "x' OR 1=1 --", 1])).toString('base64url');
    const after = await entries('posts').orderBy('title').after(forged).cursorPage(5);
    expect(after.entries.length).toBeLessThanOrEqual(5);
    for (const bad of [
      [scope, { a: 1 }, 1],
      [scope, 'x', '1 OR 1=1'],
      [scope, 'x', 1, 1],
      [scope, ['x'], 1],
    ])
      await expect(
        (async () =>
          entries('posts')
            .orderBy('title')
            .after(Buffer.from(JSON.stringify(bad)).toString('base64url'))
            .cursorPage(5))(),
      ).rejects.toThrow(/cursor/);
    expect(await kept(site, before.id)).toEqual(before);
    expect(site.logs.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  test('CVE-2026-92590, CVE-2023-33196: what people write is text in every answer, page and message', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, [...CHIEF, ...KEEPER]);
    const link = {
      type: 'url',
      value: 'https://example.org/',
      label: XSS,
      title: XSS,
      class: XSS,
      ariaLabel: XSS,
      urlSuffix: `?${XSS}`,
    };
    const rich = {
      body: XSS,
      data: { [XSS]: XSS },
      rows: [{ cell: XSS }],
      box: { inner: XSS },
      topics: [XSS],
      blocks: { entries: { new1: { type: 'part', title: XSS, fields: { text: XSS } } }, sortOrder: ['new1'] },
    };
    const entry = await save(site, chief, { title: XSS, slug: XSS, notes: XSS, fields: rich });
    expect(entry.sites['default']).toMatchObject({
      title: XSS,
      fields: { body: XSS, rows: [expect.objectContaining({ cell: XSS })] },
    });
    for (const text of [entry.sites['default']?.slug, entry.sites['default']?.uri])
      expect(text).not.toMatch(/[<>"'&]/);
    const answers: Answer[] = [
      await chief.visits.form('/page', SAVE, { sectionId: 'posts', title: '', fields: { ...rich, link } }),
      await chief.visits.form('/page', SAVE, { sectionId: XSS, title: XSS }),
      await chief.visits.form('/page', SAVE, {
        sectionId: 'posts',
        title: XSS,
        typeId: XSS,
        siteId: XSS,
        author: XSS,
      }),
      await chief.visits.form('/page', SAVE, { entryId: XSS, title: XSS, fieldsLocation: XSS }),
      await chief.visits.form('/page', SAVE, {
        sectionId: 'posts',
        title: 'x',
        postDate: XSS,
        fields: { related: [XSS] },
      }),
      await chief.visits.form('/page', 'entries/delete-entry', { entryId: XSS }),
      await chief.visits.form(`/page?title=${encodeURIComponent(XSS)}`, `entries/${XSS}`, {}),
      await chief.visits.json(SAVE, { sectionId: 'posts', title: XSS, fields: { ...rich, link } }),
      await chief.visits.json(SAVE, { sectionId: 'posts', title: 'x', fields: { files: [XSS], [XSS]: XSS } }),
      await chief.visits.read('entries/get-revisions', { entryId: String(entry.id) }),
      await chief.visits.read('entries/get-revision', { entryId: String(entry.id), revision: '1' }),
      await chief.visits.get(
        `/actions/entries/get-revision?entryId=${entry.id}&revision=1&siteId=${encodeURIComponent(XSS)}`,
      ),
    ];
    for (const [index, { text, headers }] of answers.entries()) {
      const type = headers.get('content-type') ?? '';
      expect(headers.get('x-content-type-options') ?? 'nosniff', String(index)).toBe('nosniff');
      if (type.startsWith('application/json')) continue;
      expect(type).toMatch(/^text\/html/);
      expect(text, String(index)).not.toMatch(/<script>alert|<img src=x/i);
    }
    expect(answers[7]?.headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('CVE-2026-92590: a link leads nowhere where something runs, however the scheme is written', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const scripts = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      '\u0000javascript:alert(1)',
      '\u0001javascript:alert(1)',
      'java\tscript:alert(1)',
      'java\nscript:alert(1)',
      'java\r\nscript:alert(1)',
      '\u200Bjavascript:alert(1)',
      '\uFEFFjavascript:alert(1)',
      'javascript&colon;alert(1)',
      'javascript&#58;alert(1)',
      'vbscript:msgbox(1)',
      'data:text/html,<script>alert(1)</script>',
      'data:text/html;base64,PHNjcmlwdD4=',
      'blob:https://example.org/x',
      'file:///etc/passwd',
      'view-source:https://example.org',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https:evil.example',
      'https://bank.example@evil.example/',
      'https://example.org/"onclick="alert(1)',
      "https://example.org/'><script>",
      'tel:javascript:alert(1)',
      'mailto:a@example.org\nBcc: b@example.org',
      '{entry:1:url}" onclick="alert(1)',
    ];
    const types = [undefined, 'url', 'email', 'tel', 'sms', 'entry', 'asset', 'javascript', '__proto__'];
    for (const value of scripts) {
      for (const type of types) {
        const link = type === undefined ? value : { type, value };
        const answer = await chief.visits.json(SAVE, { sectionId: 'posts', title: 'x', fields: { link } });
        refused(answer, JSON.stringify(link));
        expect(Object.keys(answer.json.errors as object), JSON.stringify(link)).toContainEqual(
          expect.stringMatching(/^fields\.link/),
        );
      }
      const sent = {
        type: 'url',
        value: 'https://example.org/',
        urlSuffix: value,
        target: value,
        rel: value,
        id: value,
      };
      const answer = await chief.visits.json(SAVE, {
        sectionId: 'posts',
        title: 'x',
        fields: { link: sent },
      });
      expect(answer.status).toBeLessThan(500);
      if (answer.status !== 200) continue;
      const kept_ = fieldsOf(await made(site, answer))['link'] as Record<string, string>;
      expect(kept_['value']).toBe('https://example.org/');
      expect(new URL(`${kept_['value']}${kept_['urlSuffix'] ?? ''}`).origin).toBe('https://example.org');
    }
    const fine = await save(site, chief, {
      fields: { link: { type: 'url', value: 'https://example.org/a?b=c#d', label: 'There' } },
    });
    expect(fieldsOf(fine)['link']).toMatchObject({ value: 'https://example.org/a?b=c#d', label: 'There' });
  });

  test('CVE-2026-84800, CVE-2026-50282…50284: a file changes, moves or removes no other', async () => {
    const site = await open(ATTACKED);
    const [ada, eve] = [
      await person(site, [...WRITER, ...KEEPER]),
      await person(site, [...WRITER, ...KEEPER]),
    ];
    const hers = await uploaded(ada, 'report.pdf');
    const { assets } = site.site.services.database;
    const before = await assets.find(hers.id);
    const size = await bytesOf(site, hers.id);
    expect(size).toBe(PDF.length);
    const other = new File([PDF, '%% other'], 'report.pdf', { type: 'application/pdf' });
    const key = before?.storageKey ?? '';
    for (const name of [
      'report.pdf',
      `../../${key}`,
      `..\\${key}`,
      key,
      `${hers.uid}.pdf`,
      '.htaccess.pdf',
      'a/../report.pdf',
    ]) {
      const named = new File([PDF, '%% other'], name, { type: 'application/pdf' });
      const answer = await eve.visits.upload('assets/upload', {
        volume: 'uploads',
        files: [named],
        assetId: hers.id,
        id: hers.id,
        uid: hers.uid,
        storageKey: key,
        replace: '1',
        uploaderId: ada.id,
      });
      expect(answer.status, name).toBe(200);
      const [asset] = answer.json.assets as Array<{
        id: number;
        uid: string;
        uploaderId: number;
        filename: string;
      }>;
      expect([asset?.id, asset?.uid], name).not.toContain(hers.id);
      expect(asset?.uploaderId).toBe(eve.id);
      expect(asset?.filename).not.toMatch(/[/\\<>]|\.\./);
      expect((await assets.find(asset?.id ?? 0))?.storageKey).not.toBe(key);
    }
    const inField = await made(
      site,
      await eve.visits.upload(SAVE, { sectionId: 'posts', title: 'x', fields: { files: [other] } }),
    );
    expect(fieldsOf(inField)['files']).not.toContain(hers.id);
    refused(await eve.visits.json('assets/delete-asset', { assetId: hers.id }), 'delete');
    refused(await site.visitor().json('assets/delete-asset', { assetId: hers.id }), 'delete as a guest');
    const volumes = ['../uploads', 'uploads/../x', '__proto__', 'constructor', '', 'photos'];
    for (const volume of volumes) {
      const answer = await eve.visits.upload('assets/upload', { volume, files: [other] });
      refused(answer, volume);
    }
    site.clock.advance(3 * 3600);
    await site.site.housekeep();
    expect([await assets.find(hers.id), await bytesOf(site, hers.id)]).toEqual([before, size]);
    // The clock has ended her session.
    const again = { ...eve, visits: await site.login(eve) };
    const own = await uploaded(again);
    expect((await again.visits.json('assets/delete-asset', { assetId: own.id })).status).toBe(200);
  });

  test('CVE-2026-84800: a file is handed out by its own address only, and is never a page', async () => {
    const site = await open(ATTACKED);
    const eve = await person(site, [...WRITER, ...KEEPER]);
    const html = '<!doctype html><script>alert(1)</script>';
    for (const [name, type] of [
      ['x.html', 'text/html'],
      ['x.svg', 'image/svg+xml'],
      ['x.pdf', 'application/pdf'],
      ['x.txt', 'text/html'],
      ['x.png', 'text/html'],
    ] as const) {
      const answer = await eve.visits.upload('assets/upload', {
        volume: 'uploads',
        files: [new File([html], name, { type })],
      });
      if (answer.status !== 200) {
        refused(answer, name);
        continue;
      }
      const [{ url }] = answer.json.assets as [{ url: string }];
      const { headers } = await site.visitor().get(url);
      expect(headers.get('content-type'), name).not.toMatch(/html|xml|script/);
      expect(headers.get('content-disposition'), name).toMatch(/^attachment/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
    const { uid } = await uploaded(eve);
    for (const path of [
      `${uid}/other.pdf`,
      `${uid}/../../../etc/passwd`,
      `${uid}/%2e%2e%2fx`,
      `..%2f..%2fx/report.pdf`,
      `${uid.toUpperCase()}/report.pdf`,
    ])
      expect((await site.visitor().get(`/_portico/uploads/${path}`)).status, path).toBe(404);
    const right = await site.visitor().get(`/_portico/uploads/${uid}/report.pdf`);
    expect([right.status, right.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringMatching(/^attachment/),
    ]);
  });

  test('CVE-2026-55791, CVE-2025-68437: the server fetches nothing and opens no file that somebody names', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, [...CHIEF, ...KEEPER]);
    let hits = 0;
    const inner = createServer((_request, response) => {
      hits += 1;
      response.end();
    });
    await new Promise<void>((listening) => inner.listen(0, '127.0.0.1', listening));
    const { port } = inner.address() as AddressInfo;
    const { storageKey } = (await site.site.services.database.assets.find((await uploaded(chief)).id)) ?? {
      storageKey: '',
    };
    for (const url of [
      `http://127.0.0.1:${port}/a.jpg`,
      `http://2130706433:${port}/a.jpg`,
      `http://[::ffff:127.0.0.1]:${port}/a.jpg`,
      `http://0x7f.1:${port}/`,
      'file:///etc/passwd',
      '/etc/passwd',
      storageKey,
    ]) {
      for (const files of [
        [url],
        { url },
        { data: [url], filename: ['a.jpg'] },
        {
          data: [
            `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`).toString('base64')}`,
          ],
          filename: ['a.svg'],
        },
        [{ id: 1, url, storageKey: url }],
      ])
        refused(
          await chief.visits.json(SAVE, { sectionId: 'posts', title: 'x', fields: { files } }),
          JSON.stringify(files),
        );
      refused(await chief.visits.json('assets/upload', { volume: 'uploads', files: [url], url }), url);
      await chief.visits.json(SAVE, {
        sectionId: 'posts',
        title: 'x',
        fields: { link: url, body: url, data: { url } },
      });
      // A text that holds an address is a text.
      const data = [`data:text/uri-list;base64,${Buffer.from(url).toString('base64')}`];
      const list = await chief.visits.json(SAVE, {
        sectionId: 'posts',
        title: 'x',
        fields: { files: { data, filename: [url] } },
      });
      expect(list.status).toBeLessThan(500);
    }
    await new Promise((closed) => inner.close(closed));
    expect(hits).toBe(0);
    const own = await made(
      site,
      await chief.visits.upload(SAVE, {
        sectionId: 'posts',
        title: 'x',
        fields: { files: [new File([await png()], 'a.png')] },
      }),
    );
    expect(fieldsOf(own)['files']).toHaveLength(1);
  });

  test('a page that shows the failed form again holds what was typed, and no more of the entry than that', async () => {
    const site = await open(ATTACKED);
    const [ada, eve] = [await person(site), await person(site, READER)];
    const hers = await save(site, ada, { title: 'Hers', fields: { body: 'Her words' } });
    const hidden = await save(site, ada, { title: 'Hidden', enabled: 0, fields: { body: 'Her secret' } });
    for (const { id } of [hers, hidden]) {
      const answer = await eve.visits.form('/page', SAVE, { entryId: id, title: '' });
      refused(answer, String(id));
      expect(answer.text).not.toMatch(/Her words|Her secret/);
    }
    const own = await eve.visits.form('/page', SAVE, {
      sectionId: 'posts',
      title: '',
      fields: { body: 'Typed' },
    });
    expect(pageOf(own).variables['entry']).toMatchObject({ fields: { body: 'Typed' } });
  });
});
