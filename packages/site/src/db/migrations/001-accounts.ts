import { sql, type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely } from 'kysely';

export const name = '001-accounts';

export async function up(db: Kysely<unknown>, kind: 'sqlite' | 'postgres'): Promise<void> {
  const isPostgres = kind === 'postgres';
  const int = 'integer';
  const time = isPostgres ? 'bigint' : 'integer';
  const float = isPostgres ? 'double precision' : 'real';
  const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
  const textKey = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().primaryKey();

  // Ids are never given out twice, also after the newest row was deleted: what still names a user who is gone must not
  // come to mean the next one.
  const id = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    isPostgres
      ? column.generatedByDefaultAsIdentity().primaryKey()
      : column.notNull().primaryKey().autoIncrement();
  const ofUser = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    column.notNull().references('users.id').onDelete('cascade');

  // SQLite checks types in strict tables only.
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
      .createTable('users')
      .addColumn('id', time, id)
      .addColumn('uid', 'text', required)
      .addColumn('username', 'text')
      .addColumn('username_key', 'text')
      .addColumn('username_claim', 'text')
      .addColumn('email', 'text', required)
      .addColumn('email_key', 'text', required)
      .addColumn('email_claim', 'text')
      .addColumn('unverified_email', 'text')
      .addColumn('full_name', 'text')
      .addColumn('full_name_key', 'text')
      .addColumn('first_name', 'text')
      .addColumn('first_name_key', 'text')
      .addColumn('last_name', 'text')
      .addColumn('last_name_key', 'text')
      .addColumn('status', 'text', required)
      .addColumn('verified', int, required)
      .addColumn('approved', int, required)
      .addColumn('suspended', int, required)
      .addColumn('admin', int, required)
      .addColumn('password_hash', 'text')
      .addColumn('password_reset_required', int, required)
      .addColumn('last_password_change_at', time)
      .addColumn('credentials_version', int, required)
      .addColumn('invalid_login_count', int, required)
      .addColumn('invalid_login_window_start', time)
      .addColumn('last_invalid_login_at', time)
      .addColumn('locked_at', time)
      .addColumn('last_login_at', time)
      .addColumn('last_login_ip', 'text')
      .addColumn('photo', 'text')
      .addColumn('fields', 'text', required)
      .addColumn('created_at', time, required)
      .addColumn('updated_at', time, required),
  );
  await index('users', ['uid'], true);
  await index('users', ['email_claim'], true);
  await index('users', ['username_claim'], true);
  await index('users', ['email_key']);
  await index('users', ['username_key']);
  await index('users', ['created_at', 'id']);
  await index('users', ['status', 'created_at']);
  await index('users', ['admin']);

  await create(
    db.schema
      .createTable('user_groups')
      .addColumn('user_id', time, ofUser)
      .addColumn('handle', 'text', required)
      .addPrimaryKeyConstraint('user_groups_pk', ['user_id', 'handle']),
  );
  await index('user_groups', ['handle']);

  await create(
    db.schema
      .createTable('user_permissions')
      .addColumn('user_id', time, ofUser)
      .addColumn('permission', 'text', required)
      .addPrimaryKeyConstraint('user_permissions_pk', ['user_id', 'permission']),
  );

  await create(
    db.schema
      .createTable('verification_codes')
      .addColumn('user_id', time, (column) => ofUser(column).primaryKey())
      .addColumn('purpose', 'text', required)
      .addColumn('hash', 'text', required)
      .addColumn('issued_at', time, required)
      .addColumn('expires_at', time, required),
  );

  await create(
    db.schema
      .createTable('impersonation_tokens')
      .addColumn('hash', 'text', textKey)
      .addColumn('issuer_id', time, ofUser)
      .addColumn('issuer_stamp', int, required)
      .addColumn('user_id', time, ofUser)
      .addColumn('expires_at', time, required),
  );
  await index('impersonation_tokens', ['issuer_id']);
  await index('impersonation_tokens', ['user_id']);
  await index('impersonation_tokens', ['expires_at']);

  await create(
    db.schema
      .createTable('sessions')
      .addColumn('key', 'text', textKey)
      .addColumn('uid', 'text', required)
      .addColumn('user_id', 'text')
      .addColumn('data', 'text', required)
      .addColumn('version', int, required)
      .addColumn('created_at', time, required)
      .addColumn('last_seen_at', time, required)
      .addColumn('expires_at', time, required),
  );
  await index('sessions', ['uid'], true);
  await index('sessions', ['user_id']);
  await index('sessions', ['expires_at']);

  await create(
    db.schema
      .createTable('addresses')
      .addColumn('id', time, id)
      .addColumn('uid', 'text', required)
      .addColumn('owner_id', time, ofUser)
      .addColumn('title', 'text')
      .addColumn('country_code', 'text', required)
      .addColumn('administrative_area', 'text')
      .addColumn('locality', 'text')
      .addColumn('dependent_locality', 'text')
      .addColumn('postal_code', 'text')
      .addColumn('sorting_code', 'text')
      .addColumn('address_line1', 'text')
      .addColumn('address_line2', 'text')
      .addColumn('address_line3', 'text')
      .addColumn('organization', 'text')
      .addColumn('organization_tax_id', 'text')
      .addColumn('full_name', 'text')
      .addColumn('first_name', 'text')
      .addColumn('last_name', 'text')
      .addColumn('latitude', float)
      .addColumn('longitude', float)
      .addColumn('fields', 'text', required)
      .addColumn('created_at', time, required)
      .addColumn('updated_at', time, required),
  );
  await index('addresses', ['uid'], true);
  await index('addresses', ['owner_id']);

  await create(
    db.schema
      .createTable('outbox')
      .addColumn('id', time, id)
      .addColumn('mail_key', 'text', required)
      .addColumn('message', 'text')
      .addColumn('attempts', int, required)
      .addColumn('due_at', time)
      .addColumn('last_error', 'text')
      .addColumn('created_at', time, required)
      .addColumn('sent_at', time),
  );
  await index('outbox', ['due_at']);
  await index('outbox', ['sent_at']);

  await create(
    db.schema
      .createTable('rate_limits')
      .addColumn('key', 'text', textKey)
      .addColumn('count', int, required)
      .addColumn('ends_at', time, required),
  );
  await index('rate_limits', ['ends_at']);

  await create(
    db.schema
      .createTable('discarded_files')
      .addColumn('storage_key', 'text', textKey)
      .addColumn('due_at', time, required),
  );
  await index('discarded_files', ['due_at']);
}
