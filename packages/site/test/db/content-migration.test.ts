import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { settingsSchema } from '../../src/config.ts';
import type { ContentUpkeep } from '../../src/content/content-upkeep.ts';
import { createContent } from '../../src/content/create-content.ts';
import { entryType } from '../../src/content/entry-type.ts';
import { section, type Section } from '../../src/content/section.ts';
import { createDatabase, type SiteDatabase } from '../../src/db/create-database.ts';
import { fieldExpression, fieldIndexName } from '../../src/db/field-expression.ts';
import type { EntryState } from '../../src/entries/entry.ts';
import { field as fieldKinds } from '../../src/fields/define.ts';
import type { Field, FieldValues } from '../../src/fields/field.ts';
import { describeDatabases } from '../support/databases.ts';
import { userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

const field = (type: 'text' | 'number', renamedFrom?: string): Field => ({
  type,
  comparedAs: type,
  options: renamedFrom === undefined ? {} : { renamedFrom },
  initial: null,
  normalize: (value) => ({ value: String(value) }),
});

/** What a version of the app's code declares. */
const code = (...sections: readonly Section[]): ContentUpkeep => ({
  content: createContent({ ...settingsSchema.parse({ sections }), siteUrl: 'https://example.com' }),
  ensureSingle: () => Promise.reject(new Error('There is no single here.')),
});
const posts = (fields: Readonly<Record<string, Field>>, more: object = {}): Section =>
  section({ handle: 'posts', type: 'channel', entryTypes: [entryType('post', fields)], ...more });

const state = (type: string, slug: string, fields: FieldValues): EntryState => ({
  type,
  enabled: true,
  postAt: NOW,
  expiresAt: null,
  authorIds: [],
  parentId: null,
  sites: { default: { title: slug, slug, uri: null, enabled: true, fields } },
});

async function insert(
  { database }: SiteDatabase,
  of: string,
  slug: string,
  fields: FieldValues,
  { type = 'post', parentId = null }: { readonly type?: string; readonly parentId?: number | null } = {},
): Promise<number> {
  const references = Object.keys(fields).map((handle) => ({ field: handle, target: 'entry:7', position: 0 }));
  const entry = await database.transaction((stores) =>
    stores.entries.insert(
      { ...state(type, slug, fields), parentId, section: of, draft: false, creatorId: null },
      { sites: { default: { keywords: 'words', references } } },
      'end',
      NOW,
    ),
  );
  return entry.id;
}

/** Posts as they would be inserted, in few statements. */
async function insertMany(
  { kysely }: SiteDatabase,
  count: number,
  fieldsOf: (at: number) => FieldValues,
): Promise<void> {
  for (let start = 0; start < count; start += 500) {
    const numbers = Array.from({ length: 500 }, (_, at) => start + at);
    const times = { created_at: NOW, updated_at: NOW };
    const native = { section: 'posts', type: 'post', enabled: 1, ...times } as const;
    const entries = await kysely
      .insertInto('entries')
      .values(
        numbers.map((at) => ({
          ...{
            ...native,
            uid: `uid ${at}`,
            draft: 0,
            post_at: NOW + at,
            level: 1,
            version: 1,
            last_revision: 0,
          },
        })),
      )
      .returning('id')
      .execute();
    await kysely
      .insertInto('entry_sites')
      .values(
        entries.map(({ id }, index) => ({
          ...{ ...native, entry_id: id, site: 'default', stage: 'listed' },
          ...{ post_at: NOW + start + index, fields: JSON.stringify(fieldsOf(start + index)) },
        })),
      )
      .execute();
  }
}

const indexes = async ({ kysely, kind }: SiteDatabase): Promise<readonly string[]> => {
  const { rows } =
    kind === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_schema where type = 'index'`.execute(kysely)
      : await sql<{ name: string }>`
          select indexname as name from pg_indexes where schemaname = any (current_schemas(false))
        `.execute(kysely);
  return rows.map(({ name }) => name);
};

const stored = async ({ kysely }: SiteDatabase): Promise<string | undefined> =>
  (await kysely.selectFrom('content_schema').select('schema').executeTakeFirst())?.schema;

describeDatabases('content that changes', ({ open, kind }) => {
  const before = code(posts({ text: field('text'), size: field('number') }));

  test('has an index for each field that is compared, which queries use', async () => {
    const database = await open({ upkeep: before });
    expect(await indexes(database)).toEqual(
      expect.arrayContaining([
        fieldIndexName('posts', 'text', 'text'),
        fieldIndexName('posts', 'size', 'number'),
      ]),
    );
    await insert(database, 'posts', 'one', { size: 3 });
    const expression = sql.raw(fieldExpression(kind, 'size', 'number'));
    const query = sql`
      select entry_id from entry_sites
      where section = 'posts' and site = 'default' and stage = 'listed' and ${expression} > 2
    `;
    expect((await query.execute(database.kysely)).rows).toHaveLength(1);
    if (kind === 'postgres') return;
    const plan = await sql<{ detail: string }>`explain query plan ${query}`.execute(database.kysely);
    expect(plan.rows[0]?.detail).toContain(fieldIndexName('posts', 'size', 'number'));
  });

  test('is left as it is where nothing changed', async () => {
    const first = await open({ upkeep: before, now: () => NOW });
    const schema = await stored(first);
    expect(await first.plan()).toEqual([]);
    const second = await open({ upkeep: before, now: () => NOW + 1 });
    // The command line knows no content where it is not told of the app's module.
    await open({ upkeep: code(), now: () => NOW + 2 });
    const rows = await second.kysely.selectFrom('content_schema').selectAll().execute();
    expect(rows).toEqual([{ id: 1, schema, applied_at: NOW }]);
  });

  test('is looked at without a lock where nothing changed', async () => {
    const first = await open({ upkeep: before });
    await first.kysely.transaction().execute(async (transaction) => {
      // What `db/migrate.ts` locks while it works; on SQLite the transaction itself is the lock.
      if (kind === 'postgres') await sql`select pg_advisory_xact_lock(7067842630)`.execute(transaction);
      expect(await (await open({ upkeep: before })).plan()).toEqual([]);
    });
  });

  test('takes the values of a field along that was renamed, in entries, drafts and revisions', async () => {
    const old = await open({ upkeep: before });
    const { id: userId } = await old.database.users.insert(userNamed('ada'), NOW);
    const id = await insert(old, 'posts', 'one', { text: 'Hello “world”', size: 3 });
    const other = await insert(old, 'posts', 'two', { text: null });
    const snapshot = state('post', 'one', { text: 'Draft', size: 2 });
    await old.database.entryDrafts.save(
      { entryId: id, creatorId: userId, baseVersion: 1, notes: null, state: snapshot },
      NOW,
    );
    await old.database.transaction((stores) =>
      stores.entryRevisions.add({ entryId: id, creatorId: null, notes: null, state: snapshot }, 0, NOW),
    );

    const renamed = posts({ body: field('text', 'text'), size: field('number') });
    const after = await open({ upkeep: code(renamed) });

    expect((await after.database.entries.find(id))?.sites['default']?.fields).toEqual({
      body: 'Hello “world”',
      size: 3,
    });
    expect((await after.database.entries.find(other))?.sites['default']?.fields).toEqual({ body: null });
    const draft = await after.database.entryDrafts.find(id, userId);
    expect(draft?.state).toEqual(state('post', 'one', { body: 'Draft', size: 2 }));
    expect((await after.database.entryRevisions.find(id, 1))?.state).toEqual(draft?.state);
    const references = await after.kysely.selectFrom('entry_references').select('field').execute();
    expect(references.map((row) => row.field).toSorted()).toEqual(['body', 'body', 'size']);
    expect(await indexes(after)).toContain(fieldIndexName('posts', 'body', 'text'));
  });

  test('finds a rare value by its index, although an index was made for many entries', async () => {
    const old = await open({ upkeep: code(posts({ size: field('number') })) });
    await insertMany(old, 3_000, (at) => ({ size: at === 7 ? 500 : at % 5, text: `Text ${at}` }));
    const { kysely } = await open({ upkeep: before });
    const statistics =
      kind === 'sqlite'
        ? sql`select 1 from sqlite_schema where name = 'sqlite_stat1'`
        : sql`select 1 from pg_class where oid = 'entry_sites'::regclass and reltuples >= 3000`;
    expect((await statistics.execute(kysely)).rows).toHaveLength(kind === 'sqlite' ? 0 : 1);
    if (kind === 'postgres') return;
    const plan = await sql<{ detail: string }>`
      explain query plan select entry_id from entry_sites
      where section = 'posts' and site = 'default' and stage = 'listed'
        and ${sql.raw(fieldExpression(kind, 'size', 'number'))} > ${100}
      order by post_at desc, entry_id desc limit 5
    `.execute(kysely);
    expect(plan.rows[0]?.detail).toContain(fieldIndexName('posts', 'size', 'number'));
  });

  test('gives older entries what a new field has from the beginning, so that queries find them', async () => {
    const old = await open({ upkeep: code(posts({ size: field('number') })) });
    const { id: userId } = await old.database.users.insert(userNamed('ada'), NOW);
    const id = await insert(old, 'posts', 'one', { size: 1 });
    const written = await insert(old, 'posts', 'two', { featured: true, spare: null });
    const snapshot = state('post', 'one', { size: 2 });
    await old.database.entryDrafts.save(
      { entryId: id, creatorId: userId, baseVersion: 1, notes: null, state: snapshot },
      NOW,
    );
    const featured = fieldKinds.lightswitch();
    const next = code(
      posts({
        ...{ size: field('number'), featured, spare: { ...field('text'), initial: 'a “b” \\ ?' } },
        ...{ colours: { ...fieldKinds.checkboxes({ options: ['red', 'blue'] }), initial: ['red', 'blue'] } },
      }),
    );
    const after = await open({ upkeep: next });

    const found = await after.database.entries.findMany([id, written]);
    expect(found.map(({ sites, version }) => [sites['default']?.fields, version])).toEqual([
      [{ size: 1, featured: false, spare: 'a “b” \\ ?', colours: ['red', 'blue'] }, 1],
      [{ featured: true, spare: null, colours: ['red', 'blue'] }, 1],
    ]);
    const expression = sql.raw(fieldExpression(kind, 'featured', 'number'));
    const off = sql<{ entry_id: number }>`select entry_id from entry_sites where ${expression} = 0`;
    expect((await off.execute(after.kysely)).rows).toEqual([{ entry_id: id }]);
    const references = await after.kysely
      .selectFrom('entry_references')
      .select(['entry_id', 'target', 'position'])
      .where('field', '=', 'colours')
      .orderBy('entry_id')
      .orderBy('position')
      .execute();
    expect(references).toEqual(
      [id, written].flatMap((entryId) => [
        { entry_id: entryId, target: 'choice:red', position: 0 },
        { entry_id: entryId, target: 'choice:blue', position: 1 },
      ]),
    );
    expect((await after.database.entryDrafts.find(id, userId))?.state).toEqual(snapshot);
    expect(await after.plan()).toEqual([]);
  });

  test('says how many entries a new field is written into, and how many are on a site that is gone', async () => {
    const german = { sites: [{ handle: 'de', language: 'de' }] };
    const old = await open({ upkeep: before });
    await insert(old, 'posts', 'one', {});
    await insert(old, 'posts', 'two', { featured: true });
    const next = {
      ...before,
      content: createContent({
        ...settingsSchema.parse({ ...german, sections: [posts({ featured: fieldKinds.lightswitch() })] }),
        siteUrl: 'https://example.com',
      }),
    };
    const changed = createDatabase(old.url, { upkeep: next });
    onTestFinished(() => changed.close());
    const planned = (await changed.plan()).map(({ text, entries, effect }) => [text, entries, effect]);
    expect(planned).toContainEqual([
      'Give the entries that have no value of the new field posts.post.featured what a new entry has: false.',
      1,
      'change',
    ]);
    const kept = [
      'Keep what the entries of posts are on the site default, which the section is no longer on, until they are saved again.',
      2,
      'kept',
    ];
    expect(planned).toContainEqual(kept);
    await changed.migrate({ drop: true });
    expect((await changed.plan()).map(({ text, entries, effect }) => [text, entries, effect])).toEqual([
      kept,
    ]);
    await sql`delete from entry_sites`.execute(changed.kysely);
    expect(await changed.plan()).toEqual([]);
  });

  test('keeps what stands under the new name already', async () => {
    const both = posts({ text: field('text'), body: field('text') });
    const old = await open({ upkeep: code(both) });
    const id = await insert(old, 'posts', 'one', { text: 'old', body: 'new' });
    const after = await open({ upkeep: code(posts({ body: field('text', 'text') })) });
    expect((await after.database.entries.find(id))?.sites['default']?.fields).toMatchObject({ body: 'new' });
  });

  test('takes entries along whose section and type were renamed', async () => {
    const old = await open({ upkeep: before });
    const id = await insert(old, 'posts', 'one', { size: 1 });
    const { id: userId } = await old.database.users.insert(
      userNamed('ada', {
        permissions: ['viewentries:posts', 'savepeerentrydrafts:posts', 'viewentries:news'],
      }),
      NOW,
    );
    await old.database.transaction((stores) =>
      stores.entryRevisions.add(
        { entryId: id, creatorId: null, notes: null, state: state('post', 'one', { size: 1 }) },
        0,
        NOW,
      ),
    );
    const types = [entryType('article', { size: field('number') }, { renamedFrom: 'post' })];
    const after = await open({
      upkeep: code(section({ handle: 'articles', renamedFrom: 'posts', type: 'channel', entryTypes: types })),
    });
    expect(await after.database.entries.find(id)).toMatchObject({ section: 'articles', type: 'article' });
    expect((await after.database.entryRevisions.find(id, 1))?.state.type).toBe('article');
    const [row] = await after.kysely.selectFrom('entry_sites').selectAll().execute();
    expect(row).toMatchObject({ section: 'articles', type: 'article', slug_claim: 'articles/one' });
    expect((await after.database.users.find(userId))?.permissions.toSorted()).toEqual([
      'savepeerentrydrafts:articles',
      'viewentries:articles',
      'viewentries:news',
    ]);
  });

  test('joins the entries of two sections without losing one', async () => {
    const newer = code(posts({ size: field('number') }, { handle: 'articles', renamedFrom: 'posts' }));
    const older = await open({ upkeep: code(posts({ size: field('number') })) });
    const first = await insert(older, 'posts', 'one', { size: 1 });
    await open({ upkeep: newer });
    // A process of the older version starts once more, and saves.
    await open({ upkeep: code(posts({ size: field('number') })) });
    const second = await insert(older, 'posts', 'one', { size: 2 });
    const after = await open({ upkeep: newer });

    const entries = await after.database.entries.findMany([first, second]);
    expect(entries.map((entry) => [entry.section, entry.sites['default']?.slug])).toEqual([
      ['articles', 'one'],
      ['articles', `one-${second}`],
    ]);
    const keys = await after.kysely.selectFrom('entries').select('sort_key').orderBy('id').execute();
    expect(keys.map((row) => row.sort_key)).toEqual(keys.map((row) => row.sort_key).toSorted());
    expect(new Set(keys.map((row) => row.sort_key)).size).toBe(2);
  });

  test('takes along what older code made under former names after the rename', async () => {
    const types = [entryType('article', { size: field('number') }, { renamedFrom: 'post' })];
    const newer = code(
      section({ handle: 'articles', renamedFrom: 'posts', type: 'channel', entryTypes: types }),
    );
    const older = await open({ upkeep: before });
    await open({ upkeep: newer });
    await open({ upkeep: newer }).then((site) => site.migrate({ drop: true }));
    const late = await insert(older, 'posts', 'late', { size: 1 });
    const strange = await insert(older, 'elsewhere', 'strange', {});
    const running = createDatabase(older.url, { upkeep: newer });
    onTestFinished(() => running.close());
    expect((await running.plan()).map(({ entries, effect }) => [entries, effect])).toEqual([
      [1, 'change'],
      [1, 'change'],
      [1, 'kept'],
    ]);
    const after = await open({ upkeep: newer });
    expect(await after.database.entries.find(late)).toMatchObject({ section: 'articles', type: 'article' });
    expect(await after.database.entries.find(strange)).toMatchObject({ section: 'elsewhere' });
    expect(await after.plan()).toEqual([
      {
        text: 'Keep the entries of the section elsewhere, which the code no longer has.',
        entries: 1,
        effect: 'kept',
      },
    ]);
  });

  test('keeps what has left the code until it is dropped', async () => {
    const news = section({ handle: 'news', type: 'channel', entryTypes: [entryType('item', {})] });
    const old = await open({ upkeep: code(posts({ text: field('text'), size: field('number') }), news) });
    const id = await insert(old, 'posts', 'one', { text: 'Hello', size: 3 });
    const item = await insert(old, 'news', 'two', {}, { type: 'item' });

    const after = await open({ upkeep: code(posts({ size: field('number') })) });
    expect((await after.database.entries.find(id))?.sites['default']?.fields).toEqual({
      text: 'Hello',
      size: 3,
    });
    expect(await after.plan()).toEqual([
      {
        text: 'Keep the values of the field posts.post.text, which the code no longer has.',
        entries: 1,
        effect: 'kept',
      },
      {
        text: 'Keep the entries of the section news, which the code no longer has.',
        entries: 1,
        effect: 'kept',
      },
      {
        text: 'Keep the index of posts.text, compared as text, which nothing uses any more.',
        entries: null,
        effect: 'kept',
      },
    ]);
    expect((await after.plan({ drop: true })).map(({ entries, effect }) => [entries, effect])).toEqual([
      [1, 'loss'],
      [1, 'loss'],
      [null, 'change'],
    ]);
    expect(await after.database.entries.find(item)).toBeDefined();

    await after.migrate({ drop: true });
    expect((await after.database.entries.find(id))?.sites['default']?.fields).toEqual({ size: 3 });
    expect(await after.database.entries.find(item)).toBeUndefined();
    expect(await indexes(after)).not.toContain(fieldIndexName('posts', 'text', 'text'));
    const references = await after.kysely.selectFrom('entry_references').select('field').execute();
    expect(references).toEqual([{ field: 'size' }]);
    const words = await sql<{ count: number }>`select count(*) as count from entry_search`.execute(
      after.kysely,
    );
    expect(Number(words.rows[0]?.count)).toBe(1);
    expect(await after.plan({ drop: true })).toEqual([]);
  });

  test('moves up what stood below entries of a type that is dropped', async () => {
    const tree = (...types: readonly string[]): ContentUpkeep =>
      code(
        section({ handle: 'help', type: 'structure', entryTypes: types.map((type) => entryType(type, {})) }),
      );
    const old = await open({ upkeep: tree('page', 'chapter') });
    const chapter = await insert(old, 'help', 'chapter', {}, { type: 'chapter' });
    const inner = await insert(old, 'help', 'inner', {}, { type: 'chapter', parentId: chapter });
    const page = await insert(old, 'help', 'page', {}, { type: 'page', parentId: inner });
    const after = await open({ upkeep: tree('page') });
    await after.migrate({ drop: true });
    expect(await after.database.entries.findMany([chapter, inner, page])).toMatchObject([
      { id: page, parentId: null, level: 1 },
    ]);
  });

  test('compares a field of another kind by another index, and leaves the old one to older code', async () => {
    const old = await open({ upkeep: code(posts({ size: field('text') })) });
    const id = await insert(old, 'posts', 'one', { size: '12' });
    const after = await open({ upkeep: code(posts({ size: field('number') })) });
    expect((await after.database.entries.find(id))?.sites['default']?.fields).toEqual({ size: '12' });
    const names = [fieldIndexName('posts', 'size', 'text'), fieldIndexName('posts', 'size', 'number')];
    expect(await indexes(after)).toEqual(expect.arrayContaining(names));
    await open({ upkeep: code(posts({ size: field('text') })) });
    expect(await indexes(after)).toEqual(expect.arrayContaining(names));
  });

  test('changes once where several processes start at once', async () => {
    const old = await open({ upkeep: before });
    const id = await insert(old, 'posts', 'one', { text: 'Hello' });
    const next = code(posts({ body: field('text', 'text'), size: field('number') }));
    await Promise.all([1, 2, 3].map(() => open({ upkeep: next })));
    expect((await old.database.entries.find(id))?.sites['default']?.fields).toEqual({ body: 'Hello' });
    expect(await old.kysely.selectFrom('content_schema').selectAll().execute()).toHaveLength(1);
  });

  test('changes nothing where a step fails', async () => {
    const old = await open({ upkeep: before });
    const id = await insert(old, 'posts', 'one', { text: 'Hello' });
    const schema = await stored(old);
    const single = section({ handle: 'about', type: 'single', entryTypes: [entryType('page', {})] });
    const failing = code(posts({ body: field('text', 'text'), size: field('number') }), single);
    await expect(open({ upkeep: failing })).rejects.toThrow(
      'Changing the content failed, and nothing was changed: There is no single here.',
    );
    expect((await old.database.entries.find(id))?.sites['default']?.fields).toEqual({ text: 'Hello' });
    expect(await stored(old)).toBe(schema);
    if (kind === 'sqlite') expect(await indexes(old)).not.toContain(fieldIndexName('posts', 'body', 'text'));
  });
});
