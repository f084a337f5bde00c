import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineAction } from 'portico';
import { form, renderErrors, renderInput, type FormField } from 'portico/html';
import { z } from 'zod';
import { hostileText, tokenize } from './markup.ts';
import { afterPost, onPage } from './site.ts';

const input = z.object({
  email: z.email(),
  bio: z.string().max(200).optional(),
  nick: z.string().default('nobody'),
  age: z.number().int().min(18).max(120),
  terms: z.boolean(),
  news: z.boolean().default(true),
  accept: z.literal(true),
  plan: z.enum(['free', 'pro']),
  level: z.union([z.literal(1), z.literal(2)]).optional(),
  tags: z.array(z.enum(['a', 'b', 'c'])).default(['a']),
  some: z
    .array(z.enum(['a', 'b']))
    .min(1)
    .optional(),
  maybe: z.array(z.enum(['a', 'b'])).optional(),
  agree: z.literal(true).optional(),
  words: z.array(z.string().min(2)),
  born: z.date().optional(),
  meets: z.date().meta({ format: 'date-time' }),
  password: z.string().min(8),
  pin: z.string().meta({ secret: true }).default('1234'),
  photo: z.file().mime(['image/png']),
  photos: z.array(z.file()).max(3).optional(),
  address: z.object({ city: z.string() }).optional(),
  home: z.object({ city: z.string().default('Bern') }),
  contact: z.discriminatedUnion('by', [
    z.object({ by: z.literal('mail'), mail: z.string(), note: z.string() }),
    z.object({ by: z.literal('phone'), phone: z.string(), note: z.string() }),
  ]),
});
const server = { save: defineAction({ accept: 'form', input, handler: async () => null }) };
type Values = Parameters<typeof form<typeof server.save>>[2] extends (infer O) | undefined
  ? O extends { values?: infer V }
    ? V
    : never
  : never;

const fieldOf = (name: string, values?: Values): Promise<FormField> =>
  onPage(server, (ctx) =>
    form(ctx, server.save, values === undefined ? {} : { values }).field(name as 'email'),
  );
const posted = (
  fields: Record<string, string> | ReadonlyArray<readonly [string, string]>,
  name: string,
  values?: Values,
): Promise<FormField> =>
  afterPost(server, '/?_action=save', fields, (ctx) =>
    form(ctx, server.save, values === undefined ? {} : { values }).field(name as 'email'),
  );

describe('attributes from the schema', () => {
  test.each<[string, Record<string, unknown>]>([
    ['email', { type: 'email', value: '', required: true }],
    ['bio', { type: 'text', value: '', maxlength: 200 }],
    ['nick', { type: 'text', value: 'nobody' }],
    ['age', { type: 'number', value: '', required: true, min: '18', max: '120', step: '1' }],
    ['terms', { type: 'checkbox', value: 'true' }],
    ['news', { type: 'checkbox', value: 'true', checked: true }],
    ['accept', { type: 'checkbox', value: 'true' }],
    ['plan', { required: true }],
    ['level', {}],
    ['tags', { multiple: true }],
    ['born', { type: 'date', value: '' }],
    ['meets', { type: 'datetime-local', value: '', required: true }],
    ['password', { type: 'password', required: true, minlength: 8 }],
    ['pin', { type: 'password' }],
    ['photo', { type: 'file', required: true, accept: 'image/png' }],
    ['photos', { type: 'file', multiple: true }],
    ['address.city', { type: 'text', value: '' }],
    ['home.city', { type: 'text', value: 'Bern' }],
    ['contact.by', { required: true }],
    ['contact.mail', { type: 'text', value: '' }],
    ['contact.note', { type: 'text', value: '', required: true }],
    ['unheardOf', { type: 'text', value: '' }],
  ])('%s: %j', async (name, expected) => {
    const { attributes, id } = await fieldOf(name);
    expect(attributes).toEqual({ id, name, ...expected });
  });

  test.each<[string, Record<string, unknown>]>([
    ['bio', { type: 'text', defaultValue: '', maxLength: 200 }],
    ['news', { type: 'checkbox', value: 'true', defaultChecked: true }],
    ['terms', { type: 'checkbox', value: 'true' }],
    ['plan', { required: true, defaultValue: '' }],
    ['tags', { multiple: true, defaultValue: ['a'] }],
    ['password', { type: 'password', required: true, minLength: 8 }],
  ])('React’s names of %s: %j', async (name, expected) => {
    const { props, id } = await fieldOf(name);
    expect(props).toEqual({ id, name, ...expected });
  });
});

describe('options', () => {
  const selected = ({ options }: FormField) =>
    options?.map((option) => `${option.value}${option.selected ? '*' : ''}`).join(' ');
  test.each<[string, Values | undefined, string | undefined]>([
    ['plan', undefined, 'free pro'],
    ['plan', { plan: 'pro' }, 'free pro*'],
    ['level', { level: 2 }, '1 2*'],
    ['tags', undefined, 'a* b c'],
    ['tags', { tags: ['b', 'c'] }, 'a b* c*'],
    ['tags', { tags: new Set(['b'] as const) }, 'a b* c'],
    ['tags', { tags: null }, 'a b c'],
    ['contact.by', { contact: { by: 'phone' } }, 'mail phone*'],
    ['terms', undefined, undefined],
    ['email', undefined, undefined],
  ])('%s with %j: %s', async (name, values, expected) => {
    expect(selected(await fieldOf(name, values))).toBe(expected);
  });

  test.each<[string, Array<readonly [string, string]>, string]>([
    ['plan', [['plan', 'pro']], 'free pro*'],
    ['plan', [], 'free pro'],
    ['tags', [], 'a b c'],
    ['tags', [['tags', '']], 'a b c'],
    [
      'tags',
      [
        ['tags', ''],
        ['tags', 'c'],
      ],
      'a b c*',
    ],
    [
      'tags',
      [
        ['tags[]', 'b'],
        ['tags[]', 'c'],
      ],
      'a b* c*',
    ],
    [
      'tags',
      [
        ['tags[0]', 'b'],
        ['tags.1', 'c'],
      ],
      'a b* c*',
    ],
  ])('%s after %j was sent: %s', async (name, fields, expected) => {
    expect(selected(await posted(fields, name, { plan: 'free', tags: ['a'] }))).toBe(expected);
  });
});

describe('values', () => {
  const when = new Date('2026-01-31T09:30:00Z');
  test.each<[string, Values, unknown]>([
    ['email', { email: 'a@b.example' }, 'a@b.example'],
    ['nick', { nick: null }, ''],
    ['nick', { nick: undefined }, 'nobody'],
    ['age', { age: 0 }, '0'],
    ['terms', { terms: true }, 'true'],
    ['news', { news: false }, ''],
    ['born', { born: when }, '2026-01-31'],
    ['meets', { meets: when }, '2026-01-31T09:30'],
    ['words', { words: ['ab', 'cd'] }, ['ab', 'cd']],
    ['words[1]', { words: ['ab', 'cd'] }, 'cd'],
    ['home[city]', { home: { city: 'Chur' } }, 'Chur'],
    ['address.city', { address: null }, ''],
    ['password', { password: 'secret123' }, ''],
    ['pin', { pin: '9999' }, ''],
    ['photo', { photo: new File(['x'], 'x.png') }, ''],
    ['constructor', {}, ''],
    ['home.constructor', { home: { city: 'Chur' } }, ''],
    ['toString', {}, ''],
  ])('%s of %j: %j', async (name, values, expected) => {
    expect((await fieldOf(name, values)).value).toEqual(expected);
  });

  test.each<[string, Record<string, string>, unknown]>([
    ['email', { email: 'typed' }, 'typed'],
    ['email', { email: '' }, ''],
    ['email', { other: '' }, 'given'],
    ['age', { age: 'abc' }, 'abc'],
    ['terms', { terms: 'on' }, 'true'],
    ['terms', { email: 'x' }, ''],
    ['news', { email: 'x' }, ''],
    ['born', { born: '2026-02-30' }, '2026-02-30'],
    ['meets', { meets: '2026-01-31T09:30' }, '2026-01-31T09:30'],
    ['home.city', { 'home[city]': 'Chur' }, 'Chur'],
    ['home[city]', { 'home.city': 'Chur' }, 'Chur'],
    ['password', { password: 'typed-it' }, ''],
    ['pin', { pin: '1' }, ''],
  ])('%s after %j was sent: %j', async (name, fields, expected) => {
    expect((await posted(fields, name, { email: 'given', terms: true })).value).toEqual(expected);
  });

  test('no secret is anywhere in a field', async () => {
    for (const name of ['password', 'pin']) {
      const field = await posted({ [name]: 'typed-it' }, name, { password: 'given-pw', pin: 'given-pin' });
      expect(JSON.stringify(field)).not.toMatch(/typed-it|given-|1234/);
    }
  });

  test('what a checkbox and a group of them need before them, so that nothing checked is sent as such', async () => {
    const hidden = async (name: string) => (await fieldOf(name)).hidden;
    expect(await hidden('terms')).toEqual([]);
    expect(await hidden('news')).toEqual([{ name: 'news', value: 'false' }]);
    expect(await hidden('agree')).toEqual([]);
    expect(await hidden('tags')).toEqual([{ name: 'tags', value: '' }]);
    expect(await hidden('maybe')).toEqual([{ name: 'maybe', value: '' }]);
    expect(await hidden('some')).toEqual([]);
    expect((await posted([['news', 'false']], 'news')).value).toBe('');
    expect(
      (
        await posted(
          [
            ['news', 'false'],
            ['news', 'true'],
          ],
          'news',
        )
      ).value,
    ).toBe('true');
  });
});

describe('errors', () => {
  test('stand with their field, which refers to them', async () => {
    const { errors, attributes, props, id } = await posted({ email: 'x' }, 'email');
    expect(errors).toHaveLength(1);
    expect(attributes).toMatchObject({ 'aria-invalid': 'true', 'aria-describedby': `${id}-errors` });
    expect(props).toMatchObject({ 'aria-invalid': 'true', 'aria-describedby': `${id}-errors` });
  });

  test('nested, under any notation', async () => {
    expect(
      (await posted({ 'contact.by': 'mail', 'contact.note': 'n' }, 'contact[mail]')).errors,
    ).toHaveLength(1);
  });

  test('of the elements of a list stand with the list, where it is one field', async () => {
    expect(
      (
        await posted(
          [
            ['words', 'a'],
            ['words', 'bcd'],
          ],
          'words',
        )
      ).errors,
    ).toHaveLength(1);
    expect(
      (
        await posted(
          [
            ['words', 'a'],
            ['words', 'bcd'],
          ],
          'words[0]',
        )
      ).errors,
    ).toHaveLength(1);
    expect(
      (
        await posted(
          [
            ['words', 'a'],
            ['words', 'bcd'],
          ],
          'words[1]',
        )
      ).errors,
    ).toEqual([]);
  });

  test.each(['constructor', 'toString', '__proto__'])('there are none for %s', async (name) => {
    expect((await posted({ email: 'x' }, name)).errors).toEqual([]);
  });
});

describe('ids', () => {
  test('differ for different fields and forms, and need no escaping', async () => {
    const names = [
      'a',
      'a.b',
      'a-b',
      'a_b',
      'a b',
      'ab',
      'a[0].b',
      'a[01].b',
      'ä',
      'a--b',
      'a.-b',
      'a-.b',
      '💥',
      'a/b',
    ];
    const ids = await onPage(server, (ctx) =>
      ['f', 'f-a', 'g', undefined].flatMap((id) =>
        names.map((name) => form(ctx, server.save, id === undefined ? {} : { id }).field(name as 'email').id),
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w-]+$/);
    expect(ids[0]).toBe('f__a');
  });

  test('are the same for a field under any notation', async () => {
    const ids = await onPage(server, (ctx) =>
      ['words[0]', 'words.0'].map((name) => form(ctx, server.save).field(name as 'email').id),
    );
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('as markup', () => {
  const rendered = async (name: string, extra: Parameters<typeof renderInput>[1] = {}, values?: Values) =>
    String(renderInput(await fieldOf(name, values), extra));
  test.each<[string, () => Promise<string>, string]>([
    [
      'an input',
      () => rendered('email', { class: ['x', 'y'] }),
      '<input id="save__email" name="email" type="email" value="" required class="x y">',
    ],
    [
      'another type',
      () => rendered('email', { type: 'search' }),
      '<input id="save__email" name="email" type="search" value="" required>',
    ],
    [
      'a checkbox',
      () => rendered('terms'),
      '<input id="save__terms" name="terms" type="checkbox" value="true">',
    ],
    [
      'a checkbox with a default',
      () => rendered('news'),
      '<input type="hidden" name="news" value="false"><input id="save__news" name="news" type="checkbox" value="true" checked>',
    ],
    [
      'a textarea',
      () => rendered('bio', { type: 'textarea', rows: 5 }, { bio: '\n</textarea>' }),
      '<textarea id="save__bio" name="bio" maxlength="200" rows="5">\n\n&lt;/textarea&gt;</textarea>',
    ],
    [
      'a select that must be answered',
      () => rendered('plan'),
      '<select id="save__plan" name="plan" required><option value=""></option><option value="free">free</option><option value="pro">pro</option></select>',
    ],
    [
      'a select that is answered',
      () => rendered('plan', {}, { plan: 'pro' }),
      '<select id="save__plan" name="plan" required><option value="free">free</option><option value="pro" selected>pro</option></select>',
    ],
    [
      'a select that may be empty',
      () => rendered('level', {}, { level: 1 }),
      '<select id="save__level" name="level"><option value=""></option><option value="1" selected>1</option><option value="2">2</option></select>',
    ],
    [
      'a select of several',
      () => rendered('tags'),
      '<input type="hidden" name="tags" value=""><select id="save__tags" name="tags" multiple><option value="a" selected>a</option><option value="b">b</option><option value="c">c</option></select>',
    ],
    [
      'radio buttons',
      () => rendered('plan', { type: 'radio' }, { plan: 'pro' }),
      '<label><input id="save__plan-0" name="plan" required type="radio" value="free"> free</label><label><input id="save__plan-1" name="plan" required type="radio" value="pro" checked> pro</label>',
    ],
    [
      'checkboxes',
      () => rendered('tags', { type: 'checkbox' }, { tags: ['b'] }),
      '<input type="hidden" name="tags" value=""><label><input id="save__tags-0" name="tags" type="checkbox" value="a"> a</label><label><input id="save__tags-1" name="tags" type="checkbox" value="b" checked> b</label><label><input id="save__tags-2" name="tags" type="checkbox" value="c"> c</label>',
    ],
    [
      'a password',
      () => rendered('password', {}, { password: 'x' }),
      '<input id="save__password" name="password" type="password" minlength="8" required>',
    ],
    [
      'a file',
      () => rendered('photo'),
      '<input id="save__photo" name="photo" type="file" accept="image/png" required>',
    ],
  ])('%s', async (_, render, expected) => {
    expect(await render()).toBe(expected);
  });

  test('errors, and a hint of one’s own beside them', async () => {
    const field = await posted({ email: '<b>' }, 'email');
    const [tag] = tokenize(String(renderInput(field, { aria: { describedby: 'hint', label: 'L' } }))).tags;
    expect(tag?.attributes.get('aria-describedby')).toBe('save__email-errors hint');
    expect(tag?.attributes.get('aria-label')).toBe('L');
    expect(tag?.attributes.get('value')).toBe('<b>');
    expect(String(renderErrors(field))).toBe(`<ul id="save__email-errors"><li>${field.errors[0]}</li></ul>`);
    expect(String(renderErrors(await fieldOf('email')))).toBe('');
  });

  test('whatever was typed and whatever the field is called, it is one element that shows just that', async () => {
    const free = {
      save: defineAction({
        accept: 'form',
        input: z.looseObject({ needed: z.string().min(1) }),
        handler: async () => null,
      }),
    };
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, text) => {
        fc.pre(
          name !== '' &&
            !/^(?:_form|_list|_action|needed|redirect|\w*Message)$/.test(name) &&
            !/passw|secret|token|constructor|proto/i.test(name),
        );
        const fields = await onPage(free, (ctx) => {
          const { field } = form(ctx, free.save, { values: { [name]: text } as never });
          return ['input', 'textarea'].map((type) =>
            String(renderInput(field(name), type === 'input' ? {} : { type })),
          );
        });
        const [asInput, asTextarea] = fields.map((markup) => tokenize(markup));
        expect(asInput?.tags).toHaveLength(1);
        expect(asInput?.tags[0]?.attributes.get('name')).toBe(name);
        expect(asTextarea?.tags).toHaveLength(1);
        expect(asTextarea?.tags[0]?.attributes.get('name')).toBe(name);
        expect(asTextarea?.text.replace(/^\n/, '')).toBe(asInput?.tags[0]?.attributes.get('value'));
        if (!/[.[]/.test(name)) expect(asInput?.tags[0]?.attributes.get('value')).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
