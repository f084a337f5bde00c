import { expect, it } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import { section } from '../../src/content/section.ts';
import { field } from '../../src/fields/define.ts';
import { describeSites, type Answer, type Visitor } from '../support/site.ts';

const SAVE = 'entries/save-entry';
const options = ['red', { value: 'blue', label: 'Blue sky' }, 'green'] as const;
const frontend = true;

const layout = {
  text: field.text({ frontend, charLimit: 40, byteLimit: 50, multiline: true }),
  number: field.number({ frontend, min: -10_000, max: 10_000, decimals: 2 }),
  range: field.range({ frontend, min: 0, max: 10, step: 0.5 }),
  money: field.money({ frontend, currency: 'EUR', min: 0, max: '1000.00' }),
  lightswitch: field.lightswitch({ frontend }),
  dropdown: field.dropdown({ frontend, options }),
  radio: field.radio({ frontend, options, customOptions: true }),
  buttonGroup: field.buttonGroup({ frontend, options }),
  checkboxes: field.checkboxes({ frontend, options, customOptions: true }),
  multiSelect: field.multiSelect({ frontend, options }),
  email: field.email({ frontend }),
  link: field.link({ frontend, types: ['url', 'email', 'tel', 'sms', 'entry', 'category', 'asset'] }),
  color: field.color({ frontend, palette: ['#c0ffee'], allowCustomColors: true }),
  country: field.country({ frontend }),
  date: field.date({ frontend, showTime: true, min: '2020-01-01', max: '2030-12-31' }),
  time: field.time({ frontend }),
  json: field.json({ frontend }),
};
type Handle = keyof typeof layout;
/** What is posted, and what the answer then shows. */
type Row = readonly [posted: unknown, kept: unknown];

const posts = section({
  handle: 'posts',
  type: 'channel',
  entryTypes: [entryType('post', layout)],
});

const base64 = (text: string): string => `base64:${Buffer.from(text).toString('base64')}`;
const DAY = 86_400_000;

/** Every form of every kind that a form can send as text; JSON sends the same. `first` is an entry to link to. */
function acceptedForms(now: number, first: number): Readonly<Record<Handle, readonly Row[]>> {
  const today = Math.floor(now / DAY) * DAY;
  const iso = (time: number): string => new Date(time).toISOString();
  const choices: readonly Row[] = [
    ['blue', 'blue'],
    ['__blank__', null],
    [base64('green'), 'green'],
    ['{"value":"red"}', 'red'],
    ['"blue"', 'blue'],
    ['', null],
  ];
  return {
    text: [
      [' two\r\nlines ', 'two\nlines'],
      ['', null],
      ['ä'.repeat(25), 'ä'.repeat(25)],
    ],
    number: [
      ['1234.5', 1234.5],
      ['', null],
      ['-7', -7],
      [{ value: '1.234,5', locale: 'de' }, 1234.5],
      [{ value: '1,234.5', locale: 'en-US' }, 1234.5],
      [{ value: '١٬٢٣٤٫٥', locale: 'ar-EG' }, 1234.5],
      [{ value: '۱٬۲۳۴٫۵', locale: 'fa-IR' }, 1234.5],
      [{ value: '5' }, 5],
      [{ value: '', locale: 'de' }, null],
    ],
    range: [
      ['7.5', 7.5],
      ['', null],
      [{ value: '2,5', locale: 'de' }, 2.5],
    ],
    money: [
      ['12.34', 1234],
      ['1234', 1234],
      ['', null],
      [{ value: '12' }, 1200],
      [{ value: '12,34', locale: 'de', currency: 'EUR' }, 1234],
      [{ value: '1,000.00', locale: 'en-US' }, 100_000],
    ],
    lightswitch: [
      ['1', true],
      ['', false],
      ['on', true],
      ['0', false],
      ['true', true],
      ['off', false],
      ['yes', true],
      ['false', false],
    ],
    dropdown: choices,
    radio: [...choices, ['mauve', 'mauve'], [base64('mauve'), 'mauve']],
    buttonGroup: choices,
    checkboxes: [
      [
        ['green', 'red'],
        ['red', 'green'],
      ],
      ['', []],
      [
        ['', 'zinc', 'blue'],
        ['blue', 'zinc'],
      ],
      [[''], []],
      ['["blue","red"]', ['red', 'blue']],
      [
        [base64('blue'), '"red"'],
        ['red', 'blue'],
      ],
      ['green', ['green']],
    ],
    multiSelect: [
      [
        ['green', 'red'],
        ['red', 'green'],
      ],
      ['', []],
      ['["blue"]', ['blue']],
      [{ 0: 'green', 1: 'blue' }, ['blue', 'green']],
    ],
    email: [
      [' ada@example.com ', 'ada@example.com'],
      ['', null],
      ['ada@xn--bcher-kva.example', 'ada@bücher.example'],
    ],
    link: [
      ['https://example.com/a', { type: 'url', value: 'https://example.com/a' }],
      ['', null],
      ['/about', { type: 'url', value: '/about' }],
      ['#top', { type: 'url', value: '#top' }],
      ['mailto:ada@example.com', { type: 'email', value: 'mailto:ada@example.com' }],
      ['tel:+49 30 123', { type: 'tel', value: 'tel:+4930123' }],
      ['sms:+4930123', { type: 'sms', value: 'sms:+4930123' }],
      [`{entry:${first}@1:url}`, { type: 'entry', value: `{entry:${first}@1:url}` }],
      [
        { type: 'entry', entry: { value: [String(first)] } },
        { type: 'entry', value: `{entry:${first}:url}` },
      ],
      [
        { type: 'category', value: String(first) },
        { type: 'category', value: `{category:${first}:url}` },
      ],
      [
        { type: 'email', value: 'ada@example.com' },
        { type: 'email', value: 'mailto:ada@example.com' },
      ],
      [
        { type: 'url', url: { value: '/a' }, label: 'More', urlSuffix: '?x=1', target: '_blank', title: 'T' },
        { type: 'url', value: '/a', label: 'More', urlSuffix: '?x=1', target: '_blank', title: 'T' },
      ],
      [
        {
          value: '/a',
          class: 'c',
          id: 'i',
          rel: 'noopener',
          ariaLabel: 'A',
          download: '1',
          filename: 'f.pdf',
        },
        {
          type: 'url',
          value: '/a',
          class: 'c',
          id: 'i',
          rel: 'noopener',
          ariaLabel: 'A',
          download: true,
          filename: 'f.pdf',
        },
      ],
    ],
    color: [
      ['#FA0', '#ffaa00'],
      ['__blank__', null],
      ['c0ffee', '#c0ffee'],
      ['', null],
      ['#123456', '#123456'],
      [{ color: '__custom__', custom: '#ABC' }, '#aabbcc'],
      [{ color: '#c0ffee', custom: '' }, '#c0ffee'],
      [{ color: '__blank__' }, null],
    ],
    country: [
      ['DE', 'DE'],
      ['__blank__', null],
      ['fr', 'FR'],
      ['', null],
    ],
    date: [
      ['2026-11-21', '2026-11-21T00:00:00.000Z'],
      ['', null],
      ['2026-11-21T10:30', '2026-11-21T10:30:00.000Z'],
      ['2026-11-21T10:30:00+01:00', '2026-11-21T09:30:00.000Z'],
      ['1795000000', '2026-11-18T11:06:40.000Z'],
      ['now', iso(now)],
      ['today', iso(today)],
      ['tomorrow', iso(today + DAY)],
      ['yesterday', iso(today - DAY)],
      [{ date: '2026-11-21' }, '2026-11-21T00:00:00.000Z'],
      [{ date: '2026-11-21', time: '10:30:05' }, '2026-11-21T10:30:05.000Z'],
      [{ date: '11/21/2026', time: '10:30 PM' }, '2026-11-21T22:30:00.000Z'],
      [{ date: '21.11.26', time: '15:05', locale: 'de' }, '2026-11-21T15:05:00.000Z'],
      [{ date: '21-11-2026', locale: 'en-GB', timezone: 'Asia/Tokyo' }, '2026-11-20T15:00:00.000Z'],
      [{ datetime: '2026-11-21T10:30', timezone: 'America/New_York' }, '2026-11-21T15:30:00.000Z'],
      [{ time: '10:30' }, iso(today + 10.5 * 3_600_000)],
      [{ date: '', time: '', timezone: 'UTC' }, null],
    ],
    time: [
      ['10:30', '10:30:00'],
      ['', null],
      ['10:30:05', '10:30:05'],
      ['10:30 PM', '22:30:00'],
      [{ time: '10:30' }, '10:30:00'],
      [{ time: '10:30', timezone: 'Asia/Kolkata' }, '05:00:00'],
      [{ time: '3:05 PM', timezone: '+00:00' }, '15:05:00'],
      [{ time: '15.05', locale: 'fi' }, '15:05:00'],
    ],
    json: [
      ['{"a":[1,null,"b"]}', { a: [1, null, 'b'] }],
      ['', null],
      ['"text"', 'text'],
      ['[]', []],
      ['0', 0],
    ],
  };
}

/** What only JSON can say. */
const jsonForms: Readonly<Partial<Record<Handle, readonly Row[]>>> = {
  text: [[null, null]],
  number: [
    [12.5, 12.5],
    [null, null],
  ],
  range: [[5, 5]],
  money: [
    [1234, 1234],
    [{ value: 12.34 }, 1234],
  ],
  lightswitch: [
    [true, true],
    [false, false],
    [1, true],
  ],
  dropdown: [[{ label: 'Blue sky', value: 'blue' }, 'blue']],
  checkboxes: [
    [
      [{ value: 'blue' }, 'red'],
      ['red', 'blue'],
    ],
    [[], []],
    [null, []],
  ],
  multiSelect: [[[], []]],
  date: [
    [1_795_000_000, '2026-11-18T11:06:40.000Z'],
    [null, null],
  ],
  json: [
    [{ deep: [{ er: true }] }, { deep: [{ er: true }] }],
    [
      [1, 2],
      [1, 2],
    ],
    [7, 7],
    [false, false],
  ],
};

/** The first form of every kind in one save, the second in the next: few saves, and each kind beside all others. */
function saves(forms: Readonly<Partial<Record<Handle, readonly Row[]>>>): ReadonlyArray<{
  readonly posted: Readonly<Record<string, unknown>>;
  readonly kept: Readonly<Record<string, unknown>>;
}> {
  const longest = Math.max(...Object.values(forms).map((rows) => rows.length));
  return Array.from({ length: longest }, (_, round) => {
    const rows = Object.entries(forms).flatMap(([handle, all]) => {
      const row = all[round];
      return row === undefined ? [] : [[handle, row] as const];
    });
    return {
      posted: Object.fromEntries(rows.map(([handle, [posted]]) => [handle, posted])),
      kept: Object.fromEntries(rows.map(([handle, [, kept]]) => [handle, kept])),
    };
  });
}

describeSites('scalar fields of entries/save-entry', (open) => {
  async function setUp(): Promise<{ ada: Visitor; id: number; now: number }> {
    const app = await open({ sections: [posts] });
    // Stands still, so that `now` and `today` are known.
    const now = Date.now();
    Object.assign(app.site.services, { now: () => now });
    const ada = await app.login(await app.user({ admin: true }));
    const { json, status, text } = await ada.json(SAVE, { sectionId: 'posts', title: 'First' });
    expect(status, text).toBe(200);
    return { ada, id: (json as { id: number }).id, now };
  }

  it.each([
    ['an HTML form', postForm],
    ['JSON', postJson],
  ])('takes every form of every kind from %s', { timeout: 20_000 }, async (_, save) => {
    const { ada, id, now } = await setUp();
    for (const { posted, kept } of saves(acceptedForms(now, id))) {
      const answer = await save(ada, { entryId: id, fields: posted });
      const message = `${JSON.stringify(posted)}: ${answer.text}`;
      expect(answer.status, message).toBe(200);
      expect(answer.json.entry.fields, message).toMatchObject(kept);
    }
  });

  it('takes what only JSON can say', async () => {
    const { ada, id } = await setUp();
    for (const { posted, kept } of saves(jsonForms)) {
      const answer = await postJson(ada, { entryId: id, fields: posted });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.json.entry.fields, JSON.stringify(posted)).toMatchObject(kept);
    }
  });

  it('reads the hidden input before a checkbox, and the one that clears a list', async () => {
    const { ada, id } = await setUp();
    const post = async (pairs: ReadonlyArray<readonly [string, string]>): Promise<unknown> => {
      const answer = await sendForm(ada, [['entryId', String(id)], ...pairs]);
      expect(answer.status, answer.text).toBe(200);
      const { lightswitch, checkboxes, multiSelect } = answer.json.entry.fields as Record<string, unknown>;
      return { lightswitch, checkboxes, multiSelect };
    };
    const hidden = [
      ['fields[lightswitch]', ''],
      ['fields[checkboxes]', ''],
      ['fields[multiSelect]', ''],
    ] as const;
    const filled = { lightswitch: true, checkboxes: ['red', 'blue'], multiSelect: ['red', 'green'] };
    const checked = [
      ['fields[lightswitch]', '1'],
      ['fields[checkboxes][]', 'red'],
      ['fields[checkboxes][]', 'blue'],
      ['fields[multiSelect][]', 'red'],
      ['fields[multiSelect][]', 'green'],
    ] as const;
    expect(await post([...hidden, ...checked])).toEqual(filled);
    expect(await post(hidden)).toEqual({ lightswitch: false, checkboxes: [], multiSelect: [] });
    expect(await post([['fields[lightswitch]', 'false'], ...checked])).toEqual(filled);
    expect(await post([['fields[lightswitch]', 'false']])).toEqual({ ...filled, lightswitch: false });
  });

  it('leaves alone what is absent', async () => {
    const { ada, id } = await setUp();
    const fields = { lightswitch: '1', checkboxes: ['red'], date: '2026-11-21', link: '/a' };
    await postForm(ada, { entryId: id, fields });
    const { json } = await postForm(ada, { entryId: id, fields: { text: 'x' } });
    expect(json.entry.fields).toMatchObject({
      text: 'x',
      lightswitch: true,
      checkboxes: ['red'],
      date: '2026-11-21T00:00:00.000Z',
      link: { type: 'url', value: '/a' },
    });
  });

  it('names each kind’s mistake at its field, and saves nothing of it', async () => {
    const { ada, id } = await setUp();
    const wrong: Readonly<Record<Handle, readonly [posted: unknown, sentence: string]>> = {
      text: ['x'.repeat(41), 'Text should contain at most 40 characters.'],
      number: ['abc', 'Number must be a number.'],
      range: ['0.75', 'Range must go in steps of 0.5 from 0.'],
      money: [{ value: '5', currency: 'USD' }, 'Money must be in EUR.'],
      lightswitch: ['maybe', 'Lightswitch must be on or off.'],
      dropdown: ['mauve', 'Dropdown is not one of its options.'],
      radio: ['x'.repeat(256), 'Radio is not one of its options.'],
      buttonGroup: [base64('mauve'), 'Button group is not one of its options.'],
      checkboxes: [['x'.repeat(256)], 'Checkboxes has a value that cannot be chosen.'],
      multiSelect: [['red', 'mauve'], 'Multi select has a value that is not one of its options.'],
      email: ['ada', 'Email is not a valid email address.'],
      link: [
        'java\tscript:alert(1)',
        'Link must be a web address, an email address, a phone number, a number for text messages, an entry, a category or an asset.',
      ],
      color: ['red', 'Color is not a valid color. Write it like #c0ffee.'],
      country: ['XX', 'Country is not the code of a country. Write two letters, like FR.'],
      date: ['soon', 'Date is not a valid date. Write it like 2026-11-21T10:30.'],
      time: ['25:00', 'Time is not a valid time. Write it like 10:30.'],
      json: ['{"a":"\\u0000"}', 'Json has characters that cannot be stored.'],
    };
    const fields = Object.fromEntries(Object.entries(wrong).map(([handle, [posted]]) => [handle, posted]));
    for (const save of [postForm, postJson]) {
      const answer = await save(ada, { entryId: id, fields });
      expect(answer.status, answer.text).toBe(400);
      expect(answer.json.errors).toEqual(
        Object.fromEntries(
          Object.entries(wrong).map(([handle, [, sentence]]) => [`fields.${handle}`, [sentence]]),
        ),
      );
    }
    const { json } = await postForm(ada, { entryId: id, title: 'Same' });
    expect(json.entry.fields).toMatchObject({
      text: null,
      number: null,
      checkboxes: [],
      link: null,
      json: null,
    });
  });

  it('says which part of a link is wrong, and refuses one to an entry that is not there', async () => {
    const { ada, id } = await setUp();
    const suffix = await postForm(ada, {
      entryId: id,
      fields: { link: { value: '/a', urlSuffix: '.evil' } },
    });
    expect(suffix.json.errors).toEqual({
      'fields.link.urlSuffix': ['The URL suffix of the link is not valid.'],
    });
    const gone = await postForm(ada, { entryId: id, fields: { link: '{entry:999999:url}' } });
    expect(gone.status, gone.text).toBe(400);
    expect(Object.keys(gone.json.errors as object)).toEqual(['fields.link']);
  });
});

function postForm(visitor: Visitor, fields: Record<string, unknown>): Promise<Answer> {
  return sendForm(visitor, inputs(fields));
}

async function sendForm(
  visitor: Visitor,
  pairs: ReadonlyArray<readonly [name: string, value: string]>,
): Promise<Answer> {
  const body = new URLSearchParams(pairs.map(([name, value]) => [name, value]));
  const headers = { accept: 'application/json', 'x-csrf-token': await visitor.token() };
  return visitor.send(`/actions/${SAVE}`, { method: 'POST', body, headers });
}

function postJson(visitor: Visitor, fields: Record<string, unknown>): Promise<Answer> {
  return visitor.json(SAVE, fields);
}

/** `{ fields: { tags: ['a'] } }` as a form names it: `fields[tags][]`. */
function inputs(value: unknown, name = ''): Array<[string, string]> {
  if (Array.isArray(value)) return value.flatMap((item) => inputs(item, `${name}[]`));
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    inputs(inner, name === '' ? key : `${name}[${key}]`),
  );
}
