import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { normalizeSlug, numberedSlug, slugFromTitle, type SlugSettings } from '../../src/entries/slug.ts';

const settings: SlugSettings = {
  slugWordSeparator: '-',
  limitAutoSlugsToAscii: false,
  allowUppercaseInSlug: false,
};
const ascii = { ...settings, limitAutoSlugsToAscii: true };
const upper = { ...settings, allowUppercaseInSlug: true };

describe('normalizeSlug', () => {
  test.each([
    ['Hello World', 'hello-world'],
    ['  --hello__world--  ', 'hello__world'],
    ['don’t "quote" (me): [now]', 'dont-quote-me-now'],
    ['<b>bold</b> <script src=x>', 'bold'],
    ['a/b\\c?d#e', 'a-b-c-d-e'],
    ['../../etc/passwd', 'etc-passwd'],
    ['v1.2.3', 'v1.2.3'],
    ['Über Größe', 'über-größe'],
    ['日本語 テスト', '日本語-テスト'],
    ['e\u0301te\u0301', 'été'],
    ['a\u0000b\nc', 'a-b-c'],
    ['🎉', ''],
    ['---', ''],
    ['...', ''],
    ['', ''],
  ])('%j → %j', (text, slug) => {
    expect(normalizeSlug(text, settings)).toBe(slug);
  });

  it('keeps capital letters where they are allowed', () => {
    expect(normalizeSlug('Hello World', upper)).toBe('Hello-World');
  });

  it.each(['_', '.', ''])('joins words by %j', (slugWordSeparator) => {
    expect(normalizeSlug('a b', { ...settings, slugWordSeparator })).toBe(`a${slugWordSeparator}b`);
  });

  it('has at most 255 characters, whole ones', () => {
    expect(normalizeSlug('x'.repeat(300), settings)).toHaveLength(255);
    expect(normalizeSlug(`${'x'.repeat(254)}𝒜`, settings)).toBe('x'.repeat(254));
  });

  it('of anything is a part of a path, and its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const slug = normalizeSlug(text, settings);
        expect(slug.length).toBeLessThanOrEqual(255);
        expect(slug).not.toMatch(/[/\\?#<>"'\s\u0000-\u001F]/);
        expect(['.', '..']).not.toContain(slug);
        expect(normalizeSlug(slug, settings)).toBe(slug);
      }),
    );
  });
});

describe('slugFromTitle', () => {
  test.each([
    ['hello_world.x-y', 'hello-world-x-y', 'hello-world-x-y'],
    ['Æsir & Øl: straße', 'æsir-øl-straße', 'aesir-ol-strasse'],
    ['Łódź', 'łódź', 'lodz'],
    ['日本', '日本', ''],
  ])('%j → %j, in ASCII %j', (title, slug, inAscii) => {
    expect(slugFromTitle(title, settings)).toBe(slug);
    expect(slugFromTitle(title, ascii)).toBe(inAscii);
  });
});

describe('numberedSlug', () => {
  test.each([
    ['-', 'hello', 'hello-2'],
    ['_', 'hello', 'hello_2'],
    ['', 'hello', 'hello-2'],
  ])('with %j between words: %j → %j', (slugWordSeparator, slug, expected) => {
    expect(numberedSlug(slug, 2, { ...settings, slugWordSeparator })).toBe(expected);
  });

  it('makes room for the number', () => {
    const slug = numberedSlug('x'.repeat(255), 100, settings);
    expect(slug).toBe(`${'x'.repeat(251)}-100`);
  });
});
