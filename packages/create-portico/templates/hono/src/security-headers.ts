import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { importMap } from './assets.ts';

const importMapHash = createHash('sha256').update(importMap).digest('base64');

const headers = {
  'content-security-policy': [
    "default-src 'self'",
    `script-src 'self' 'sha256-${importMapHash}'`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: browsers would then post forms with `Origin: null`.
  'referrer-policy': 'same-origin',
};

/** On every answer; one that brings a header of its own, as the explorer does, keeps it. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(headers)) {
    if (!c.res.headers.has(name)) c.header(name, value);
  }
};
