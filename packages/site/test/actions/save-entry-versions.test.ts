import { describe, expect, it } from 'vitest';
import { describeSites, pageOf } from '../support/site.ts';
import { EDITOR, HELLO, may, newsroom, SAVE, stored, writer } from '../support/newsroom.ts';

const MESSAGE = 'Somebody saved this entry while you were writing. Nothing of yours was saved yet.';

describeSites('POST entries/save-entry over a newer version', (open) => {
  it('is a 409 with both, and saves nothing', async () => {
    const { site, save, send } = await newsroom(open);
    const entry = await save(HELLO);
    await save({ entryId: entry.id, version: 1, title: 'Theirs' });
    const answer = await send({ entryId: entry.id, version: 1, title: 'Mine', fields: { body: 'My text' } });
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      code: 'CONFLICT',
      message: MESSAGE,
      modelName: 'entry',
      entry: { title: 'Mine', fields: { body: 'My text' } },
      current: { id: entry.id, title: 'Theirs', version: 2, fields: { body: 'Text' } },
      currentVersion: 2,
    });
    expect((await stored(site, entry.id))?.sites['default']?.title).toBe('Theirs');
    expect((await send({ entryId: entry.id, version: 2, title: 'Mine' })).status).toBe(200);
  });

  it('shows a page both, with what was typed', async () => {
    const { ada, save } = await newsroom(open);
    const entry = await save(HELLO);
    await save({ entryId: entry.id, title: 'Theirs' });
    const answer = await ada.visits.form('/page', SAVE, {
      entryId: entry.id,
      version: 1,
      title: 'Mine',
      fields: { body: 'My text' },
    });
    expect(answer.status).toBe(409);
    const { variables, flashes } = pageOf(answer);
    expect(flashes).toEqual({ error: MESSAGE });
    expect(variables).toMatchObject({
      message: MESSAGE,
      entry: { title: 'Mine', fields: { body: 'My text' } },
      current: { title: 'Theirs', fields: { body: 'Text' } },
      currentVersion: 2,
    });
  });

  const both = { current: { title: 'Theirs', version: 2, fields: { body: 'Text' } }, currentVersion: 2 };

  it('tells both at the door of typed calls', async () => {
    const { ada, save } = await newsroom(open);
    const entry = await save(HELLO);
    await save({ entryId: entry.id, title: 'Theirs' });
    const answer = await ada.visits.send('/_actions/entries.saveEntry', {
      method: 'POST',
      body: JSON.stringify({ entryId: entry.id, version: 1, title: 'Mine' }),
      headers: { 'content-type': 'application/json', 'x-csrf-token': await ada.visits.token() },
    });
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      code: 'CONFLICT',
      message: MESSAGE,
      data: { ...both, entry: { title: 'Mine', fields: { body: 'Text' } } },
    });
  });

  it('tells both to a page whose form posts to itself', async () => {
    const { ada, save } = await newsroom(open);
    const entry = await save(HELLO);
    await save({ entryId: entry.id, title: 'Theirs' });
    const body = new URLSearchParams({ entryId: String(entry.id), version: '1', title: 'Mine' });
    body.set('PORTICO_CSRF_TOKEN', await ada.visits.token());
    const headers = { accept: 'text/html' };
    const answer = await ada.visits.send('/page?_action=entries.saveEntry', {
      method: 'POST',
      body,
      headers,
    });
    expect(answer.status).toBe(409);
    expect(pageOf(answer).variables).toMatchObject({ ...both, message: MESSAGE, entry: { title: 'Mine' } });
  });

  it('is not asked about without a version', async () => {
    const { save } = await newsroom(open);
    const entry = await save(HELLO);
    await save({ entryId: entry.id, title: 'Two' });
    expect((await save({ entryId: entry.id, title: 'Three' })).version).toBe(3);
  });

  it('lets one of many at once through, and the others know', async () => {
    const { site, ada, save } = await newsroom(open);
    const entry = await save(HELLO);
    const bob = await writer(site, may('posts', ...EDITOR));
    const sends = [];
    for (const { visits, id } of [ada, bob]) {
      const headers = { 'x-csrf-token': await visits.token() };
      for (const nth of [1, 2, 3])
        sends.push(() =>
          visits.json(
            SAVE,
            { entryId: entry.id, version: 1, title: `By ${id}, ${nth}` },
            { csrf: false, headers },
          ),
        );
    }
    const answers = await Promise.all(sends.map((send) => send()));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    const won = answers.find(({ status }) => status === 200);
    const after = await stored(site, entry.id);
    expect(after).toMatchObject({ version: 2, sites: { default: { title: won?.json.title } } });
    for (const { status, json } of answers)
      if (status === 409) expect(json.current.title).toBe(won?.json.title);
  });

  it('is told only to who may save it', async () => {
    const { site, save } = await newsroom(open);
    const entry = await save(HELLO);
    const bob = await writer(site);
    const answer = await bob.visits.json(SAVE, { entryId: entry.id, version: 7 });
    expect(answer.status).toBe(403);
    expect(answer.json).not.toHaveProperty('current');
  });

  it('does not keep a draft of it from being saved, but an unpublished one', async () => {
    const { save, send } = await newsroom(open);
    const entry = await save(HELLO);
    await save({ entryId: entry.id, title: 'Two' });
    expect((await send({ entryId: entry.id, version: 1, provisional: 1, title: 'x' })).status).toBe(200);
    const draft = await save({ sectionId: 'posts', provisional: 1 });
    await save({ entryId: draft.id, provisional: 1, version: 1, title: 'x' });
    expect((await send({ entryId: draft.id, provisional: 1, version: 1, title: 'y' })).status).toBe(409);
  });

  describe('versions', () => {
    it.each(['x', 1.5, {}, [1]].map((version) => ({ version })))(
      'are numbers: $version is none',
      async ({ version }) => {
        const { save, send } = await newsroom(open);
        const entry = await save(HELLO);
        expect((await send({ entryId: entry.id, version })).status).toBe(400);
      },
    );
  });
});
