import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase } from '../../src/db/create-database.ts';
import { createSite } from '../../src/index.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { CONTENT_MODEL } from './content-model.ts';

export interface KeptContent {
  /** Titles and versions of the posts that are there, by their ids. */
  readonly posts: ReadonlyMap<number, { readonly title: string; readonly version: number }>;
  /** How many files lie there. */
  readonly files: number;
  /** All that does not fit together, each as a sentence. */
  readonly faults: readonly string[];
}

/** Looks at all that a site with `CONTENT_MODEL` has kept: whether its tables, its search and its files tell the same. */
export async function readContent(database: string, dataDir: string): Promise<KeptContent> {
  const options = { siteUrl: 'http://127.0.0.1', database, dataDir, ...CONTENT_MODEL } as const;
  const site = createSite({ ...options, mail: { transport: { send: async () => undefined } } });
  Object.assign(site.services, { passwords: cheapPasswords });
  await site.start();
  const { kysely, close } = createDatabase(database);
  try {
    const faults: string[] = [];
    const check = (isRight: boolean, what: string): void => void (isRight || faults.push(what));
    const stores = site.services.database;
    const [entries, sites, authors, references, assets] = await Promise.all([
      kysely.selectFrom('entries').selectAll().execute(),
      kysely.selectFrom('entry_sites').selectAll().execute(),
      kysely.selectFrom('entry_authors').selectAll().execute(),
      kysely.selectFrom('entry_references').selectAll().execute(),
      kysely.selectFrom('assets').selectAll().execute(),
    ]);
    const ids = new Set(entries.map(({ id }) => id));
    for (const { entry_id } of [...sites, ...authors, ...references])
      check(ids.has(entry_id), `There is no entry ${entry_id}, and yet there is something of it.`);

    const posts = new Map<number, { title: string; version: number }>();
    for (const { id, section } of entries.filter(({ deleted_at }) => deleted_at === null)) {
      const entry = await stores.entries.find(id);
      if (entry === undefined) {
        check(false, `Entry ${id} cannot be read.`);
        continue;
      }
      const handles = Object.keys(entry.sites).toSorted().join();
      check(handles === 'de,en', `Entry ${id} is on “${handles}”.`);
      const { revisions, total } = await stores.entryRevisions.listOf(id, { limit: 1, offset: 0 });
      check(total === entry.version, `Entry ${id} is version ${entry.version} and has ${total} revisions.`);
      const last = await stores.entryRevisions.find(id, revisions[0]?.num ?? 0);
      const same =
        JSON.stringify(last?.state.sites['en']?.fields) === JSON.stringify(entry.sites['en']?.fields);
      check(
        same && last?.state.sites['en']?.title === entry.sites['en']?.title,
        `Entry ${id} is not its last revision.`,
      );

      const title = entry.sites['en']?.title ?? '';
      for (const [handle, { fields, title: words }] of Object.entries(entry.sites)) {
        const named = [
          ...((fields['cover'] ?? []) as readonly number[]).map((one) => `asset:${one}`),
          ...((fields['topics'] ?? []) as readonly number[]).map((one) => `entry:${one}`),
        ];
        const mirrored = references
          .filter((row) => row.entry_id === id && row.site === handle)
          .map(({ target }) => target);
        check(
          mirrored.toSorted().join() === named.toSorted().join(),
          `Entry ${id} names ${named.join()} on ${handle}, by its references ${mirrored.join()}.`,
        );
        for (const one of named) {
          const [kind, number] = one.split(':');
          const isThere =
            kind === 'asset' ? assets.some((row) => row.id === Number(number)) : ids.has(Number(number));
          check(isThere, `Entry ${id} names ${one}, which is not there.`);
        }
        const found = await site
          .entries(section as 'posts')
          .site(handle)
          .status('any')
          .search(words ?? '')
          .ids();
        check(found.includes(id), `Entry ${id} is not found by its words on ${handle}.`);
      }
      if (section !== 'posts') continue;
      check(
        authors.some((row) => row.entry_id === id),
        `Entry ${id} has no author.`,
      );
      posts.set(id, { title, version: entry.version });
    }

    const files = (await readdir(dataDir, { recursive: true, withFileTypes: true }))
      .filter((file) => file.isFile() && /\.(?:webp|pdf)$/.test(file.name))
      .map((file) => join(file.parentPath, file.name));
    for (const { id, storage_key } of assets)
      check(
        files.some((file) => file.endsWith(storage_key)),
        `The file of asset ${id} is gone.`,
      );
    for (const file of files)
      check(
        assets.some(({ storage_key }) => file.endsWith(storage_key)),
        `Nobody knows of the file ${file}.`,
      );
    return { posts, files: files.length, faults };
  } finally {
    await close();
    await site.close();
  }
}
