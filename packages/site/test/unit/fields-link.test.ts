import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { kept } from '../support/kept.ts';

const ALL = ['url', 'email', 'tel', 'sms', 'entry', 'category', 'asset'] as const;
const link = field.link({ types: ALL });

describe('field.link', () => {
  it.each([
    ['https://example.com', 'url', 'https://example.com'],
    ['HTTP://Example.com/ä?q=ö#x', 'url', 'HTTP://Example.com/ä?q=ö#x'],
    [' https://example.com/a ', 'url', 'https://example.com/a'],
    ['/about/us?x=1', 'url', '/about/us?x=1'],
    ['#top', 'url', '#top'],
    ['mailto:ada@example.com', 'email', 'mailto:ada@example.com'],
    ['MAILTO:ada@example.com?subject=Hi%20you', 'email', 'mailto:ada@example.com?subject=Hi%20you'],
    ['ada@example.com', 'email', 'mailto:ada@example.com'],
    ['tel:+49 30 123456', 'tel', 'tel:+4930123456'],
    ['tel:(030)123-456', 'tel', 'tel:(030)123-456'],
    ['sms:+4930123456?body=Hi', 'sms', 'sms:+4930123456?body=Hi'],
    ['{entry:12:url}', 'entry', '{entry:12:url}'],
    ['{entry:12}', 'entry', '{entry:12:url}'],
    ['{entry:12@1:url}', 'entry', '{entry:12@1:url}'],
    ['{entry:12@de:url}', 'entry', '{entry:12@de:url}'],
    ['{category:3@1:url}', 'category', '{category:3@1:url}'],
    ['{asset:7:url}', 'asset', '{asset:7:url}'],
  ])('guesses what %j is', (posted, type, value) => {
    expect(kept(link, posted)).toEqual({ type, value });
  });

  it.each([
    [
      { type: 'url', value: 'https://example.com' },
      { type: 'url', value: 'https://example.com' },
    ],
    [{ value: 'https://example.com' }, { type: 'url', value: 'https://example.com' }],
    [
      { type: 'url', url: { value: '/a' }, entry: { value: '' } },
      { type: 'url', value: '/a' },
    ],
    [
      { type: 'email', email: { value: 'ada@example.com' } },
      { type: 'email', value: 'mailto:ada@example.com' },
    ],
    [
      { type: 'email', value: 'ada@example.com' },
      { type: 'email', value: 'mailto:ada@example.com' },
    ],
    [
      { type: 'tel', value: '+49 30 1' },
      { type: 'tel', value: 'tel:+49301' },
    ],
    [
      { type: 'sms', sms: { value: '112' } },
      { type: 'sms', value: 'sms:112' },
    ],
    [
      { type: 'entry', value: 12 },
      { type: 'entry', value: '{entry:12:url}' },
    ],
    [
      { type: 'entry', value: '12' },
      { type: 'entry', value: '{entry:12:url}' },
    ],
    [
      { type: 'entry', entry: { value: ['12'] } },
      { type: 'entry', value: '{entry:12:url}' },
    ],
    [
      { type: 'category', category: { value: '{category:3:url}' } },
      { type: 'category', value: '{category:3:url}' },
    ],
    [
      { type: 'asset', value: [7] },
      { type: 'asset', value: '{asset:7:url}' },
    ],
    [{ type: 'url', value: '', label: 'Nowhere' }, null],
    [{ type: 'entry', entry: { value: [] } }, null],
    [{ type: 'entry', entry: { value: [''] } }, null],
    [{ type: 'entry' }, null],
    [{}, null],
    ['', null],
    [null, null],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(link, posted)).toEqual(expected);
  });

  it('keeps the attributes that are filled in', () => {
    const attributes = {
      label: 'More <b>',
      urlSuffix: '?a=1#b',
      target: '_blank',
      title: 'All about it',
      class: 'button is-large md:w-1/2',
      id: 'more',
      rel: 'noopener nofollow',
      ariaLabel: 'Read more',
      filename: 'Menu 2026.pdf',
    };
    const posted = { type: 'url', value: '/a', ...attributes, download: '1' };
    expect(kept(link, posted)).toEqual({ type: 'url', value: '/a', ...attributes, download: true });
    const blank = Object.fromEntries(Object.keys(attributes).map((name) => [name, ' ']));
    expect(kept(link, { value: '/a', ...blank, download: '0' })).toEqual({ type: 'url', value: '/a' });
  });

  it.each([
    ['urlSuffix', '.evil.example', 'The URL suffix of the link is not valid.'],
    ['urlSuffix', '?a="><script>', 'The URL suffix of the link is not valid.'],
    ['target', 'frame', 'The target of the link is not valid.'],
    ['class', 'a" onclick="x', 'The class of the link is not valid.'],
    ['id', 'two words', 'The id of the link is not valid.'],
    ['rel', 'x=1', 'The rel of the link is not valid.'],
    ['filename', '../../etc/passwd', 'The file name of the link is not valid.'],
    ['filename', 'a\u0007.pdf', 'The file name of the link is not valid.'],
    ['label', 'a\0b', 'The label of the link has characters that cannot be stored.'],
    ['label', 'x'.repeat(256), 'The label of the link should contain at most 255 characters.'],
    ['title', ['x'], 'The title of the link must be text.'],
    ['ariaLabel', 5, 'The ARIA label of the link must be text.'],
    ['download', 'maybe', 'Download of the link must be on or off.'],
    ['download', {}, 'Download of the link must be on or off.'],
  ])('refuses %s: %j', (name, value, sentence) => {
    const posted = { type: 'url', value: 'https://example.com', [name]: value };
    expect(kept(link, posted)).toBe(`refused: ${JSON.stringify({ [name]: [sentence] })}`);
  });

  it('refuses a suffix that makes another address of it', () => {
    expect(kept(link, { value: '/', urlSuffix: '/evil.example' })).toBe(
      'refused: {"urlSuffix":["The URL suffix of the link is not valid."]}',
    );
  });

  it('names what is no part of a link', () => {
    expect(kept(link, { value: '/a', onclick: 'x' })).toBe('refused: It: a link has no “onclick”.');
  });

  // Stored XSS through links: whatever a browser takes for a scheme that runs.
  const hostile = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'java\u0000script:alert(1)',
    '\u0001javascript:alert(1)',
    '\u00a0javascript:alert(1)',
    '\ufeffjavascript:alert(1)',
    '\u200bjavascript:alert(1)',
    'javascript&colon;alert(1)',
    'javascript:https://example.com',
    'javascript://example.com/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://example.com/x',
    'file:///etc/passwd',
    'view-source:https://example.com',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:\\\\evil.example',
    'https://',
    'https://bank.example@evil.example',
    'https://example.com/"onmouseover="alert(1)',
    'https://example.com/<script>',
    'https://exa mple.com',
    'https://example.com/\u202egpj.exe',
    'https://example.com/\ud800',
    '#x" onclick="alert(1)',
    'example.com',
    'mailto:javascript:alert(1)',
    'mailto:ada@example.com\nBcc: x@y.zz',
    'mailto:ada@example.com?subject="><script>',
    'tel:javascript:alert(1)',
    'tel:+49"onclick=1',
    'tel:',
    'tel:abc',
    'sms:1?body=<script>',
    '{entry:12:title}',
    '{entry:0:url}',
    '{entry:12@1:url}{asset:1:url}',
    '{user:1:url}',
    '{entry:99999999999999999999:url}',
  ];

  it.each(hostile)('refuses %j, guessed and under the name of every type', (value) => {
    expect(String(kept(link, value))).toMatch(/^refused: It must be /);
    for (const type of ALL) {
      expect(String(kept(link, { type, value })), type).toMatch(/^refused: It must be /);
      expect(String(kept(link, { type, [type]: { value } })), type).toMatch(/^refused: It must be /);
    }
  });

  it.each([
    [{ type: 'url', value: 'x' }, 'It must be a web address.'],
    [{ type: 'email', value: 'x' }, 'It must be an email address.'],
    [{ type: 'tel', value: 'x' }, 'It must be a phone number.'],
    [{ type: 'sms', value: 'x' }, 'It must be a number for text messages.'],
    [{ type: 'entry', value: '{asset:5:url}' }, 'It must be an entry.'],
    [{ type: 'entry', value: -5 }, 'It must be an entry.'],
    [{ type: 'entry', value: [1, 2] }, 'It must be an entry.'],
    [{ type: 'asset', value: 'x' }, 'It must be an asset.'],
    [{ type: 'category', value: 'x' }, 'It must be a category.'],
    [
      5,
      'It must be a web address, an email address, a phone number, a number for text messages, an entry, a category or an asset.',
    ],
  ])('says of %j: %s', (posted, sentence) => {
    expect(kept(link, posted)).toBe(`refused: ${sentence}`);
  });

  it('takes the types it is told, the web, mail and phones by default', () => {
    expect(kept(field.link({ types: ['url'] }), 'ada@example.com')).toBe(
      'refused: It must be a web address.',
    );
    expect(kept(field.link(), '{entry:5:url}')).toBe(
      'refused: It must be a web address, an email address, a phone number or a number for text messages.',
    );
    expect(kept(field.link(), { type: 'constructor', value: 'x' })).toContain('refused: It must be');
  });

  it('bounds the address', () => {
    const long = `https://example.com/${'x'.repeat(236)}`;
    expect(kept(link, long)).toBe('refused: It should contain at most 255 characters.');
    expect(kept(link, long.slice(0, 255))).toEqual({ type: 'url', value: long.slice(0, 255) });
    expect(kept(field.link({ maxLength: 300 }), long)).toEqual({ type: 'url', value: long });
  });

  it('names the elements that it leads to', () => {
    const bound = field.link({ types: ['entry', 'asset'], sections: ['posts'], volume: 'files' });
    expect(bound.references?.({ type: 'entry', value: '{entry:12@1:url}' })).toEqual([
      { kind: 'entry', id: 12, path: '', allowed: { sections: ['posts'] } },
    ]);
    expect(bound.references?.({ type: 'asset', value: '{asset:7:url}' })).toEqual([
      { kind: 'asset', id: 7, path: '', allowed: { volume: 'files' } },
    ]);
    expect(bound.references?.({ type: 'url', value: '/a' })).toEqual([]);
    expect(bound.references?.(null)).toEqual([]);
    // Users and addresses may have one that names none.
    expect(field.link().references).toBeUndefined();
  });

  it('is found by label, title and address', () => {
    const value = { type: 'url', value: 'https://example.com', label: 'More', title: 'All' };
    expect(link.keywords?.(value)).toBe('More\nAll\nhttps://example.com');
    expect(link.keywords?.({ type: 'entry', value: '{entry:5:url}' })).toBe('');
  });

  it('keeps nothing that runs, whatever is sent', () => {
    const scheme = fc.constantFrom(
      'javascript:',
      'data:',
      'vbscript:',
      'https:',
      'mailto:',
      'tel:',
      '//',
      '/',
      '#',
    );
    const glue = fc.string({
      unit: fc.constantFrom('\t', '\n', ' ', '\u0000', '/', '\\', ':', 'a', '"', '@'),
    });
    const text = fc.tuple(glue, scheme, glue).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, ...ALL), (value, type) => {
        const result = kept(link, type === undefined ? value : { type, value });
        if (typeof result === 'string' || result === null) return;
        const { value: href } = result as { value: string };
        if (href.startsWith('{')) return;
        const { protocol, host } = new URL(href, 'https://site.example');
        expect(['https:', 'mailto:', 'tel:', 'sms:']).toContain(protocol);
        if (href.startsWith('/')) expect(host).toBe('site.example');
      }),
      { numRuns: 500 },
    );
  });
});
