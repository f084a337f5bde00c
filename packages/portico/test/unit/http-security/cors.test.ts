import { describe, expect, test } from 'vitest';
import { checkCorsOptions, corsHeaders } from '../../../src/http/cors.ts';

const APP = 'https://app.example';
const options = { origins: [APP, 'capacitor://localhost'] };

describe('corsHeaders', () => {
  test('opens an answer to a named origin', () => {
    expect(corsHeaders(options, APP, undefined, undefined)).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': APP,
      'access-control-expose-headers': 'precognition, precognition-success, retry-after',
    });
  });

  test('answers a preflight, with the headers asked for that are known', () => {
    const asked = 'Content-Type, X-CSRF-Token, X-Evil';
    expect(corsHeaders({ ...options, methods: ['DELETE'], maxAge: 60 }, APP, 'POST', asked)).toEqual({
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
      'access-control-allow-headers': 'content-type, x-csrf-token',
      'access-control-max-age': '60',
    });
  });

  test('lets the headers through that the app names', () => {
    const headers = corsHeaders({ ...options, allowHeaders: ['X-Own'] }, APP, 'POST', 'x-own');
    expect(headers['access-control-allow-headers']).toBe('x-own');
  });

  test('credentials only when asked for', () => {
    expect(corsHeaders(options, APP, undefined, undefined)).not.toHaveProperty(
      'access-control-allow-credentials',
    );
    const headers = corsHeaders({ ...options, credentials: true }, APP, undefined, undefined);
    expect(headers['access-control-allow-credentials']).toBe('true');
  });

  test.each([
    undefined,
    'null',
    '*',
    '',
    'https://evil.example',
    'http://app.example',
    `${APP}.evil.example`,
    `${APP}:8443`,
    `${APP}/`,
    `${APP}, https://evil.example`,
  ])('gives an origin that is not named nothing but Vary: %j', (origin) => {
    expect(corsHeaders({ ...options, credentials: true }, origin, undefined, undefined)).toEqual({
      vary: 'Origin',
    });
    expect(Object.keys(corsHeaders(options, origin, 'POST', 'content-type'))).toEqual(['vary']);
  });

  test('a function that allows all still does not allow null', () => {
    const all = { origins: () => true };
    expect(corsHeaders(all, 'null', undefined, undefined)).toEqual({ vary: 'Origin' });
    expect(corsHeaders(all, APP, undefined, undefined)['access-control-allow-origin']).toBe(APP);
  });
});

describe('checkCorsOptions', () => {
  test.each(['*', 'app.example', 'https://app.example/', 'null', ''])('refuses %j', (origin) => {
    expect(() => checkCorsOptions({ origins: [APP, origin] })).toThrow(/cors\.origins.*no origin/);
  });

  test('takes origins and functions', () => {
    expect(() => checkCorsOptions(options)).not.toThrow();
    expect(() => checkCorsOptions({ origins: () => false })).not.toThrow();
  });
});
