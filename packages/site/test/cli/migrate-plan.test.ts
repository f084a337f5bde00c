import { expect, test } from 'vitest';
import { openSite } from '../../src/cli/open-site.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { createSite, entryType, field, section, type Site, type SiteOptions } from '../../src/index.ts';
import { databaseKinds, freshDatabaseUrl } from '../support/databases.ts';
import { createFakeIo } from './fake-io.ts';

const before: SiteOptions = {
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      entryTypes: [entryType('post', { text: field.text(), price: field.number() })],
    }),
    section({ handle: 'news', type: 'channel', entryTypes: [entryType('item', {})] }),
  ],
};
const after: SiteOptions = {
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      entryTypes: [entryType('post', { body: field.text({ renamedFrom: 'text' }) })],
    }),
  ],
};

test.each(databaseKinds)(
  'migrate says what it would do, and does it (%s)',
  { timeout: 30_000 },
  async (kind) => {
    const { url, drop } = await freshDatabaseUrl(kind, { untouched: true });
    /** The command with the site of that version of the code. */
    async function cli(options: SiteOptions, ...args: readonly string[]): Promise<readonly string[]> {
      const io = createFakeIo();
      const code = await runCli(['migrate', ...args], io, async () =>
        openSite({}, createSite({ ...options, database: url, siteUrl: 'https://example.com' }) as Site),
      );
      expect([code, io.err]).toEqual([0, []]);
      return io.out;
    }

    try {
      expect(await cli(before, '--plan')).toEqual([
        '+ Run the migration 001-accounts.',
        '+ Run the migration 002-content.',
        '+ Run the migration 003-once.',
        '+ Index of posts.text, compared as text.',
        '+ Index of posts.price, compared as number.',
        'Nothing was changed: this is what portico-site migrate would do.',
      ]);
      expect(await cli(before)).toEqual(['The database is up to date.']);
      expect(await cli(before, '--plan', '--site', 'site.ts')).toEqual([
        'There is nothing to do: the database is up to date.',
      ]);

      const site = createSite({ ...before, database: url, siteUrl: 'https://example.com' });
      for (const [name, type, fields] of [
        ['posts', 'post', { text: 'Hello', price: 3 }],
        ['posts', 'post', { text: 'Bye', price: null }],
        ['news', 'item', {}],
      ] as const) {
        const version = { title: null, slug: null, uri: null, enabled: true, fields };
        await site.services.database.entries.insert(
          {
            ...{
              section: name,
              type,
              draft: false,
              creatorId: null,
              enabled: true,
              postAt: 1,
              expiresAt: null,
            },
            ...{ authorIds: [], parentId: null, sites: { default: version } },
          },
          { sites: {} },
          'end',
          1,
        );
      }
      await site.close();

      const kept = [
        '= Keep the values of the field posts.post.price, which the code no longer has (1 entry).',
        '= Keep the entries of the section news, which the code no longer has (1 entry).',
        '= Keep the index of posts.text, compared as text, which nothing uses any more.',
        '= Keep the index of posts.price, compared as number, which nothing uses any more.',
      ];
      const hint =
        'What is marked = stays until portico-site migrate --drop removes it; --plan --drop says what that loses.';
      const renamed =
        '+ Rename the field posts.post.text to body, with its values, also in drafts and revisions (2 entries).';
      const indexed = '+ Index of posts.body, compared as text (2 entries).';
      const planned = [
        ...[renamed, indexed, ...kept],
        'Nothing was changed: this is what portico-site migrate would do.',
        hint,
      ];
      expect(await cli(after, '--plan', '--site', 'site.ts')).toEqual(planned);
      expect(await cli(after, '--plan', '--site', 'site.ts')).toEqual(planned);
      // Without the module of the app nobody knows what its code has.
      expect(await cli({}, '--plan')).toEqual(['There is nothing to do: the database is up to date.']);

      expect(await cli(after, '--site', 'site.ts')).toEqual(['The database is up to date.']);
      expect(await cli(after, '--plan', '--site', 'site.ts')).toEqual([
        ...kept,
        'There is nothing to do: the database is up to date.',
        hint,
      ]);

      const lost = [
        '! Delete all values of the field posts.post.price, also in drafts and revisions (1 entry).',
        '! Delete all entries of the section news, with their drafts and revisions (1 entry).',
      ];
      expect(await cli(after, '--plan', '--drop', '--site', 'site.ts')).toEqual([
        ...lost,
        '+ Drop the index of posts.text, compared as text: nothing uses it any more.',
        '+ Drop the index of posts.price, compared as number: nothing uses it any more.',
        'Nothing was changed: this is what portico-site migrate --drop would do.',
      ]);
      expect(await cli(after, '--drop', '--site', 'site.ts')).toEqual([
        ...lost,
        'The database is up to date.',
      ]);
      expect(await cli(after, '--plan', '--drop', '--site', 'site.ts')).toEqual([
        'There is nothing to do: the database is up to date.',
      ]);
    } finally {
      await drop();
    }
  },
);
