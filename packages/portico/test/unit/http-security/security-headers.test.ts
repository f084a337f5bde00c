import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cspHash, pageSecurityHeaders } from '../../../src/http/security-headers.ts';

test('a page may load, run and frame nothing by default', () => {
  expect(pageSecurityHeaders()).toEqual({
    'content-security-policy':
      "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  });
});

test('only the styles and scripts that are named by their hash come through', () => {
  const style = 'body { color: red }';
  const hash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
  expect(cspHash(style)).toBe(hash);
  const policy = pageSecurityHeaders({ styles: [hash], scripts: [cspHash('1')] })['content-security-policy'];
  expect(policy).toContain(`style-src ${hash};`);
  expect(policy).toContain(`script-src ${cspHash('1')}; connect-src 'self';`);
  expect(policy).not.toContain('unsafe');
});
