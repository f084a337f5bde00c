import { sql, type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely } from 'kysely';

export const name = '002-content';

export async function up(db: Kysely<unknown>, kind: 'sqlite' | 'postgres'): Promise<void> {
  const isPostgres = kind === 'postgres';
  const int = 'integer';
  const time = isPostgres ? 'bigint' : 'integer';
  const json = isPostgres ? 'jsonb' : 'text';
  const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
  const id = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    isPostgres
      ? column.generatedByDefaultAsIdentity().primaryKey()
      : column.notNull().primaryKey().autoIncrement();
  const ofEntry = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    column.notNull().references('entries.id').onDelete('cascade');
  const ofUser = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    column.notNull().references('users.id').onDelete('cascade');
  const byUser = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    column.references('users.id').onDelete('set null');
  // Sorted and compared byte by byte on every database, whatever its locale.
  const bytes = isPostgres ? sql`text collate "C"` : 'text';

  async function create(table: CreateTableBuilder<string, string>): Promise<void> {
    await (isPostgres ? table : table.modifyEnd(sql`strict`)).execute();
  }
  async function index(table: string, columns: string[], unique = false): Promise<void> {
    const builder = db.schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns(columns);
    await (unique ? builder.unique() : builder).execute();
  }

  await create(
    db.schema
      .createTable('entries')
      .addColumn('id', time, id)
      .addColumn('uid', 'text', required)
      .addColumn('section', 'text', required)
      .addColumn('type', 'text', required)
      .addColumn('draft', int, required)
      .addColumn('enabled', int, required)
      .addColumn('post_at', time)
      .addColumn('expires_at', time)
      .addColumn('parent_id', time, (column) => column.references('entries.id').onDelete('set null'))
      .addColumn('level', int, required)
      .addColumn('sort_key', bytes)
      .addColumn('creator_id', time, byUser)
      .addColumn('version', int, required)
      .addColumn('last_revision', int, required)
      .addColumn('created_at', time, required)
      .addColumn('updated_at', time, required)
      .addColumn('deleted_at', time),
  );
  await index('entries', ['uid'], true);
  await index('entries', ['section', 'sort_key']);
  await index('entries', ['parent_id']);
  await index('entries', ['creator_id', 'draft', 'updated_at']);
  await index('entries', ['deleted_at']);
  await index('entries', ['draft', 'updated_at']);

  await create(
    db.schema
      .createTable('entry_authors')
      .addColumn('entry_id', time, ofEntry)
      .addColumn('user_id', time, ofUser)
      .addColumn('position', int, required)
      .addPrimaryKeyConstraint('entry_authors_key', ['entry_id', 'user_id']),
  );
  await index('entry_authors', ['user_id', 'entry_id']);

  await create(
    db.schema
      .createTable('entry_sites')
      .addColumn('id', time, id)
      .addColumn('entry_id', time, ofEntry)
      .addColumn('site', 'text', required)
      .addColumn('section', 'text', required)
      .addColumn('type', 'text', required)
      .addColumn('stage', 'text', required)
      .addColumn('enabled', int, required)
      .addColumn('title', bytes)
      .addColumn('slug', bytes)
      .addColumn('slug_claim', bytes)
      .addColumn('uri', bytes)
      .addColumn('uri_claim', bytes)
      .addColumn('post_at', time)
      .addColumn('expires_at', time)
      .addColumn('created_at', time, required)
      .addColumn('updated_at', time, required)
      .addColumn('fields', json, required),
  );
  await index('entry_sites', ['entry_id', 'site'], true);
  await index('entry_sites', ['site', 'slug_claim'], true);
  await index('entry_sites', ['site', 'uri_claim'], true);
  // With all that tells which entries are live: counting reads nothing else.
  await index('entry_sites', ['section', 'site', 'stage', 'post_at', 'entry_id', 'expires_at']);
  await index('entry_sites', ['site', 'stage', 'post_at', 'entry_id', 'expires_at', 'section']);
  // For what a search found: rows of entry_sites are long, and few come with one read.
  if (!isPostgres)
    await sql`
      create index entry_sites_seen on entry_sites (id, site, stage, section, post_at, expires_at, entry_id)
    `.execute(db);
  await index('entry_sites', ['section', 'site', 'created_at', 'entry_id']);
  await index('entry_sites', ['section', 'site', 'updated_at', 'entry_id']);
  // As titles are sorted (`db/entry-columns.ts`): by their beginning, small and capital letters alike. PostgreSQL takes no
  // row of an index beyond 2,700 bytes.
  await sql`
    create index entry_sites_title on entry_sites (
      section, site, stage, lower(substr(title, 1, 200)) ${sql.raw(isPostgres ? 'nulls first' : '')}, entry_id
    )
  `.execute(db);

  await create(
    db.schema
      .createTable('entry_references')
      .addColumn('entry_id', time, ofEntry)
      .addColumn('site', 'text', required)
      .addColumn('field', 'text', required)
      .addColumn('position', int, required)
      .addColumn('target', bytes, required)
      .addPrimaryKeyConstraint('entry_references_key', ['entry_id', 'site', 'field', 'position', 'target']),
  );
  await index('entry_references', ['target', 'field', 'site', 'entry_id']);

  await create(
    db.schema
      .createTable('entry_drafts')
      .addColumn('entry_id', time, ofEntry)
      .addColumn('creator_id', time, ofUser)
      .addColumn('base_version', int, required)
      .addColumn('notes', 'text')
      .addColumn('state', 'text', required)
      .addColumn('created_at', time, required)
      .addColumn('updated_at', time, required)
      .addPrimaryKeyConstraint('entry_drafts_key', ['entry_id', 'creator_id']),
  );
  await index('entry_drafts', ['creator_id', 'updated_at']);
  await index('entry_drafts', ['updated_at']);

  await create(
    db.schema
      .createTable('entry_revisions')
      .addColumn('entry_id', time, ofEntry)
      .addColumn('num', int, required)
      .addColumn('creator_id', time, byUser)
      .addColumn('notes', 'text')
      .addColumn('state', 'text', required)
      .addColumn('created_at', time, required)
      .addPrimaryKeyConstraint('entry_revisions_key', ['entry_id', 'num']),
  );
  await index('entry_revisions', ['creator_id']);

  await create(
    db.schema
      .createTable('assets')
      .addColumn('id', time, id)
      .addColumn('uid', 'text', required)
      .addColumn('volume', 'text', required)
      .addColumn('filename', 'text', required)
      .addColumn('kind', 'text', required)
      .addColumn('media_type', 'text', required)
      .addColumn('bytes', time, required)
      .addColumn('width', int)
      .addColumn('height', int)
      .addColumn('storage_key', 'text', required)
      .addColumn('uploader_id', time, byUser)
      .addColumn('created_at', time, required),
  );
  await index('assets', ['uid'], true);
  await index('assets', ['uploader_id']);

  await create(
    db.schema
      .createTable('content_schema')
      .addColumn('id', int, (column) => column.notNull().primaryKey())
      .addColumn('schema', 'text', required)
      .addColumn('applied_at', time, required),
  );

  // By the id of the row of entry_sites.
  if (isPostgres) {
    await sql`
      create table entry_search (
        id bigint primary key references entry_sites (id) on delete cascade,
        words tsvector not null
      )
    `.execute(db);
    await sql`create index entry_search_words on entry_search using gin (words)`.execute(db);
  } else {
    await sql`
      create virtual table entry_search using fts5(
        title, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
      )
    `.execute(db);
  }
}
