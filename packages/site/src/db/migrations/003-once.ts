import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';

export const name = '003-once';

export async function up(db: Kysely<unknown>, kind: 'sqlite' | 'postgres'): Promise<void> {
  const isPostgres = kind === 'postgres';
  const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
  const table = db.schema
    .createTable('once_results')
    .addColumn('key', 'text', (column) => column.notNull().primaryKey())
    .addColumn('fingerprint', 'text', required)
    .addColumn('holder', 'text', required)
    .addColumn('outcome', 'text')
    .addColumn('expires_at', isPostgres ? 'bigint' : 'integer', required);
  await (isPostgres ? table : table.modifyEnd(sql`strict`)).execute();
  await db.schema.createIndex('once_results_expires_at').on('once_results').column('expires_at').execute();
}
