import { expect, test } from 'vitest';
import { createPortico } from 'portico';
import { explorer } from 'portico/explorer';
import { describeSites, PASSWORD } from './support/site.ts';

interface Answer {
  readonly status: number;
  readonly body: { readonly text: string };
  readonly notes: readonly string[];
}

describeSites('the explorer of a site', (open) => {
  test('signs in as a user without a password, and leaves no session behind', async () => {
    const site = await open();
    const ada = await site.user({ username: 'ada', email: 'ada@example.com', admin: true });
    const app = createPortico({
      dev: true,
      secrets: ['a secret of the tests that is long enough'],
      plugins: [site.site, explorer()],
    });
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      app.fetch(new Request(`${site.origin}${path}`, init), { clientAddress: '127.0.0.1' });
    const { people } = (await (await ask('/_portico/people?q=ada')).json()) as { people: unknown };
    expect(people).toEqual([{ id: String(ada.id), label: 'ada · administrator' }]);

    const call = async (user: string, door: string): Promise<Answer> => {
      const body = new FormData();
      const order = { action: 'users.saveUser', door, user };
      for (const [name, value] of Object.entries(order)) body.append(`order:${name}`, value);
      body.append('input:userId', String(ada.id));
      body.append('input:firstName', 'Ada');
      return (await (await ask('/_portico/call', { method: 'POST', body })).json()) as Answer;
    };
    const saved = await call(String(ada.id), 'path-json');
    expect([saved.status, saved.notes]).toEqual([200, []]);
    expect(await site.site.queries.users.find(ada.id)).toMatchObject({ firstName: 'Ada' });
    expect((await call('', 'rpc')).status).toBe(403);

    const ownSessions = await site.login(ada, { password: PASSWORD });
    const { json } = await ownSessions.read('users/get-sessions');
    expect(json.sessions).toHaveLength(1);
  });
});
