import { beforeAll, describe, expect, test } from 'vitest';
import { useSite } from './site.ts';
import type { Visitor } from './visitor.ts';
import { editPathOf, follow, FORM, picture, writePost } from './writing.ts';

const site = useSite();

let ines: Visitor;
let path: string;
let edit: string;
let versions: string;
beforeAll(async () => {
  ines = await site.member('ines');
  path = await writePost(ines, {
    title: 'First words',
    'fields[body]': 'It was <b>cold</b>.',
    'fields[tags]': 'winter',
    'fields[cover][]': picture(),
    'fields[pictured]': 'Snow',
  });
  edit = await editPathOf(ines, path);
  versions = edit.replace('edit', 'revisions');
  await follow(
    ines,
    await ines.submit(edit, FORM, {
      title: 'Second thoughts',
      'fields[body]': 'It was warm.',
      'fields[tags]': 'spring',
      'fields[cover][]': '',
      'fields[pictured]': '',
      enabled: '1',
      notes: 'The <i>weather</i> changed',
    }),
  );
});

describe('versions of a post', () => {
  test('are listed with who saved them, when and why', async () => {
    expect((await ines.get(path)).body).toContain(`href="${versions}"`);
    const { body } = await ines.get(versions);
    expect(body.match(/<h2>Version \d/g)).toEqual(['<h2>Version 2', '<h2>Version 1']);
    expect(body).toContain('The &lt;i&gt;weather&lt;/i&gt; changed');
    expect(body).toContain('Inês Tester');
    expect(body).toContain('<time datetime="');
    expect(body.match(/aria-label="Compare version/g)).toHaveLength(1);
  });

  test('are compared with the post as it is, by what people call things', async () => {
    const { body } = await ines.get(`${versions}?revision=1`);
    const differences = /<dl class="differences">[^]*<\/dl>/.exec(body)?.[0] ?? '';
    expect([...differences.matchAll(/<dt>([^<]+)/g)].map(([, label]) => label)).toEqual([
      'Title',
      'Text',
      'Picture',
      'What do we see?',
      'Tags',
    ]);
    const words = differences.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(words).toContain('Then First words Now Second thoughts');
    expect(words).toContain('Then It was &lt;b&gt;cold&lt;/b&gt;. Now It was warm.');
    expect(words).toMatch(/Then pot\.\w+ Now nothing/);
    expect(words).toContain('Then winter Now spring');
    expect((await ines.get(`${versions}?revision=77`)).status).toBe(404);
  });

  test('one is restored, which is a save like any other', async () => {
    const answer = await ines.submit(`${versions}?revision=1`, 'Restore this version', {});
    expect(await follow(ines, answer)).toBe(path);
    const post = await ines.get(path);
    expect(post.body).toContain('<h1>First words</h1>');
    expect(post.body).toContain('/tags/winter');
    expect(post.body).toContain('alt="Snow"');
    const { body } = await ines.get(versions);
    expect(body).toContain('<h2>Version 3');
    expect(body).toContain('Reverted to revision 1.');
  });

  test('none is restored over what somebody saved in the meantime', async () => {
    const stale = `${versions}?revision=2`;
    const page = await ines.get(stale);
    const version = /name="version" value="(\d+)"/.exec(page.body)?.[1] ?? '';
    await follow(
      ines,
      await ines.submit(edit, FORM, { title: 'In between', 'fields[body]': 'Newer.', enabled: '1' }),
    );
    const answer = await ines.submit(stale, 'Restore this version', { version });
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('Somebody saved this entry while you were writing.');
    expect((await ines.get(path)).body).toContain('<h1>In between</h1>');
  });
});
