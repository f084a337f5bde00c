/** See attacks-entries-rights.test.ts. */
import { expect, test, vi } from 'vitest';
import { describeSites, pageOf, type Visitor } from '../support/site.ts';
import { actionPaths, keysIn, signedBy } from './attack-tools.ts';
import {
  ATTACKED,
  CHIEF,
  countOf,
  fieldsOf,
  kept,
  made,
  person,
  reading,
  refused,
  SAVE,
  save,
} from './entry-attack-tools.ts';

// Dozens of requests each, most with a token of their own.
vi.setConfig({ testTimeout: 60_000 });

const INERT = [
  '{constructor}',
  '{__proto__}',
  '{toString}',
  '{7*7}',
  '{{7*7}}',
  '{email}',
  '{author.email}',
  '{author.passwordHash}',
  '{fields.rating}',
  '{fields.constructor}',
  "{id|map('system')}",
  '{% include "x" %}',
  '${7*7}',
  '{id}',
];

async function postJson(visitor: Visitor, path: string, body: string, token: string) {
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-csrf-token': token };
  return visitor.send(`/actions/${path}`, { method: 'POST', body, headers });
}

describeSites('attacks on entries by requests', (open) => {
  test('CVE-2025-32432: keys that make objects elsewhere reach nothing, at every depth of every parameter', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const { visits } = chief;
    const token = await visits.token();
    const keys = [
      '__proto__',
      'constructor',
      'prototype',
      'class',
      'as foo',
      'on bar',
      'toString',
      'valueOf',
      'then',
    ];
    const evil =
      '{"polluted":"yes","class":"Evil","prototype":{"polluted":"yes"},"__proto__":{"polluted":"yes"}}';
    const nested = `{${keys.map((key) => `"${key}":${evil}`).join(',')}}`;
    const parameters = [
      'entryId',
      'canonicalId',
      'sourceId',
      'sectionId',
      'sectionHandle',
      'typeId',
      'siteId',
      'title',
      'slug',
      'author',
      'authors',
      'postDate',
      'expiryDate',
      'enabled',
      'enabledForSite',
      'parentId',
      'provisional',
      'isFresh',
      'duplicate',
      'revisionNotes',
      'notes',
      'version',
      'fieldsLocation',
      'fields',
      'revision',
      'draftCreatorId',
      'assetId',
      'volume',
      'message',
      'fromName',
    ];
    const handles = Object.keys(ATTACKED.sections[0].entryTypes[0]?.fields ?? {});
    const bodies = [
      ...keys.map((key) => `{"sectionId":"posts","title":"x","${key}":${evil}}`),
      ...parameters.map((name) => `{"sectionId":"posts","title":"x","${name}":${nested}}`),
      ...parameters.map((name) => `{"sectionId":"posts","title":"x","${name}":[${nested}]}`),
      ...handles.map((name) => `{"sectionId":"posts","title":"x","fields":{"${name}":${nested}}}`),
      ...handles.map(
        (name) => `{"sectionId":"posts","title":"x","fields":{"${name}":[${nested},${nested}]}}`,
      ),
      ...keys.map(
        (key) => `{"sectionId":"posts","title":"x","fieldsLocation":"${key}","fields":{"body":"x"}}`,
      ),
      ...keys.map((key) => `{"sectionId":"${key}","typeId":"${key}","siteId":"${key}","title":"x"}`),
      ...keys.map(
        (key) =>
          `{"sectionId":"posts","title":"x","fields":{"blocks":{"entries":{"${key}":{"type":"part","fields":{"text":"x"}},"new1":{"type":"${key}","fields":${nested}}},"sortOrder":["${key}","new1"]}}}`,
      ),
      ...keys.map(
        (key) =>
          `{"sectionId":"posts","title":"x","fields":{"rows":[{"${key}":"x","cell":"y"}],"box":${nested}}}`,
      ),
    ];
    for (const body of bodies) {
      const answer = await postJson(visits, SAVE, body, token);
      expect(answer.status, `${body}: ${answer.text}`).toBeLessThan(500);
      expect(({} as { polluted?: unknown }).polluted, body).toBeUndefined();
    }
    for (const path of actionPaths(site.site.actions).filter((name) =>
      /^(?:entries|assets|contact-form)\//.test(name),
    )) {
      for (const name of parameters)
        expect(
          (await postJson(visits, path, `{"${name}":${nested}}`, token)).status,
          `${path} ${name}`,
        ).toBeLessThan(500);
      const query = new URLSearchParams(
        parameters.map((name) => [`${name}[as foo][class]`, 'Evil']),
      ).toString();
      const headers = { accept: 'application/json' };
      expect((await visits.send(`/actions/${path}?${query}`, { headers })).status, path).toBeLessThan(500);
    }
    const stored = JSON.stringify(
      await site.site.services.database.entries.findMany(Array.from({ length: 200 }, (_, at) => at + 1)),
    );
    // A field of JSON keeps what it is given, as data; nothing else has any of it.
    const withoutJson = JSON.stringify(
      JSON.parse(stored, (key, value: unknown) => (key === 'data' ? null : value)),
    );
    expect(withoutJson).not.toMatch(/polluted|Evil/);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(site.logs.filter((line) => line.startsWith('error'))).toEqual([]);
    const fine = await save(site, chief, { title: 'Fine', fields: { body: 'constructor', blocks: [] } });
    expect(fieldsOf(fine)['body']).toBe('constructor');
  });

  test('CVE-2025-32432: a field of JSON gives back data, and no object of another kind', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const token = await chief.visits.token();
    const keys = '"constructor":{"prototype":{"admin":true}},"then":"x","toJSON":"x","a":1';
    const bodyOf = (data: string): string => `{"sectionId":"posts","title":"x","fields":{"data":${data}}}`;
    const proto = JSON.stringify(`{"__proto__":{"admin":true},${keys}}`);
    refused(await postJson(chief.visits, SAVE, bodyOf(proto), token), '__proto__');
    const answer = await postJson(chief.visits, SAVE, bodyOf(JSON.stringify(`{${keys}}`)), token);
    expect(answer.status, answer.text).toBe(200);
    const found = await reading(site)('posts').find(answer.json.id as number);
    const value = found?.fields.data as Record<string, unknown>;
    expect(value['a']).toBe(1);
    expect(value['admin']).toBeUndefined();
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    expect((await save(site, chief, { entryId: answer.json.id, title: 'Again' })).version).toBe(2);
  });

  test('CVE-2026-92592, CVE-2026-92593: what was signed for one parameter of a save is nothing for another', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const { visits } = chief;
    const signed = await signedBy(visits, 'post');
    const strings: Record<string, string> = { ...signed, csrf: await visits.token(), plain: 'post' };
    const before = await countOf(site);
    const fields = { sectionId: 'posts', title: '' };
    for (const param of ['redirect', 'successMessage', 'failMessage', 'entryVariable']) {
      for (const [source, value] of Object.entries(strings)) {
        if (source === param) continue;
        for (const title of ['', 'Right']) {
          const answers = [
            await visits.json(SAVE, { ...fields, title, [param]: value }),
            await visits.form('/page', SAVE, { ...fields, title, [param]: value }),
          ];
          for (const answer of answers) {
            expect([param, source, answer.status]).toEqual([param, source, 400]);
            expect(answer.location).toBeNull();
          }
        }
      }
    }
    expect(await countOf(site)).toBe(before);
    const right = await visits.json(SAVE, { ...fields, entryVariable: signed['entryVariable'] });
    expect(right.json).toMatchObject({ modelName: 'post', errors: { title: expect.any(Array) } });
    const page = await visits.form('/page', SAVE, { ...fields, entryVariable: signed['entryVariable'] });
    expect(pageOf(page).variables).toHaveProperty('post');
    expect(pageOf(page).variables).not.toHaveProperty('entry');
    // Signed for a user's form, sent with an entry's.
    refused(await visits.json(SAVE, { ...fields, entryVariable: signed['userVariable'] }), 'userVariable');
  });

  test('CVE-2018-20465 … CVE-2025-23209: what people write is never a template', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF, { firstName: '{author.email}', username: '{email}{7*7}' });
    for (const text of INERT) {
      const entry = await save(site, chief, {
        title: text,
        slug: text,
        fields: { body: text, box: { inner: text } },
      });
      expect(entry.sites['default']?.title).toBe(text);
      expect(fieldsOf(entry)).toMatchObject({ body: text, box: { inner: text } });
      const { slug, uri } = entry.sites['default'] ?? {};
      expect(`${slug} ${uri}`, text).not.toMatch(/[{}$%|]|49|native|object/);
      // A title that is made of fields, which look like formats themselves: it is filled in once.
      const answer = await chief.visits.json(SAVE, {
        sectionId: 'made',
        fields: { first: text, second: 'second' },
      });
      const composed = await made(site, answer);
      expect(composed.sites['default']?.title).toBe(`${text} and {email}{7*7}`);
      expect(answer.text).not.toContain(chief.email);
    }
    const twice = await made(
      site,
      await chief.visits.json(SAVE, {
        sectionId: 'made',
        fields: { first: '{fields.second}', second: 'WET' },
      }),
    );
    expect(twice.sites['default']?.title).toBe('{fields.second} and {email}{7*7}');
    expect(twice.sites['default']?.uri).not.toContain('WET');
  });

  test('CVE-2018-20465: a signed redirect fills in the entry, escaped, and looks up nothing else', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const allowed = await signedBy(chief.visits, '/page/{slug}/{id}?by={author.username}&f={fields.body}');
    const body = '/../..//evil.example?x=1&y=2#z {7*7} {email}\r\nSet-Cookie: a=b';
    const answer = await chief.visits.form('/page', SAVE, {
      sectionId: 'posts',
      title: 'Hello',
      fields: { body },
      redirect: allowed['redirect'],
    });
    expect(answer.status).toBe(303);
    const to = new URL(answer.location ?? '', site.origin);
    expect([to.origin, to.pathname]).toEqual([site.origin, expect.stringMatching(/^\/page\/hello\/\d+$/)]);
    expect(to.hash).toBe('');
    expect(answer.headers.get('set-cookie') ?? '').not.toContain('a=b');
    expect(answer.location).not.toMatch(/49/);
    for (const template of [
      '{constructor}',
      '{__proto__}',
      '{toString}',
      '{7*7}',
      '{{7*7}}',
      '{fields.constructor}',
      '{fields.rating}',
      '{author.email}',
      '{author.passwordHash}',
      '{creatorId}',
      '{authors}',
      '{fields}',
      '{id()}',
      "{id|map('system')}",
      '{title.length}',
      '{author.constructor.name}',
    ]) {
      const { redirect } = await signedBy(chief.visits, `/page/[${template}]/x`);
      const sent = { sectionId: 'posts', title: 'Hello', redirect };
      const { json } = await chief.visits.json(SAVE, sent);
      expect(decodeURIComponent(String(json.redirect)), template).toMatch(/^\/page\/\[\}?\]\/x$/);
    }
    // The first segment is what somebody wrote: it does not become a host.
    const { redirect } = await signedBy(chief.visits, '/{fields.body}');
    const evil = await chief.visits.json(SAVE, {
      sectionId: 'posts',
      title: 'x',
      fields: { body: '/evil.example' },
      redirect,
    });
    expect(new URL(String(evil.json.redirect), site.origin).origin).toBe(site.origin);
  });

  test('CSRF: no action on content runs for another site, or without a token', async () => {
    const site = await open({ ...ATTACKED, contactForm: { toEmail: 'desk@example.com' } });
    const chief = await person(site, [
      ...CHIEF,
      'viewassets:uploads',
      'saveassets:uploads',
      'deleteassets:uploads',
    ]);
    const { visits } = chief;
    const entry = await save(site, chief, { title: 'Hello' });
    await save(site, chief, { entryId: entry.id, title: 'Hi' });
    const gone = await save(site, chief, { title: 'Gone' });
    await visits.json('entries/delete-entry', { entryId: gone.id });
    const calls: Readonly<Record<string, Record<string, string>>> = {
      'entries/save-entry': { entryId: String(entry.id), title: 'Forged' },
      'entries/delete-entry': { entryId: String(entry.id) },
      'entries/restore-entry': { entryId: String(gone.id) },
      'entries/duplicate': { entryId: String(entry.id) },
      'entries/revert-to-revision': { entryId: String(entry.id), revision: '1' },
      'assets/upload': { volume: 'uploads' },
      'assets/delete-asset': { assetId: '1' },
      'contact-form/send': { fromEmail: 'eve@example.com', message: 'Forged' },
    };
    const writing = actionPaths(site.site.actions).filter(
      (path) => /^(?:entries|assets|contact-form)\//.test(path) && !/\/get-|\/asset-file$/.test(path),
    );
    expect(Object.keys(calls).toSorted()).toEqual(writing.toSorted());
    const before = [await kept(site, entry.id), await countOf(site)];
    const token = await visits.token();
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    for (const [path, fields] of Object.entries(calls)) {
      const form = new URLSearchParams(fields);
      const json = JSON.stringify(fields);
      for (const [type, body] of [
        ['application/json', json],
        ['text/plain', json],
        ['application/x-www-form-urlencoded', form.toString()],
      ] as const) {
        for (const headers of [foreign, {}, { 'x-http-method-override': 'GET' }]) {
          const init = {
            method: 'POST',
            body,
            headers: { accept: 'application/json', 'content-type': type, ...headers },
          };
          const query = `PORTICO_CSRF_TOKEN=${encodeURIComponent(token)}`;
          for (const url of [
            `/actions/${path}`,
            `/actions/${path}?${query}`,
            `/page?action=${path}&${query}`,
          ])
            refused(await visits.send(url, init), `${url} ${type}`);
        }
      }
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.append(name, value);
      data.append('files', new File(['Forged'], 'a.txt', { type: 'text/plain' }));
      refused(await visits.send(`/actions/${path}`, { method: 'POST', body: data, headers: foreign }), path);
      for (const url of [`/actions/${path}?${form.toString()}`, `/page?action=${path}&${form.toString()}`]) {
        const got = await visits.send(url, { headers: { accept: 'application/json' } });
        expect(got.text, url).not.toMatch(/"(?:Entry saved|Entry deleted)/);
      }
    }
    expect([await kept(site, entry.id), await countOf(site)]).toEqual(before);
    expect(site.post.mails).toEqual([]);
    expect((await visits.json(SAVE, { entryId: entry.id, title: 'By herself' })).status).toBe(200);
  });

  test('no answer to a save, a failure included, tells what it was not to tell', async () => {
    const site = await open(ATTACKED);
    const chief = await person(site, CHIEF);
    const entry = await save(site, chief, { title: 'Hello' });
    const answers = [
      await chief.visits.json(SAVE, { entryId: entry.id, title: 'Hi' }),
      await chief.visits.json(SAVE, { entryId: entry.id, title: '' }),
      await chief.visits.json(SAVE, { entryId: entry.id, version: 1, title: 'Old' }),
      await chief.visits.json('entries/duplicate', { entryId: entry.id }),
      await chief.visits.read('entries/get-revision', { entryId: String(entry.id), revision: '1' }),
      await chief.visits.read('entries/get-revisions', { entryId: String(entry.id) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 409, 200, 200, 200]);
    for (const { json, text } of answers) {
      const telling = keysIn(json).filter((name) =>
        /^(?:email|creatorId|passwordHash|sortKey|lft|rgt|storageKey|deletedAt|lastLoginIp|credentialsVersion|rating)$/i.test(
          name,
        ),
      );
      expect(telling).toEqual([]);
      expect(text).not.toContain(chief.email);
    }
  });
});
