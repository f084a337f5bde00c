import { isActionError } from 'portico';
import { expect, test } from 'vitest';
import { LoginRequired } from '../../src/sessions/login-required.ts';

test('as a host that honours it answers it: to the login page', () => {
  const error = new LoginRequired('/login');
  const response = error.getResponse();
  expect([isActionError(error), error.code, error.status]).toEqual([true, 'UNAUTHORIZED', 401]);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/login']);
});

test('without a login page: 403', async () => {
  const error = new LoginRequired(undefined);
  const response = error.getResponse();
  expect([error.code, response.status, await response.text()]).toEqual(['FORBIDDEN', 403, 'Login Required']);
});
