import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameOriginPath } from '../../../src/http/return-url.ts';

const OWN = 'https://site.example';

describe('sameOriginPath', () => {
  test.each([
    ['/', '/'],
    ['/account?tab=2#top', '/account?tab=2#top'],
    ['https://site.example', '/'],
    ['https://site.example/a?b', '/a?b'],
    ['HTTPS://SITE.EXAMPLE:443/a', '/a'],
    ['/a/../b', '/b'],
    ['/ä', '/%C3%A4'],
    ['/<script>"', '/%3Cscript%3E%22'],
    ['/?next=https://evil.example', '/?next=https://evil.example'],
    ['/@evil.example', '/@evil.example'],
    ['/.//evil.example', '/evil.example'],
    ['/a/..//evil.example', '/evil.example'],
  ])('%j gives %j', (value, expected) => {
    expect(sameOriginPath(value, OWN)).toBe(expected);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty value', ''],
    ['a protocol-relative URL', '//evil.example'],
    ['a protocol-relative URL of our own', '//site.example/a'],
    ['three slashes', '///evil.example'],
    ['a backslash', '/\\evil.example'],
    ['two backslashes', '\\\\evil.example'],
    ['a backslash further on', '/a\\b'],
    ['a scheme without slashes', 'https:evil.example'],
    ['a scheme with one slash', 'https:/evil.example'],
    ['a scheme with three slashes', 'https:///evil.example'],
    ['another site', 'https://evil.example/'],
    ['another scheme of our host', 'http://site.example/'],
    ['another port of our host', 'https://site.example:8443/'],
    ['our name as user info', 'https://site.example@evil.example/'],
    ['our name as a prefix', 'https://site.example.evil.example/'],
    ['a script', 'javascript:alert(1)'],
    ['a data URL', 'data:text/html,x'],
    ['a blob of our own', 'blob:https://site.example/1'],
    ['a relative path', 'account'],
    ['a query', '?a=b'],
    ['a leading blank', ' //evil.example'],
    ['a leading blank before a path', ' /a'],
    ['a line break', '/a\r\nSet-Cookie: b'],
    ['a tab between slashes', '/\t/evil.example'],
    ['a null byte', '/a\u0000'],
    ['a C1 control', '/a\u0085'],
    ['more than 2048 characters', `/${'a'.repeat(2048)}`],
    ['more than 2048 characters once encoded', `/${'ä'.repeat(1000)}`],
    ['a host that does not parse', 'https://[/'],
  ])('refuses %s', (_attack, value) => {
    expect(sameOriginPath(value, OWN)).toBeUndefined();
  });

  test('refuses everything where the own origin is none', () => {
    expect(sameOriginPath('/a', 'null')).toBeUndefined();
    expect(sameOriginPath('/a', '')).toBeUndefined();
  });

  test('whatever comes in, what comes out stays with us', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      ':',
      'https:',
      '@',
      'evil.example',
      OWN,
      '\t',
      ' ',
      '?',
      '%2f',
      '#',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((text) => `/${text}`),
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(value, (text) => {
        const path = sameOriginPath(text, OWN);
        if (path === undefined) return;
        expect(path).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
        expect(new URL(path, OWN).origin).toBe(OWN);
        expect(sameOriginPath(path, OWN)).toBe(path);
      }),
      { numRuns: 1000 },
    );
  });
});
