import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import { field } from '../../src/content/field.ts';
import { section } from '../../src/content/section.ts';
import { describeSites, type Answer, type TestSite, type Visitor } from '../support/site.ts';

const SAVE = 'entries/save-entry';
const frontend = true;

const layout = {
  entries: field.entries({ frontend, sections: ['posts'], max: 3 }),
  categories: field.categories({ frontend, section: 'topics' }),
  tags: field.tags({ frontend, section: 'tags', allowNew: true }),
  users: field.users({ frontend, groups: ['members'] }),
  assets: field.assets({ frontend }),
  cover: field.assets({ frontend, max: 1 }),
  table: field.table({
    frontend,
    maxRows: 2,
    columns: { step: field.text({ charLimit: 10 }), minutes: field.number(), hot: field.lightswitch() },
  }),
  matrix: field.matrix({
    frontend,
    max: 3,
    types: [
      entryType(
        'quote',
        {
          text: field.text({ frontend, charLimit: 10, required: true }),
          related: field.entries({ frontend }),
        },
        { id: 7, hasTitleField: false },
      ),
      entryType('picture', { image: field.assets({ frontend, max: 1 }) }),
    ],
  }),
  block: field.contentBlock({
    frontend,
    fields: { words: field.text({ frontend, charLimit: 10 }), image: field.assets({ frontend, max: 1 }) },
  }),
  addresses: field.addresses({ frontend, max: 2 }),
};

const shelves = field.categories({ frontend, section: 'topics', maintainHierarchy: true, branchLimit: 1 });
const shelf = entryType('shelf', { shelves }, { hasTitleField: false });

const sections = [
  section({
    handle: 'shop',
    type: 'channel',
    entryTypes: [entryType('product', { shelves, more: field.matrix({ frontend, types: [shelf] }) })],
  }),
  section({ handle: 'posts', type: 'channel', entryTypes: [entryType('post', layout)] }),
  section({ handle: 'topics', type: 'structure', entryTypes: [entryType('topic', {})] }),
  section({ handle: 'tags', type: 'channel', entryTypes: [entryType('tag', {})] }),
];

type Open = (options: object) => Promise<TestSite>;

/** A site with an entry to change, and others that it may name. */
async function studio(open: Open) {
  const site = await open({ sections, users: { groups: { members: { name: 'Members', permissions: [] } } } });
  const admin = await site.user({ admin: true });
  const member = await site.user({ groups: ['members'] });
  const visitor = await site.login(admin);
  const made = async (sectionId: string, title: string): Promise<number> => {
    const answer = await visitor.json(SAVE, { sectionId, title });
    expect(answer.status, answer.text).toBe(200);
    return answer.json.id as number;
  };
  const ids = {
    post: await made('posts', 'Post'),
    first: await made('posts', 'First'),
    second: await made('posts', 'Second'),
    topic: await made('topics', 'Topic'),
    member: member.id,
    stranger: admin.id,
  };
  const save = (fields: unknown) => visitor.json(SAVE, { canonicalId: ids.post, fields });
  return { site, visitor, ids, save, made };
}

/** The ways in which all but files are sent: JSON, a multipart form, and an HTML form on a page. */
const WAYS: ReadonlyArray<
  readonly [string, (visitor: Visitor, id: number, fields: object) => Promise<Answer>]
> = [
  ['JSON', (visitor, id, fields) => visitor.json(SAVE, { canonicalId: id, fields })],
  ['multipart', (visitor, id, fields) => visitor.upload(SAVE, { canonicalId: id, fields: { ...fields } })],
  [
    'a form on a page',
    async (visitor, id, fields) => {
      const answer = await visitor.form('/page', SAVE, { canonicalId: id, fields: { ...fields } });
      if (answer.status === 303) return visitor.json(SAVE, { canonicalId: id });
      return answer;
    },
  ],
];

const fieldsOf = (answer: Answer): Record<string, any> => {
  expect(answer.status, answer.text).toBe(200);
  return answer.json.entry.fields as Record<string, any>;
};
const errorsOf = (answer: Answer): unknown => {
  expect(answer.status, answer.text).toBe(400);
  return answer.json.errors;
};

const png = async (): Promise<File> => {
  const pixels = sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } });
  return new File([new Uint8Array(await pixels.png().toBuffer())], 'red.png', { type: 'image/png' });
};

/** What a browser sends for a file input in which nothing was chosen; Node's own forms leave the filename out. */
async function emptyInput(visitor: Visitor, id: number, name: string): Promise<Answer> {
  const part = (disposition: string, text: string): string =>
    `--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;
  const body = [
    part('name="PORTICO_CSRF_TOKEN"', await visitor.token()),
    part('name="canonicalId"', String(id)),
    part(`name="${name}"; filename=""`, ''),
    '--x--\r\n',
  ].join('');
  const headers = { accept: 'application/json', 'content-type': 'multipart/form-data; boundary=x' };
  return visitor.send(`/actions/${SAVE}`, { method: 'POST', body, headers });
}

describeSites('entries/save-entry: fields of several parts', (open) => {
  describe.each(WAYS)('as %s', (_way, send) => {
    it('takes relations in all their forms', async () => {
      const { visitor, ids } = await studio(open);
      const { first, second, topic, member } = ids;
      const forms: ReadonlyArray<readonly [object, object]> = [
        [{ entries: [second, first] }, { entries: [second, first] }],
        [{ entries: ['', String(first), first] }, { entries: [first] }],
        [{ entries: { 1: first, 0: second } }, { entries: [second, first] }],
        [{ entries: String(second) }, { entries: [second] }],
        [{ entries: '' }, { entries: [] }],
        [{ entries: [first] }, { entries: [first] }],
        [{ entries: [''] }, { entries: [] }],
        [{ categories: [topic] }, { categories: [topic] }],
        [{ users: member }, { users: [member] }],
        [
          { categories: '', users: [''] },
          { categories: [], users: [] },
        ],
      ];
      for (const [posted, kept] of forms)
        expect(fieldsOf(await send(visitor, ids.post, posted)), JSON.stringify(posted)).toMatchObject(kept);
    });

    it('makes tags by their titles, once', async () => {
      const { visitor, ids, site } = await studio(open);
      const { tags } = fieldsOf(await send(visitor, ids.post, { tags: 'Clay, glaze' }));
      expect(tags).toHaveLength(2);
      const again = fieldsOf(await send(visitor, ids.post, { tags: ['GLAZE', String(tags[0]), 'salt'] }));
      expect(again['tags'].slice(0, 2)).toEqual([tags[1], tags[0]]);
      const [, , salt] = again['tags'] as number[];
      expect(await site.site.services.database.entries.find(salt ?? 0)).toMatchObject({
        section: 'tags',
        sites: { default: { title: 'salt' } },
      });
    });

    it('takes tables, entries, blocks and addresses in all their forms', async () => {
      const { visitor, ids } = await studio(open);
      const row = (cells: object) => ({ step: null, minutes: null, hot: false, ...cells });
      const quote = (text: string, more: object = {}) => ({
        uid: expect.any(String) as string,
        type: 'quote',
        title: null,
        slug: null,
        enabled: true,
        fields: { text, related: [] },
        ...more,
      });
      const uid = '11111111-2222-4333-8444-555555555555';
      const line = {
        countryCode: 'US',
        addressLine1: '1 Main St',
        locality: 'Town',
        administrativeArea: 'CA',
        postalCode: '90001',
      };
      const forms: ReadonlyArray<readonly [object, object]> = [
        [
          { table: { 0: { step: 'Throw', minutes: '5' }, 1: { col1: 'Fire', col3: '1' } } },
          { table: [row({ step: 'Throw', minutes: 5 }), row({ step: 'Fire', hot: true })] },
        ],
        [{ table: '[{"step":"Glaze","minutes":2.5}]' }, { table: [row({ step: 'Glaze', minutes: 2.5 })] }],
        [{ table: '' }, { table: [] }],
        [
          {
            matrix: {
              sortOrder: ['new:2', 'new:1'],
              entries: {
                'new:1': { type: 'quote', fields: { text: 'One' } },
                'new:2': { type: '7', fields: { text: 'Two' }, enabled: '' },
              },
            },
          },
          { matrix: [quote('Two', { id: 1, enabled: false }), quote('One', { id: 2 })] },
        ],
        [
          {
            matrix: {
              sortOrder: ['2', '1'],
              entries: { 2: { fields: { text: 'Uno', related: [ids.first] } } },
            },
          },
          { matrix: [quote('Uno', { id: 2, fields: { text: 'Uno', related: [ids.first] } }), { id: 1 }] },
        ],
        [{ matrix: '*' }, { matrix: [{ id: 2 }, { id: 1 }] }],
        [
          {
            matrix: {
              sortOrder: ['1', uid],
              blocks: { [`uid:${uid}`]: { type: 'quote', fields: { text: 'Three' } } },
            },
          },
          { matrix: [{ id: 1 }, quote('Three', { id: 3, uid })] },
        ],
        [
          { matrix: { 0: { id: '3' }, 1: { id: '', type: 'quote', fields: { text: 'Row' } } } },
          { matrix: [{ id: 3, uid }, quote('Row', { id: 4 })] },
        ],
        [{ matrix: { [uid]: { fields: { text: 'Alone' } } } }, { matrix: [quote('Alone', { id: 3, uid })] }],
        [{ matrix: '' }, { matrix: [] }],
        [{ block: { fields: { words: 'Hi' } } }, { block: { words: 'Hi' } }],
        [{ block: { words: 'Hello' } }, { block: { words: 'Hello' } }],
        [{ block: '' }, { block: null }],
        [
          {
            addresses: {
              sortOrder: ['new:1'],
              addresses: { 'new:1': { ...line, title: 'Home', latitude: '1.5' } },
            },
          },
          { addresses: [{ id: 1, ...line, title: 'Home', latitude: 1.5 }] },
        ],
        [
          { addresses: { 0: { id: '1', locality: 'City' }, 1: line } },
          {
            addresses: [
              { id: 1, locality: 'City', title: 'Home' },
              { id: 2, ...line },
            ],
          },
        ],
        [{ addresses: '' }, { addresses: [] }],
      ];
      for (const [posted, kept] of forms)
        expect(fieldsOf(await send(visitor, ids.post, posted)), JSON.stringify(posted)).toMatchObject(kept);
    });
  });

  it('tells what is wrong where it was posted, and keeps nothing of it', async () => {
    const { save, ids } = await studio(open);
    const before = fieldsOf(await save({ matrix: [{ type: 'quote', fields: { text: 'Kept' } }] }));
    const { topic, stranger } = ids;
    const refusals: ReadonlyArray<readonly [object, object]> = [
      [{ entries: ['soon'] }, { 'fields.entries': ['Entries must be a list of IDs, such as 5 or [5, 8].'] }],
      [{ entries: [999_999] }, { 'fields.entries': ['Entries: entry “999999” is not available.'] }],
      [{ entries: [topic] }, { 'fields.entries': [`Entries: entry “${topic}” is not available.`] }],
      [{ users: [stranger] }, { 'fields.users': [`Users: user “${stranger}” is not available.`] }],
      [{ assets: ['7'] }, { 'fields.assets': ['Assets: asset “7” is not available.'] }],
      [
        { assets: { data: ['x'] } },
        {
          'fields.assets': [
            'Assets: data must hold files as data URIs in base64, such as data:image/png;base64,….',
          ],
        },
      ],
      [
        { table: [{ step: 'far too long a step' }] },
        { 'fields.table.0.step': ['Step should contain at most 10 characters.'] },
      ],
      [{ table: [{}, {}, {}] }, { 'fields.table': ['Table should contain at most 2 rows.'] }],
      [{ table: 'x' }, { 'fields.table': ['Table must be a list of rows.'] }],
      [
        { matrix: { entries: { 'new:1': { type: 'video' } } } },
        {
          'fields.matrix.entries.new:1.type': [
            'There is no entry type “video” here. There are quote, picture.',
          ],
        },
      ],
      [
        { matrix: { sortOrder: ['new:1'], entries: { 'new:1': { type: 'quote', fields: {} } } } },
        { 'fields.matrix.entries.new:1.fields.text': ['Text cannot be blank.'] },
      ],
      [
        { matrix: { blocks: { 'new:1': { type: 'quote', fields: { text: 'x', related: [999_999] } } } } },
        { 'fields.matrix.blocks.new:1.fields.related': ['Matrix: entry “999999” is not available.'] },
      ],
      [{ matrix: [{ type: 'picture' }] }, { 'fields.matrix.0.title': ['Title cannot be blank.'] }],
      [
        { matrix: { 321: {} } },
        { 'fields.matrix.321': ['Matrix has no 321 any more. Leave it out, or send it as “new:1”.'] },
      ],
      [
        { matrix: 'x' },
        { 'fields.matrix': ['Matrix must be a list, or sent by IDs, with “new:1” for a new one.'] },
      ],
      [
        { entries: Array(100_000).fill(1) },
        { 'fields.entries': ['Entries should contain at most 1,000 selections at once.'] },
      ],
      [
        { block: { fields: { words: 'far too long' } } },
        { 'fields.block.fields.words': ['Words should contain at most 10 characters.'] },
      ],
      [
        { addresses: [{ countryCode: 'US' }] },
        { 'fields.addresses.0.addressLine1': ['Address line 1 cannot be blank.'] },
      ],
    ];
    for (const [posted, errors] of refusals) {
      const answer = await save(posted);
      expect(errorsOf(answer), JSON.stringify(posted)).toMatchObject(errors);
    }
    expect(fieldsOf(await save({}))['matrix']).toEqual(before['matrix']);
  });

  it('counts what is selected once the entry counts, and not on a draft', async () => {
    const { save, visitor, ids, made } = await studio(open);
    const four = [ids.post, ids.first, ids.second, await made('posts', 'Fourth')];
    expect(errorsOf(await save({ entries: four }))).toEqual({
      'fields.entries': ['Entries should contain at most 3 selections.'],
    });
    const draft = await visitor.json(SAVE, {
      canonicalId: ids.post,
      provisional: true,
      fields: { entries: four },
    });
    expect(fieldsOf(draft)['entries']).toEqual(four);
  });

  it('selects all above a category with it, and counts branches', async () => {
    const { visitor, made } = await studio(open);
    const child = async (title: string, parentId: number): Promise<number> => {
      const answer = await visitor.json(SAVE, { sectionId: 'topics', title, parentId });
      expect(answer.status, answer.text).toBe(200);
      return answer.json.id as number;
    };
    const top = await made('topics', 'Top');
    const middle = await child('Middle', top);
    const [left, right] = [await child('Left', middle), await child('Right', middle)];
    const save = (shelves: readonly number[]) =>
      visitor.json(SAVE, {
        sectionId: 'shop',
        title: 'Pot',
        fields: { shelves, more: [{ fields: { shelves } }] },
      });
    const { shelves, more } = fieldsOf(await save([left]));
    expect(shelves).toEqual([top, middle, left]);
    expect(more[0].fields.shelves).toEqual([top, middle, left]);
    expect(errorsOf(await save([left, right]))).toEqual({
      'fields.shelves': ['Shelves should contain at most 1 branch.'],
      'fields.more.0.fields.shelves': ['More should contain at most 1 branch.'],
    });
  });

  it('keeps files: posted, as data URIs, mixed with ids, within entries and blocks', async () => {
    const { site, visitor, ids } = await studio(open);
    const file = await png();
    const uri = `data:image/png;base64,${Buffer.from(await file.arrayBuffer()).toString('base64')}`;
    const upload = async (fields: object): Promise<Record<string, any>> =>
      fieldsOf(await visitor.upload(SAVE, { canonicalId: ids.post, fields: { ...fields } }));
    const asset = (id: number) => site.site.services.database.assets.find(id);

    const [one] = (await upload({ assets: [file] }))['assets'] as number[];
    expect(await asset(one ?? 0)).toMatchObject({ kind: 'image', volume: 'uploads', width: 2 });
    const two = (await upload({ assets: [file] }))['assets'] as number[];
    expect(two).toEqual([one, expect.any(Number)]);
    const mixed = await visitor.json(SAVE, {
      canonicalId: ids.post,
      fields: { assets: { 0: two[1], data: [uri], filename: ['../named.png'] } },
    });
    const [kept, named] = fieldsOf(mixed)['assets'] as number[];
    expect(kept).toBe(two[1]);
    expect((await asset(named ?? 0))?.filename).toMatch(/^named\.\w+$/);
    const form = new FormData();
    form.set('PORTICO_CSRF_TOKEN', await visitor.token());
    form.set('canonicalId', String(ids.post));
    form.append('fields[assets]', '');
    form.append('fields[assets][]', String(one));
    form.append('fields[assets][data][]', uri);
    const both = await visitor.send(`/actions/${SAVE}`, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
    });
    expect(fieldsOf(both)['assets']).toEqual([one, expect.any(Number)]);

    const cover = (await upload({ cover: file }))['cover'] as number[];
    expect(cover).toHaveLength(1);
    expect(fieldsOf(await emptyInput(visitor, ids.post, 'fields[cover][]'))['cover']).toEqual(cover);
    const other = (await upload({ cover: file }))['cover'] as number[];
    expect(other).toHaveLength(1);
    expect(other).not.toEqual(cover);

    const nested = await upload({
      matrix: {
        sortOrder: ['new:1'],
        entries: { 'new:1': { type: 'picture', title: 'A', fields: { image: [file] } } },
      },
      block: { fields: { image: [file] } },
    });
    expect(await asset(nested['matrix'][0].fields.image[0])).toMatchObject({ kind: 'image' });
    expect(await asset(nested['block'].image[0])).toMatchObject({ kind: 'image' });
  });

  it('refuses a file that is none of its kinds where it was posted, and keeps none', async () => {
    const { visitor, ids } = await studio(open);
    const script = new File(['<script>alert(1)</script>'], 'red.png', { type: 'image/png' });
    const answer = await visitor.upload(SAVE, {
      canonicalId: ids.post,
      fields: { matrix: { 'new:1': { type: 'picture', title: 'A', fields: { image: [script] } } } },
    });
    expect(Object.keys(errorsOf(answer) as object)).toEqual(['fields.matrix.new:1.fields.image']);
    expect(fieldsOf(await visitor.json(SAVE, { canonicalId: ids.post }))['matrix']).toEqual([]);
  });
});
