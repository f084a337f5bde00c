import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderRedirect } from '../../../src/http/redirect-template.ts';

const BASE = 'https://site.example/app';

class Post {
  slug = 'own';
  get secret(): string {
    return 'a getter of the class';
  }
}

const model = {
  id: 7,
  slug: 'hello-world',
  title: 'Ä & B/C?',
  draft: false,
  big: 10n,
  when: new Date(0),
  never: new Date(NaN),
  nothing: null,
  infinite: Infinity,
  empty: '',
  url: 'https://site.example/posts/1?x=y',
  foreign: 'https://evil.example/',
  author: { username: 'ann', profile: { city: 'Köln' } },
  tags: ['a', 'b'],
  call: () => 'called',
  up: '..',
  post: new Post(),
  get computed() {
    return 'called';
  },
};
Object.defineProperty(model, 'hidden', { value: 'hidden', enumerable: false });

describe('renderRedirect', () => {
  test.each([
    ['/posts/{slug}', '/posts/hello-world'],
    ['posts/{slug}', '/app/posts/hello-world'],
    ['  /thanks  ', '/thanks'],
    ['', '/app/'],
    ['/by/{author.username}/{author.profile.city}', '/by/ann/K%C3%B6ln'],
    ['/{tags.1}', '/b'],
    ['/{title}', '/%C3%84%20%26%20B%2FC%3F'],
    ['/{id}/{draft}/{big}/{when}', '/7/false/10/1970-01-01T00%3A00%3A00.000Z'],
    ['/p?next={title}#{slug}', '/p?next=%C3%84%20%26%20B%2FC%3F#hello-world'],
    ['/x/{onlyInData}', '/x/data'],
    ['{slug}', '/app/hello-world'],
    ['?saved={id}', '/app/?saved=7'],
    ['{url}', '/posts/1?x=y'],
    ['https://other.example/{slug}', 'https://other.example/hello-world'],
    ['//cdn.example/{slug}', 'https://cdn.example/hello-world'],
  ])('%j gives %j', (template, expected) => {
    expect(renderRedirect(template, [model, { onlyInData: 'data', slug: 'of the data' }], BASE)).toBe(
      expected,
    );
  });

  test('the base may be a path', () => {
    expect(renderRedirect('x/{id}', [model], '/sub/')).toBe('/sub/x/7');
    expect(renderRedirect('//cdn.example/{id}', [model], '/sub/')).toBe('//cdn.example/7');
  });

  test('the origin of the own site may be told beside it', () => {
    const at = (url: string): string => renderRedirect('{url}', [{ url }], '/sub/', 'https://own.example');
    expect(at('https://own.example/posts/a?b')).toBe('/posts/a?b');
    expect(at('https://other.example/posts')).toBe('/sub/https%3A%2F%2Fother.example%2Fposts');
    expect(renderRedirect('x/{id}', [model], '/sub/', 'https://own.example')).toBe('/sub/x/7');
  });

  test.each([
    '{constructor}',
    '{__proto__}',
    '{toString}',
    '{constructor.name}',
    '{author.constructor}',
    '{slug.length}',
    '{tags.length}',
    '{tags}',
    '{author}',
    '{call}',
    '{call()}',
    '{computed}',
    '{hidden}',
    '{post.secret}',
    '{nothing}',
    '{infinite}',
    '{never}',
    '{empty}',
    '{missing}',
    '{author.missing.deeper}',
    '{7*7}',
    '{{7*7}}',
    '{{ slug }}',
    '{% set x = 1 %}',
    "{slug|map('system')}",
    '{slug.}',
    '{.slug}',
    '{ slug }',
    '{}',
    '{id:7}',
  ])('template injection: %s renders as nothing', (placeholder) => {
    expect(renderRedirect(`/a${placeholder}b`, [model], BASE)).toBe('/ab');
  });

  test('own properties of a class instance are data', () => {
    expect(renderRedirect('/{post.slug}', [model], BASE)).toBe('/own');
  });

  test('own keys that name prototypes stay empty', () => {
    const polluted = JSON.parse('{"__proto__": "x", "constructor": "y", "prototype": "z"}') as unknown;
    expect(renderRedirect('/{__proto__}{constructor}{prototype}', [polluted], BASE)).toBe('/');
  });

  test('a brace that is never closed is text', () => {
    expect(renderRedirect('/a{slug', [model], BASE)).toBe('/a{slug'.replace('{', '%7B'));
  });

  test.each([
    ['{x}', '//evil.example', '/app/%2F%2Fevil.example'],
    ['{x}', '/\\evil.example', '/app/%2F%5Cevil.example'],
    ['{x}', 'https:evil.example', '/app/https%3Aevil.example'],
    ['{x}', 'https://evil.example/', '/app/https%3A%2F%2Fevil.example%2F'],
    ['{x}', 'javascript:alert(1)', '/app/javascript%3Aalert(1)'],
    ['/{missing}/{x}', 'evil.example', '/evil.example'],
    ['/{missing}{missing}//{x}', 'evil.example', '/evil.example'],
    ['{missing}//{x}', 'evil.example', '/evil.example'],
    ['{missing}/\\{x}', 'evil.example', '/evil.example'],
    ['{x}:{x}', 'javascript', '/app/javascript:javascript'],
    ['/.//{x}', 'evil.example', '/evil.example'],
    ['/a/{x}/b', '..', '/a/b'],
    ['/a/{x}{x}/b', '.', '/a/b'],
    ['/a?up={x}', '..', '/a?up=..'],
    ['/a/{x}', '%2e%2e', '/a/%252e%252e'],
    ['/a/{x}', 'a\r\nSet-Cookie: b', '/a/a%0D%0ASet-Cookie%3A%20b'],
    ['/a/{x}', '\ud800', '/a/%EF%BF%BD'],
  ])('open redirect: %j filled with %j gives %j', (template, x, expected) => {
    const path = renderRedirect(template, [{ x }], BASE);
    expect(path.replace('//b', '/b')).toBe(expected);
    expect(new URL(path, BASE).origin).toBe('https://site.example');
  });

  test.each([
    'https://{x}.example/',
    'https://{x}',
    'https://a.example{x}',
    '//{x}/a',
    'https:{x}',
    'javascript:{x}',
  ])('a placeholder that could name the host or scheme: %j', (template) => {
    expect(() => renderRedirect(template, [{ x: 'evil' }], BASE)).toThrow(/neither a path nor an HTTP URL/);
  });

  test.each([
    'mailto:a@b.example',
    'data:text/html,x',
    '/\\evil.example',
    '\\\\evil.example',
    '///evil.example',
  ])('a template that is no HTTP URL: %j', (template) => {
    expect(() => renderRedirect(template, [], BASE)).toThrow(/neither a path nor an HTTP URL/);
  });

  test.each(['/a\nb', '/a\tb', '/a\u0000b', '/a\u0085b'])(
    'control characters in a template: %j',
    (template) => {
      expect(() => renderRedirect(template, [], BASE)).toThrow(/control character/);
    },
  );

  test('no value changes the origin, the host or adds a segment above', () => {
    const piece = fc.constantFrom('{x}', '{y}', '{missing}', '/', '.', '\\', ':', 'a', '?', '#', '%2e', '@');
    const template = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('//evil.example', 'javascript', '/', '..', '.', '\\', 'https:', 'https://evil.example'),
    );
    fc.assert(
      fc.property(template, value, value, (text, x, y) => {
        // A scheme or host in the template itself is refused, see above.
        fc.pre(!/^[\\/]{2}|^[a-z][a-z0-9+.-]*:/.test(text));
        const path = renderRedirect(text, [{ x, y }], BASE);
        expect(path).toMatch(/^\/(?![\\/])/);
        expect(new URL(path, BASE).origin).toBe('https://site.example');
      }),
      { numRuns: 500 },
    );
  });

  test('no value changes the host of a template that names one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (x) => {
        for (const template of [
          'https://other.example/{x}',
          'https://other.example?{x}',
          'https://other.example#{x}',
        ]) {
          expect(new URL(renderRedirect(template, [{ x }], BASE)).origin).toBe('https://other.example');
        }
      }),
    );
  });
});
