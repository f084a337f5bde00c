import { createTestClient } from 'portico/testing';
import { afterAll, expect, test, vi } from 'vitest';
import { accounts } from '../src/portico/accounts.ts';
import { portico } from '../src/portico/index.ts';

const { saveUser, login } = accounts.actions.users;
const password = 'correct horse battery staple';

afterAll(() => accounts.close());

test('from a registration by the link of its mail to a login', async () => {
  const visitor = createTestClient(portico);
  expect((await visitor.form(saveUser, { email: 'ada@example.com', password: 'short' })).status).toBe(422);
  expect((await visitor.form(saveUser, { email: 'ada@example.com', password })).status).toBe(200);

  await visitor.controller('users/verify-email', await codeMailedTo('ada@example.com'));
  const { error } = await visitor.rpc(login, { loginName: 'ada@example.com', password });
  expect(error).toBeUndefined();
  expect(await visitor.read((ctx) => ctx.user?.email)).toBe('ada@example.com');
});

/** What the newest mail's link carries. Waits for it: mails go out after the answer. */
function codeMailedTo(address: string): Promise<Record<string, string>> {
  // The mailbox is a page of the site's, which shows where the app has none.
  const reader = createTestClient(portico, { pages: () => new Response(null, { status: 404 }) });
  const look = async (): Promise<Record<string, string>> => {
    const mails = (await reader.get('/_portico/mail', { accept: 'application/json' })).json() as Mail[];
    const link = mails.find(({ to }) => to === address)?.links[0];
    if (link === undefined) throw new Error(`No mail has come to ${address}.`);
    return Object.fromEntries(new URL(link).searchParams);
  };
  return vi.waitFor(look, { timeout: 10_000 });
}

interface Mail {
  readonly to: string;
  readonly links: readonly string[];
}
