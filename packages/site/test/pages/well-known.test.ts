import { expect, test } from 'vitest';
import { describeSites } from '../support/site.ts';

const WELL_KNOWN = '/.well-known/change-password';

describeSites('the well-known URL for changing passwords', (open) => {
  test.each([
    ['forgot', '/forgot'],
    ['/forgot/', '/forgot'],
    ['account/über uns', '/account/%C3%BCber%20uns'],
    ['https://id.example.com/password', 'https://id.example.com/password'],
  ])('leads to %s', async (setPasswordRequestPath, location) => {
    const app = await open({ setPasswordRequestPath });
    const answer = await app.visitor().get(WELL_KNOWN);
    expect([answer.status, answer.location, answer.text]).toEqual([303, location, '']);
  });

  test('is nothing where there is no page to ask for a new password', async () => {
    const app = await open();
    expect((await app.visitor().get(WELL_KNOWN)).status).toBe(404);
  });
});
