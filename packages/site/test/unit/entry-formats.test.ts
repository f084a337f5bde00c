import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { namesIn } from '../../src/content/format-names.ts';
import { renderFormat } from '../../src/entries/object-format.ts';
import { formatUri } from '../../src/entries/uri-format.ts';

const data = {
  slug: 'hello',
  number: 7,
  none: null,
  yes: true,
  list: ['a'],
  author: { username: 'ada' },
  run: () => 'called',
};

describe('renderFormat', () => {
  test.each([
    ['{slug}', 'hello'],
    ['{ slug } and {number}', 'hello and 7'],
    ['{author.username}', 'ada'],
    ['{none}{yes}{list}{author}{missing}{author.missing.deeper}', ''],
    ['{list.0}', 'a'],
    ['plain', 'plain'],
    ['{constructor}{__proto__}{toString}{author.constructor.name}{slug.length}{slug.constructor}', ''],
    ['{run}{run()}{7*7}{slug|upper}{{slug}}', '{hello}'],
    ['', ''],
  ])('%j → %j', (format, expected) => {
    expect(renderFormat(format, data)).toBe(expected);
  });

  it('does not read what data holds as a format', () => {
    expect(renderFormat('{slug}', { slug: '{author.username}', author: { username: 'ada' } })).toBe(
      '{author.username}',
    );
  });

  it('of any path gives text, of own properties alone', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        expect(typeof renderFormat(`{${path}}`, {})).toBe('string');
        if (!/[{}]/.test(path)) expect(renderFormat(`{${path}}`, {})).toBe('');
      }),
    );
  });
});

test('namesIn', () => {
  expect(namesIn('{parent.uri}/{ slug }')).toEqual(['parent.uri', 'slug']);
  for (const format of ['{a', 'a}', '{{a}}', '{}', '{ }']) expect(namesIn(format)).toBeUndefined();
});

describe('formatUri', () => {
  const at = (uri: string | null, slug = 'hello') => ({ slug, parent: { uri, slug: null } });

  test.each([
    ['posts/{slug}', at(null), 'posts/hello'],
    ['{parent.uri}/{slug}', at('top/child'), 'top/child/hello'],
    ['{parent.uri}/{slug}', at(null), 'hello'],
    ['{parent.uri}/{slug}', at('__home__'), 'hello'],
    ['/posts//{slug}/', at(null), 'posts/hello'],
    ['__home__', at(null), '__home__'],
    ['{slug}', at(null, ''), null],
    ['{parent.uri}/../{slug}', at('a'), 'a/hello'],
  ])('%j of %j → %j', (format, given, expected) => {
    expect(formatUri(format, given)).toBe(expected);
  });
});
