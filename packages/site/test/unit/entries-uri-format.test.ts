import { describe, expect, test } from 'vitest';
import { namesIn } from '../../src/content/format-names.ts';
import { renderFormat } from '../../src/entries/object-format.ts';
import { formatUri, HOME } from '../../src/entries/uri-format.ts';

const below = (uri: string | null) => ({ slug: 'glaze', parent: { uri, slug: null } });

describe('the path of an entry', () => {
  test.each<[format: string, parent: string | null, uri: string | null]>([
    ['posts/{slug}', null, 'posts/glaze'],
    ['{parent.uri}/{slug}', null, 'glaze'],
    ['{parent.uri}/{slug}', 'kiln', 'kiln/glaze'],
    ['{parent.uri}/{slug}', HOME, 'glaze'],
    ["{parent.uri ?? 'help'}/{slug}", null, 'help/glaze'],
    ["{parent.uri ?? 'help'}/{slug}", 'help/kiln', 'help/kiln/glaze'],
    ["{parent.uri ?? 'help/studio'}/{slug}", null, 'help/studio/glaze'],
    ["{parent.uri??'help'}/{ slug }", null, 'help/glaze'],
    ["{parent.slug ?? ''}/{slug}", null, 'glaze'],
    [HOME, null, HOME],
    ['{parent.uri}', null, null],
  ])('%s below %s is %s', (format, parent, uri) => {
    expect(formatUri(format, below(parent))).toBe(uri);
  });
});

describe('a format', () => {
  test('falls back on text alone, and reaches no prototype', () => {
    const data = { fields: { body: '', score: 0 } };
    expect(renderFormat("{fields.body ?? 'none'} {fields.score ?? 'none'}", data)).toBe('none 0');
    expect(renderFormat("{constructor.name ?? 'none'}{fields.toString}{fields ?? body}", data)).toBe('none');
  });

  test('names what it is made of without the fallback', () => {
    expect(namesIn("{parent.uri ?? 'help'}/{slug}")).toEqual(['parent.uri', 'slug']);
  });
});
