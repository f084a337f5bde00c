import { describe, expect, test } from 'vitest';
import { normalAddress } from '../../../src/http/address.ts';
import { type ClientView, clientOf, trustProxies } from '../../../src/http/proxies.ts';

const via = (
  peer: string | undefined,
  headers: Record<string, string>,
  trusted: readonly string[],
): ClientView =>
  clientOf(
    { peerAddress: peer, protocol: 'http', header: (name) => ({ host: 'inner:3000', ...headers })[name] },
    trustProxies(trusted),
  );

describe('address', () => {
  test.each<[string, string | undefined, string | undefined, readonly string[], string | undefined]>([
    ['nobody is trusted', '10.0.0.1', '1.2.3.4', [], '10.0.0.1'],
    ['a stranger is not believed', '9.9.9.9', '1.2.3.4', ['10.0.0.0/8'], '9.9.9.9'],
    ['one proxy', '10.0.0.1', '1.2.3.4', ['10.0.0.1'], '1.2.3.4'],
    ['a spoofed entry on the left', '10.0.0.1', '127.0.0.1, 1.2.3.4', ['private', 'loopback'], '1.2.3.4'],
    ['two proxies', '10.0.0.1', '1.2.3.4, 10.0.0.2', ['private'], '1.2.3.4'],
    ['spoofed through two proxies', '10.0.0.1', '8.8.8.8, 1.2.3.4, 10.0.0.2', ['private'], '1.2.3.4'],
    ['trusted all the way', '10.0.0.1', '10.0.0.3, 10.0.0.2', ['private'], '10.0.0.3'],
    ['no header', '10.0.0.1', undefined, ['private'], '10.0.0.1'],
    ['an empty header', '10.0.0.1', '', ['private'], '10.0.0.1'],
    ['garbage', '10.0.0.1', 'unknown', ['private'], '10.0.0.1'],
    ['garbage stops the reading', '10.0.0.1', '1.2.3.4, <script>, 10.0.0.2', ['private'], '10.0.0.2'],
    ['garbage on the left', '10.0.0.1', "' OR 1=1, 1.2.3.4", ['private'], '1.2.3.4'],
    ['an incomplete address', '10.0.0.1', '1.2.3', ['private'], '10.0.0.1'],
    ['a port', '10.0.0.1', '1.2.3.4:5678', ['private'], '1.2.3.4'],
    ['IPv6', '::1', '2001:DB8::1', ['loopback'], '2001:db8::1'],
    ['IPv6 in brackets', '::1', '[2001:db8:0:0::1]:443', ['loopback'], '2001:db8::1'],
    ['IPv4 in IPv6 as peer', '::ffff:10.0.0.1', '::ffff:1.2.3.4', ['10.0.0.0/8'], '1.2.3.4'],
    ['IPv4 in IPv6 in the list', '10.0.0.1', '1.2.3.4', ['::ffff:10.0.0.1'], '1.2.3.4'],
    ['IPv4 in IPv6, hexadecimal', '::ffff:a00:1', '1.2.3.4', ['private'], '1.2.3.4'],
    ['IPv6 private', 'fd12::1', '1.2.3.4', ['private'], '1.2.3.4'],
    ['outside the block', '10.0.1.1', '1.2.3.4', ['10.0.0.0/24'], '10.0.1.1'],
    ['an unknown peer', undefined, '1.2.3.4', ['private'], undefined],
  ])('%s', (_name, peer, forwarded, trusted, expected) => {
    expect(via(peer, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, trusted).address).toBe(
      expected,
    );
  });
});

describe('scheme and host', () => {
  test.each<[string, string, Record<string, string>, 'http' | 'https', string]>([
    ['from a stranger', '9.9.9.9', { proto: 'https', host: 'evil.example' }, 'http', 'inner:3000'],
    [
      'from a proxy',
      '10.0.0.1',
      { for: '1.2.3.4', proto: 'HTTPS', host: 'Example.com:8443' },
      'https',
      'example.com:8443',
    ],
    ['without an address', '10.0.0.1', { proto: 'https', host: 'example.com' }, 'https', 'example.com'],
    [
      'spoofed before one proxy',
      '10.0.0.1',
      { for: '6.6.6.6, 1.2.3.4', proto: 'https, http', host: 'evil.example, example.com' },
      'http',
      'example.com',
    ],
    [
      'two proxies',
      '10.0.0.1',
      { for: '1.2.3.4, 10.0.0.2', proto: 'https, http', host: 'example.com, inner' },
      'https',
      'example.com',
    ],
    [
      'two proxies, one value',
      '10.0.0.1',
      { for: '1.2.3.4, 10.0.0.2', proto: 'https', host: 'example.com' },
      'https',
      'example.com',
    ],
    ['another scheme', '10.0.0.1', { proto: 'javascript' }, 'http', 'inner:3000'],
    ['an empty value', '10.0.0.1', { proto: '', host: '' }, 'http', 'inner:3000'],
    ['a path', '10.0.0.1', { host: 'example.com/evil' }, 'http', 'inner:3000'],
    ['user info', '10.0.0.1', { host: 'a@example.com' }, 'http', 'inner:3000'],
    ['a line break', '10.0.0.1', { host: 'example.com\r\nx: y' }, 'http', 'inner:3000'],
    ['a port out of range', '10.0.0.1', { host: 'example.com:65536' }, 'http', 'inner:3000'],
    ['IPv6', '10.0.0.1', { host: '[2001:db8::1]:3000' }, 'http', '[2001:db8::1]:3000'],
    ['broken IPv6', '10.0.0.1', { host: '[1::2::3]' }, 'http', 'inner:3000'],
  ])('%s', (_name, peer, forwarded, protocol, host) => {
    const headers = Object.fromEntries(
      Object.entries(forwarded).map(([name, value]) => [`x-forwarded-${name}`, value]),
    );
    expect(via(peer, headers, ['private'])).toMatchObject({ protocol, host });
  });

  test('the host header, or what the caller has instead of it', () => {
    const nobody = trustProxies([]);
    const request = { peerAddress: undefined, protocol: 'https' as const, header: () => undefined };
    expect(clientOf(request, nobody)).toEqual({ address: undefined, protocol: 'https', host: 'localhost' });
    expect(clientOf({ ...request, hostHeader: 'Example.COM' }, nobody).host).toBe('example.com');
  });
});

test.each([
  '',
  'localhost',
  'example.com',
  '1.2.3',
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/x',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '::ffff:10.0.0.0/104',
  'toString',
])('trustedProxies refuses %j by name', (entry) => {
  expect(() => trustProxies(['10.0.0.1', entry])).toThrow(`trustedProxies: ${JSON.stringify(entry)}`);
});

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['::FFFF:1.2.3.4', '1.2.3.4'],
  ['::ffff:102:304', '1.2.3.4'],
  ['0:0:0:0:0:ffff:102:304', '1.2.3.4'],
  ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['no:address', 'no:address'],
])('%s is %s', (address, expected) => {
  expect(normalAddress(address)).toBe(expected);
});
