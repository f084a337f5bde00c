import { expect, test } from 'vitest';
import { isForbiddenPost } from '../../src/hosts/astro/origin-check.ts';

const OWN = 'https://shop.example';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

// Astro's rule (core/app/origin-check.js), with Sec-Fetch-Site and trustedOrigins beside it.
test.each([
  ['GET', { origin: 'https://evil.example' }, false],
  ['POST', { ...form, origin: OWN }, false],
  ['POST', { ...form, origin: 'https://evil.example' }, true],
  ['POST', { ...form, origin: 'null' }, true],
  ['POST', { ...form }, true],
  ['POST', { 'content-type': 'Multipart/Form-Data; boundary=x' }, true],
  ['POST', { 'content-type': 'text/plain', origin: 'https://evil.example' }, true],
  ['POST', { 'content-type': 'application/json', origin: 'https://evil.example' }, false],
  ['POST', {}, true],
  ['DELETE', {}, true],
  ['POST', { ...form, 'sec-fetch-site': 'same-origin' }, false],
  ['POST', { ...form, 'sec-fetch-site': 'cross-site', origin: 'https://friend.example' }, false],
] as const)('%s with %o is forbidden: %s', (method, headers, expected) => {
  const request = new Request(`${OWN}/api`, { method, headers });
  expect(isForbiddenPost(request, OWN, (origin) => origin === 'https://friend.example')).toBe(expected);
});
