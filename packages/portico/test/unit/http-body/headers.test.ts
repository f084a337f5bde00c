import { describe, expect, test } from 'vitest';
import { readableBytes } from '../../../src/http/body/byte-size.ts';
import { mediaType, parameter } from '../../../src/http/media-type.ts';
import { wantsJson } from '../../../src/http/negotiate.ts';

test.each([
  [undefined, ''],
  ['', ''],
  ['application/json', 'application/json'],
  ['Application/JSON; charset=utf-8', 'application/json'],
  [' multipart/form-data ;boundary=x', 'multipart/form-data'],
  ['application/json+devalue;portico=redirect', 'application/json+devalue'],
])('media type of %j is %j', (header, expected) => {
  expect(mediaType(header)).toBe(expected);
});

test.each([
  ['a/b; boundary=x', 'x'],
  ['a/b;Boundary=X y', 'X y'],
  ['a/b; boundary="x;y=\\"z\\\\"', 'x;y="z\\'],
  ['a/b; x="; boundary=wrong"; boundary=right', 'right'],
  ['a/b; boundary=1; boundary=2', '1'],
  ['a/b; xboundary=1', undefined],
  ['a/b; boundary', undefined],
  ['a/b; boundary=""', ''],
  ['boundary=x', undefined],
])('parameter of %j is %j', (header, expected) => {
  expect(parameter(header, 'boundary')).toBe(expected);
});

describe('wantsJson', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['*/*', false],
    ['application/json', true],
    ['Application/JSON', true],
    ['application/*', true],
    ['application/json;q=0', false],
    ['application/json; q=0.0', false],
    ['application/*;q=0', false],
    ['application/json;q=0, application/*', false],
    ['application/*, application/json;q=0', false],
    ['application/*;q=0, application/json', true],
    ['application/json;q=0.001', true],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', false],
    ['text/html, application/json;q=0.1', true],
    ['application/json-seq', false],
    ['application/vnd.api+json', false],
    ['text/plain;x="application/json"', false],
    ['application/json;charset=utf-8', true],
  ])('%j: %j', (accept, expected) => {
    expect(wantsJson(accept)).toBe(expected);
  });
});

test.each([
  [0, '0 bytes'],
  [1000, '1000 bytes'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [1_048_576, '1 MiB'],
  [10_485_760, '10 MiB'],
  [1024 ** 3, '1 GiB'],
])('%i bytes are %s', (bytes, expected) => {
  expect(readableBytes(bytes)).toBe(expected);
});
