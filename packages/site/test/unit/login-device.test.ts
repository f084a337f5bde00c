import { describe, expect, test } from 'vitest';
import { describeDevice } from '../../src/sessions/describe-device.ts';
import { isKnownDevice } from '../../src/sessions/device.ts';

describe('a user agent in words', () => {
  const rows: ReadonlyArray<[string | null, string]> = [
    [null, 'Unknown device'],
    ['', 'Unknown device'],
    ['curl/8.5.0', 'Unknown device'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
      'Safari on macOS',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome on Linux',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      'Chrome on iPhone',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0',
      'Opera on macOS',
    ],
    ['Mozilla/5.0 (X11; CrOS x86_64 15633.69.0) AppleWebKit/537.36 Chrome/119.0.0.0', 'Chrome on ChromeOS'],
    ['Firefox/1 <script>', 'Firefox'],
    ['something on Windows', 'Windows'],
  ];
  test.each(rows)('%s', (userAgent, expected) => {
    expect(describeDevice(userAgent)).toBe(expected);
  });
});

describe('requireUserAgentAndIpForSession', () => {
  const rows: ReadonlyArray<[string | null, string | null, boolean, boolean]> = [
    ['x', '127.0.0.1', true, true],
    [null, '127.0.0.1', true, false],
    ['x', null, true, false],
    [null, null, false, true],
  ];
  test.each(rows)('user agent %j, address %j, setting %j: %j', (userAgent, ip, setting, expected) => {
    expect(isKnownDevice({ userAgent, ip }, { requireUserAgentAndIpForSession: setting })).toBe(expected);
  });
});
