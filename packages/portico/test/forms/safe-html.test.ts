import fc from 'fast-check';
import { html as honoHtml, raw as honoRaw } from 'hono/html';
import { jsx } from 'hono/jsx';
import { describe, expect, test } from 'vitest';
import { hiddenInput, html, raw } from 'portico/html';
import { hostileText, tokenize } from './markup.ts';

const NASTY = `<b>"it's" & co</b>`;
const ESCAPED = '&lt;b&gt;&quot;it&#39;s&quot; &amp; co&lt;/b&gt;';

describe('html', () => {
  test.each<[string, unknown, string]>([
    ['text', NASTY, ESCAPED],
    ['a number', 5, '5'],
    ['a bigint', 5n, '5'],
    ['null', null, ''],
    ['undefined', undefined, ''],
    ['false', false, ''],
    ['true', true, ''],
    ['zero', 0, '0'],
    ['markup', raw('<i>x</i>'), '<i>x</i>'],
    ['markup of our own template', html`<i>${'<'}</i>`, '<i>&lt;</i>'],
    ['markup of Hono', honoRaw('<i>x</i>'), '<i>x</i>'],
    ['a list', [html`<li>${1}</li>`, '<li>', null, [raw('<hr>')]], '<li>1</li>&lt;li&gt;<hr>'],
    ['an object with a text of its own', { toString: () => '?_action=a&b' }, '?_action=a&amp;b'],
    ['what JSON can pretend to be', JSON.parse('{"isEscaped":true}'), '[object Object]'],
    ['a String object without the mark', new String('<i>'), '&lt;i&gt;'],
    ['an array with a mark', Object.assign(['<i>'], { isEscaped: true }), '&lt;i&gt;'],
  ])('%s', (_, hole, expected) => {
    expect(html`<p>${hole}</p>`.toString()).toBe(`<p>${expected}</p>`);
  });

  test('a promise and a function are refused with what to do about it', () => {
    expect(() => html`${Promise.resolve('x')}`).toThrow(/promise.*Await it/);
    expect(() => html`${function name() {}}`).toThrow(/function \(name\).*Call it/);
  });

  test('any text in any hole stays text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { tags, text: shown } = tokenize(html`<p>${text}</p>`.toString());
        expect(tags.map((tag) => tag.name)).toEqual(['p']);
        expect(shown).toBe(text);
      }),
    );
  });
});

describe('the mark is understood by Hono', () => {
  const input = hiddenInput('a"b', NASTY);
  const markup = `<input type="hidden" name="a&quot;b" value="${ESCAPED}">`;

  test('by its html template', () => {
    expect(String(honoHtml`<form>${input}${NASTY}</form>`)).toBe(`<form>${markup}${ESCAPED}</form>`);
  });

  test('by its JSX', () => {
    expect(String(jsx('form', {}, input, NASTY))).toBe(`<form>${markup}${ESCAPED}</form>`);
  });
});

test('markup behaves as a text', () => {
  const markup = raw('<i>x</i>');
  expect(`${markup}`).toBe('<i>x</i>');
  expect(markup + '!').toBe('<i>x</i>!');
  expect(JSON.stringify({ markup })).toBe('{"markup":"<i>x</i>"}');
});
