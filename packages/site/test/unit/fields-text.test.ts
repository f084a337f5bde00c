import { describe, expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { kept } from '../support/kept.ts';

describe('field.text', () => {
  it.each([
    ['  hello \r\n world\r ', 'hello \n world'],
    ['', null],
    [' \n ', null],
    [null, null],
    [undefined, null],
    ['日本', '日本'],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.text(), posted)).toBe(expected);
  });

  it.each([[5], [true], [['a']], [{ a: 'b' }], [new Date()], [new File(['x'], 'x.txt')]])(
    'refuses %o, which is no text',
    (posted) => {
      expect(kept(field.text(), posted)).toBe('refused: It must be text.');
    },
  );

  it.each([['a\0b'], ['half \ud83d character']])('refuses %j, which no database stores', (posted) => {
    expect(kept(field.text(), posted)).toBe('refused: It has characters that cannot be stored.');
  });

  it('counts characters, not halves of them', () => {
    const short = field.text({ charLimit: 2 });
    expect(kept(short, '😀😀')).toBe('😀😀');
    expect(kept(short, 'abc')).toBe('refused: It should contain at most 2 characters.');
  });

  it('counts bytes where it is told to', () => {
    const short = field.text({ byteLimit: 4 });
    expect(kept(short, ' abcd ')).toBe('abcd');
    expect(kept(short, 'äö')).toBe('äö');
    expect(kept(short, 'äöü')).toBe('refused: It should contain at most 4 bytes.');
  });
});

describe('field.email', () => {
  it.each([
    [' ada@example.com ', 'ada@example.com'],
    ['Ada@Example.COM', 'Ada@Example.COM'],
    ['ada@bücher.example', 'ada@bücher.example'],
    ['ada@xn--bcher-kva.example', 'ada@bücher.example'],
    ['ada@shop.XN--BCHER-KVA.example', 'ada@shop.bücher.example'],
    ["o'brien+x@sub.example.ie", "o'brien+x@sub.example.ie"],
    ['', null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.email(), posted)).toBe(expected);
  });

  it.each([
    ['ada'],
    ['ada@'],
    ['a@b@c.de'],
    ['ada@example.com\nBcc: x@y.zz'],
    ['ada@xn--\u0000.example'],
    [`${'a'.repeat(250)}@b.co`],
    [['a@b.co']],
  ])('refuses %j', (posted) => {
    expect(kept(field.email(), posted)).toBe('refused: It is not a valid email address.');
  });
});

describe('field.color', () => {
  const palette = field.color({ palette: ['#C0FFEE', { value: '#000', label: 'Black' }] });
  const open = field.color({ palette: ['#c0ffee'], allowCustomColors: true });

  it.each([
    ['#C0FFEE', '#c0ffee'],
    [' c0ffee ', '#c0ffee'],
    ['#fa0', '#ffaa00'],
    ['fa0', '#ffaa00'],
    [{ color: '#fa0' }, '#ffaa00'],
    [{ color: '__custom__', custom: '#123456' }, '#123456'],
    [{ color: '__custom__', custom: 'abc' }, '#aabbcc'],
    [{ color: '__custom__', custom: '' }, null],
    [{ color: '#fff', custom: '#123456' }, '#ffffff'],
    [{ color: '__blank__', custom: '#123456' }, null],
    [{ color: '' }, null],
    ['__blank__', null],
    ['', null],
    [null, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.color(), posted)).toBe(expected);
    expect(kept(open, posted)).toBe(expected);
  });

  it.each([
    ['red'],
    ['#ff'],
    ['#ffff'],
    ['#12345678'],
    ['#ggg'],
    ['##fff'],
    ['__custom__'],
    [123],
    [true],
    [['#fff']],
    [{}],
    [{ custom: '#fff' }],
    [{ color: { color: '#fff' } }],
    [{ color: '__custom__', custom: 'red' }],
    ['#fff;background:url(x)'],
  ])('refuses %j', (posted) => {
    expect(kept(field.color(), posted)).toBe('refused: It is not a valid color. Write it like #c0ffee.');
  });

  it('takes the colors of its palette alone, in any spelling', () => {
    expect(kept(palette, 'c0ffee')).toBe('#c0ffee');
    expect(kept(palette, '#000000')).toBe('#000000');
    expect(kept(palette, { color: '__custom__', custom: '#123456' })).toBe(
      'refused: It is not one of the colors of its palette.',
    );
  });

  it('cannot offer what is no color', () => {
    expect(() => field.color({ palette: ['red'] })).toThrow('the palette has "red"');
  });
});

describe('field.country', () => {
  it.each([
    ['DE', 'DE'],
    ['gb', 'GB'],
    [' Fr ', 'FR'],
    ['__blank__', null],
    ['', null],
    [null, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.country(), posted)).toBe(expected);
  });

  it.each([['XX'], ['EU'], ['UK'], ['Germany'], ['DEU'], ['D'], [49], [['DE']], [{ value: 'DE' }], ['ıt']])(
    'refuses %j',
    (posted) => {
      expect(kept(field.country(), posted)).toBe(
        'refused: It is not the code of a country. Write two letters, like FR.',
      );
    },
  );

  it('is found by its name', () => {
    expect(field.country().keywords?.('DE')).toBe('Germany');
  });
});
