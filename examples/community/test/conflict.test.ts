import { expect, test } from 'vitest';
import { START_MS, useSite } from './site.ts';
import { formOf } from './visitor.ts';
import { editPathOf, follow, FORM, writePost } from './writing.ts';

const site = useSite();

test(
  'who saves over what somebody else saved sees both, loses nothing, and decides',
  { timeout: START_MS },
  async () => {
    const tomasz = await site.member('tomasz');
    const moderator = await site.member('moderator', { groups: ['moderators'] });
    const path = await writePost(tomasz, { title: 'Two hands', 'fields[body]': 'As it began.' });
    const edit = await editPathOf(tomasz, path);
    const { action, hidden } = formOf((await tomasz.get(edit)).body, FORM);

    const moderated = { title: 'Two hands', 'fields[body]': 'As <b>moderated</b>.', enabled: '1' };
    await follow(moderator, await moderator.submit(edit, FORM, moderated));

    const mine = {
      title: 'Two hands, mine',
      'fields[body]': 'As I typed it.',
      'fields[tags]': 'mine',
      enabled: '1',
    };
    const refused = await tomasz.post(`${edit}${action}`, { ...hidden, ...mine });
    expect(refused.status).toBe(409);
    expect(refused.body).toContain('role="alert">Somebody saved this entry while you were writing.');
    expect(refused.body).toContain('Somebody was faster');
    expect(refused.body).toContain('moderator Tester saved this post on');
    expect(refused.body).toContain('<pre class="written">As &lt;b&gt;moderated&lt;/b&gt;.</pre>');
    const again = formOf(refused.body, FORM);
    expect(again.markup).toContain('value="Two hands, mine"');
    expect(again.markup).toContain('As I typed it.</textarea>');
    expect(again.markup).toContain('value="mine"');
    expect((await tomasz.get(path)).body).toContain('As &lt;b&gt;moderated&lt;/b&gt;.');

    // A third save comes between: it must not be lost either.
    await follow(
      moderator,
      await moderator.submit(edit, FORM, { ...moderated, 'fields[body]': 'Moderated again.' }),
    );
    const still = await tomasz.post(`${edit}${again.action}`, { ...again.hidden, ...mine });
    expect(still.status).toBe(409);
    expect(still.body).toContain('<pre class="written">Moderated again.</pre>');

    const last = formOf(still.body, FORM);
    expect(
      await follow(tomasz, await tomasz.post(`${edit}${last.action}`, { ...last.hidden, ...mine })),
    ).toBe(path);
    const { body } = await tomasz.get(path);
    expect(body).toContain('<p>As I typed it.</p>');
    expect(body).toContain('<h1>Two hands, mine</h1>');
  },
);
