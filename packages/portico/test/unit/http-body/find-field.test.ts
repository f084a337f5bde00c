import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findField } from '../../../src/http/body/find-field.ts';
import { bytesOf } from './bodies.ts';

const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'Multipart/form-data; boundary="b"';
const found = (value: string): object => ({ state: 'found', value });
const malformed = (name: string): object => ({ state: 'malformed', name });
const absent = { state: 'absent' };
const more = { state: 'more' };
const part = (name: string, value: string, rest = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n${value}\r\n`;

test.each<[string, string, boolean, object]>([
  [URLENCODED, 'action=users/login&a=1', false, found('users/login')],
  [URLENCODED, 'a=1&action=users%2Flogin+x&', false, found('users/login x')],
  [URLENCODED, 'a=1&action=users', false, more],
  [URLENCODED, 'a=1&action=users', true, found('users')],
  [URLENCODED, 'a=1&action', true, found('')],
  [URLENCODED, '%61ction=x&', false, found('x')],
  [URLENCODED, 'xaction=1&action2=2&Action=3', true, absent],
  [URLENCODED, 'a=action&b=action=x', true, absent],
  [URLENCODED, 'a=1&b=2&', false, more],
  [URLENCODED, '', false, more],
  [URLENCODED, '', true, absent],
  [URLENCODED, 'action[]=x&action=y', true, malformed('action[]')],
  [URLENCODED, 'a=1&action%5Bx%5D=y', true, malformed('action[x]')],
  [URLENCODED, 'action=y&action[]=x', true, found('y')],
  [URLENCODED, 'action=%zz', true, found('%zz')],
  [`${URLENCODED}; charset=utf-8`, 'action=x', true, found('x')],
  [MULTIPART, part('a', '1') + part('action', 'users/login') + '--b', false, found('users/login')],
  [MULTIPART, part('action', 'users/login').slice(0, -4), false, more],
  [MULTIPART, part('action', 'users/login').slice(0, -4), true, absent],
  [MULTIPART, part('a', '1') + '--b--', false, absent],
  [MULTIPART, part('a', '1'), false, more],
  [MULTIPART, part('f', '', '; filename="x"') + part('action', 'y') + '--b--', true, absent],
  [MULTIPART, part('f', 'bytes', '; filename="x"').slice(0, -3), false, absent],
  [MULTIPART, part('f', '', '; filename=""') + part('action', 'y') + '--b--', true, found('y')],
  [MULTIPART, part('action', 'y', '; filename="x"') + '--b--', true, absent],
  [MULTIPART, part('action[]', 'y') + '--b--', true, malformed('action[]')],
  [MULTIPART, part('action', 'y') + '--bgarbage', true, found('y')],
  [MULTIPART, '--b\r\nnonsense\r\n\r\n', false, absent],
  ['multipart/form-data', part('action', 'y') + '--b--', true, absent],
  ['application/json', '{"action":"x"}', true, absent],
  ['text/plain', 'action=x', true, absent],
])('%s %j, ended: %j', (type, text, ended, expected) => {
  expect(findField(bytesOf(text), type, 'action', ended)).toEqual(expected);
});

test('a prefix never says what the whole body contradicts', () => {
  const pairs = fc.array(
    fc.tuple(fc.constantFrom('action', 'a', 'action[]', 'ä'), fc.string({ maxLength: 8 })),
    {
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(pairs, fc.boolean(), fc.nat(), (entries, multipart, cut) => {
      const text = multipart
        ? `${entries.map(([name, value]) => part(name, value)).join('')}--b--`
        : new URLSearchParams(entries).toString();
      const type = multipart ? MULTIPART : URLENCODED;
      const whole = bytesOf(text);
      const start = findField(whole.subarray(0, cut % (whole.length + 1)), type, 'action', false);
      if (start.state !== 'more') expect(start).toEqual(findField(whole, type, 'action', true));
    }),
  );
});

test('hostile bytes never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), fc.boolean(), (bytes, multipart, ended) => {
      const state = findField(bytes, multipart ? MULTIPART : URLENCODED, 'action', ended).state;
      if (ended) expect(state).not.toBe('more');
    }),
  );
});
