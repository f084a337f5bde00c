import { createPortico, type Form, type Plugin, type PorticoContext } from 'portico';
import { expect, it } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import { field } from '../../src/content/field.ts';
import { section } from '../../src/content/section.ts';
import { createEntryForm, type EntryForm } from '../../src/entries/entry-form.ts';
import { entryRecord, type EntryRecord } from '../../src/entries/query/entry-record.ts';
import { describeSites, type TestSite, type Visitor } from '../support/site.ts';

const frontend = true;
const posts = section({
  handle: 'posts',
  id: 3,
  type: 'channel',
  entryTypes: [
    entryType('post', {
      body: field.text({ frontend, charLimit: 20, required: true }),
      price: field.number({ frontend, min: 0, max: 99 }),
      related: field.entries({ frontend }),
      glaze: field.dropdown({ frontend, options: ['salt', { value: 'ash', label: 'Wood ash' }] }),
      cover: field.assets({ frontend, max: 1 }),
      steps: field.table({ frontend, columns: { step: field.text({ charLimit: 9 }) }, maxRows: 3 }),
      blocks: field.matrix({
        frontend,
        types: [
          entryType('quote', { text: field.text({ frontend, charLimit: 5 }) }, { hasTitleField: false }),
          entryType('link', { label: field.text({ frontend, charLimit: 7 }) }),
        ],
      }),
      seo: field.contentBlock({ frontend, fields: { words: field.text({ frontend, charLimit: 8 }) } }),
      secret: field.text({ charLimit: 4 }),
    }),
    entryType('note', {}, { titleFormat: 'Note {id}' }),
  ],
});

/** The form of a page as the visitor gets it, `fields` posted to the page before. */
async function shown(
  { site, origin }: TestSite,
  visitor: Visitor,
  describe: (entryForm: EntryForm, ctx: PorticoContext) => Form | Promise<Form>,
  fields?: Readonly<Record<string, string>>,
): Promise<Form> {
  const portico = createPortico({
    plugins: [site as Plugin],
    csrf: 'origin',
    secrets: ['a secret of the tests that is long enough'],
    logger: { error: () => {}, warn: () => {} },
  });
  const entryForm = createEntryForm(site.services, site.actions.entries.saveEntry);
  let form: Form | undefined;
  const answer = portico.wrap(async (request) => {
    form = await describe(entryForm, portico.context(request));
    return new Response('<p>Page', { headers: { 'content-type': 'text/html' } });
  });
  const headers = {
    'user-agent': 'Test browser',
    'sec-fetch-site': 'same-origin',
    cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  };
  const url = new URL(fields ? '/page?_action=entries.saveEntry' : '/page', origin);
  const init = fields ? { method: 'POST', headers, body: new URLSearchParams(fields) } : { headers };
  const response = await answer(new Request(url, init));
  if (form === undefined) throw new Error(`The page was not rendered: ${response.status}`);
  return form;
}

async function editor(open: (options: object) => Promise<TestSite>) {
  const test = await open({ sections: [posts] });
  const visitor = await test.login(await test.user({ admin: true }));
  const save = async (input: object): Promise<number> => {
    const answer = await visitor.json('entries/save-entry', { ...input });
    expect(answer.status, answer.text).toBe(200);
    return answer.json.id as number;
  };
  const record = async (id: number): Promise<EntryRecord> => {
    const { database, content, now } = test.site.services;
    const entry = await database.entries.find(id);
    const found = entry && entryRecord(entry, 'default', content, now());
    if (found === undefined) throw new Error(`There is no entry ${id}.`);
    return found;
  };
  return { test, visitor, save, record };
}

const hiddenOf = (form: Form) => Object.fromEntries(form.hidden.map(({ name, value }) => [name, value]));

describeSites('entryForm', (open) => {
  it('describes a new entry of a section, with what each field asks for', async () => {
    const { test, visitor } = await editor(open);
    const form = await shown(test, visitor, (entryForm, ctx) => entryForm(ctx, 'posts', { redirect: '/x' }));
    expect(hiddenOf(form)).toMatchObject({ sectionId: '3', typeId: 'post', siteId: 'default' });
    expect(Object.keys(hiddenOf(form))).not.toContain('canonicalId');
    expect(form.attributes.enctype).toBe('multipart/form-data');
    expect(form.field('title').attributes).toMatchObject({ required: true, maxlength: 255 });
    expect(form.field('postDate').attributes).toMatchObject({ type: 'datetime-local' });
    expect(form.field('fields[body]').attributes).toMatchObject({ required: true, maxlength: 20 });
    expect(form.field('fields[price]').attributes).toMatchObject({ type: 'number', min: '0', max: '99' });
    expect(form.field('fields[glaze]').options?.map(({ value }) => value)).toContain('ash');
    expect(form.field('fields[cover][]').attributes).toMatchObject({ type: 'file', accept: 'image/*' });
    expect(form.field('fields[seo][words]').attributes).toMatchObject({ maxlength: 8 });
    expect(form.field('fields[secret]').attributes).not.toHaveProperty('maxlength');
    expect(form.hasRows).toBe(true);
  });

  it('shows an entry that is edited, with the rows of its lists', async () => {
    const { test, visitor, save, record } = await editor(open);
    const id = await save({
      sectionId: 'posts',
      title: 'A pot',
      postDate: '2026-01-31T09:30',
      fields: {
        body: 'Text',
        glaze: 'ash',
        steps: [{ step: 'Throw' }, { step: 'Fire' }],
        blocks: [
          { type: 'quote', fields: { text: 'Hi' } },
          { type: 'link', title: 'L', fields: { label: 'Go' } },
        ],
        seo: { words: 'Clay' },
      },
    });
    const entry = await record(id);
    const form = await shown(test, visitor, (entryForm, ctx) =>
      entryForm(ctx, 'posts', { entry, values: { title: 'Another' } }),
    );
    expect(hiddenOf(form)).toMatchObject({ canonicalId: String(id), version: '1', typeId: 'post' });
    expect(Object.keys(hiddenOf(form))).not.toContain('sectionId');
    expect(form.field('title').value).toBe('Another');
    expect(form.field('postDate').value).toBe('2026-01-31T09:30');
    expect(form.field('fields[glaze]').options?.find(({ selected }) => selected)?.label).toBeDefined();
    expect(form.field('fields[seo][words]').value).toBe('Clay');
    const steps = form.list('fields[steps]');
    expect(steps.rows.map((row) => row.field('step').value)).toEqual(['Throw', 'Fire']);
    expect(steps.rows[0]?.field('step').attributes.maxlength).toBe(9);
    const [first, second] = form.list('fields[blocks]').rows;
    expect(first?.field('id').value).toBe('1');
    expect(first?.field('type').value).toBe('quote');
    expect(first?.field('fields[text]').attributes).toMatchObject({ value: 'Hi', maxlength: 5 });
    expect(second?.field('fields[label]').attributes).toMatchObject({ value: 'Go', maxlength: 7 });
  });

  it('shows relations by their ids, loaded or not', async () => {
    const { test, visitor, save, record } = await editor(open);
    const other = await save({ sectionId: 'posts', title: 'Other', fields: { body: 'Text' } });
    const id = await save({ sectionId: 'posts', title: 'One', fields: { body: 'Text', related: [other] } });
    const entry = await record(id);
    const loaded = { ...entry, fields: { ...entry.fields, related: [await record(other)] } };
    for (const edited of [entry, loaded]) {
      const form = await shown(test, visitor, (entryForm, ctx) => entryForm(ctx, 'posts', { entry: edited }));
      expect(form.field('fields[related][]').value).toEqual([String(other)]);
    }
  });

  it('shows what was typed, beside what is wrong with it, and adds rows', async () => {
    const { test, visitor } = await editor(open);
    const typed = {
      sectionId: 'posts',
      title: 'A pot',
      'fields[body]': 'a text that is far too long',
      'fields[steps][0][step]': 'far too long a step',
      'fields[blocks][0][type]': 'quote',
      'fields[blocks][0][fields][text]': 'far too long',
    };
    const form = await shown(test, visitor, (entryForm, ctx) => entryForm(ctx, 'posts'), typed);
    expect(form.field('fields[body]')).toMatchObject({
      value: 'a text that is far too long',
      errors: ['Body should contain at most 20 characters.'],
    });
    expect(form.list('fields[steps]').rows[0]?.field('step').errors).toHaveLength(1);
    expect(form.list('fields[blocks]').rows[0]?.field('fields[text]').errors).toHaveLength(1);
    const more = await shown(test, visitor, (entryForm, ctx) => entryForm(ctx, 'posts'), {
      ...typed,
      _list: 'add:fields.steps',
    });
    expect(more.list('fields[steps]').rows).toHaveLength(2);
    expect(more.field('fields[body]').errors).toEqual([]);
  });

  it('keeps the version that was edited after a failure, and takes the newer one after a conflict', async () => {
    const { test, visitor, save, record } = await editor(open);
    const id = await save({ sectionId: 'posts', title: 'One', fields: { body: 'Text' } });
    await save({ canonicalId: id, title: 'Two' });
    const describe = async (entryForm: EntryForm, ctx: PorticoContext) =>
      entryForm(ctx, 'posts', { entry: await record(id) });
    const sent = { canonicalId: String(id), title: 'Mine', version: '2' };
    const refused = await shown(
      test,
      visitor,
      async (entryForm, ctx) => {
        await save({ canonicalId: id, title: 'Three' });
        return describe(entryForm, ctx);
      },
      { ...sent, 'fields[price]': 'free' },
    );
    expect(refused.field('fields[price]').errors).toEqual(['Price must be a number.']);
    expect(hiddenOf(refused)['version']).toBe('2');
    const conflict = await shown(test, visitor, describe, sent);
    expect(conflict.message).toMatch(/^Somebody saved this entry/);
    expect(conflict.field('title').value).toBe('Mine');
    expect(hiddenOf(conflict)['version']).toBe('3');
  });

  it.each([
    ['section', 'blog', {}],
    ['entry type', 'posts', { type: 'video' }],
    ['site', 'posts', { site: 'mars' }],
  ])('says which %s there is none of', async (what, handle, options) => {
    const { test, visitor } = await editor(open);
    const form = await shown(test, visitor, (entryForm, ctx) => {
      expect(() => entryForm(ctx, handle, options)).toThrow(
        new RegExp(`^entryForm\\(\\): there is no ${what} "\\w+"\\. Name one by its handle or its id\\.$`),
      );
      return entryForm(ctx, 'posts', { type: 'note' });
    });
    expect(form.field('title').attributes).not.toHaveProperty('required');
  });
});
