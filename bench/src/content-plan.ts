import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { createDatabase } from '../../packages/site/src/db/create-database.ts';
import { countSql, findSql } from '../../packages/site/src/db/entry-query-store.ts';
import type { EntryQuerySpec } from '../../packages/site/src/entries/query/entry-query-spec.ts';
import { createEntries } from '../../packages/site/src/entries/query/create-entries.ts';
import type { ContentSite } from './content-model.ts';

/** The site's queries, with what SQLite says of how it answers each. */
export interface Explained {
  readonly entries: ContentSite['entries'];
  /** The lines of the plans of all that was asked since the last call. */
  plans(): readonly string[];
  close(): void;
}

export function explained(site: ContentSite, file: string): Explained {
  const db = new DatabaseSync(file, { readOnly: true });
  const { kysely, close } = createDatabase(`sqlite:${file}`);
  const { entryQueries } = site.services.database;
  const lines: string[] = [];

  function explain(statement: ReturnType<typeof findSql> | ReturnType<typeof countSql>): void {
    const { sql, parameters } = statement.compile(kysely);
    if (process.env['BENCH_SQL'] === '1') lines.push(sql.replaceAll(/\s+/g, ' '));
    const plan = db.prepare(`explain query plan ${sql}`).all(...(parameters as SQLInputValue[]));
    lines.push(...plan.map(({ detail }) => String(detail)));
  }

  return {
    entries: createEntries({
      ...site.services,
      database: {
        ...site.services.database,
        entryQueries: {
          find(spec: EntryQuerySpec) {
            explain(findSql(spec, 'sqlite'));
            return entryQueries.find(spec);
          },
          count(spec: EntryQuerySpec) {
            explain(countSql(spec, 'sqlite'));
            return entryQueries.count(spec);
          },
          countBy: (spec: EntryQuerySpec, field: string) => entryQueries.countBy(spec, field),
        },
      },
    }),
    plans: () => lines.splice(0),
    close() {
      db.close();
      void close();
    },
  };
}
