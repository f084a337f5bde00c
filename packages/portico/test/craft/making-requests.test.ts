import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { craftSite, type CraftSite } from './site.ts';

// The seed, "Making Requests" and "HTTP Verbs".

const JSON_ANSWER = { headers: { accept: 'application/json' } };
let site: CraftSite;

beforeAll(async () => {
  site = await craftSite({ csrf: 'auto' });
});
afterAll(() => site.close());

describe('Making Requests', () => {
  it('takes the action param from the query of a GET request', async () => {
    const response = await site.agent().get('/plain?action=users/session-info');
    expect(await response.json()).toMatchObject({ isGuest: true });
  });

  it('takes the action param from the body of a POST request', async () => {
    const fields = new URLSearchParams({ action: 'users/save-user', fullName: 'Tony Tiger' });
    const response = await site.agent().post('/profile', fields, JSON_ANSWER);
    expect(await response.json()).toMatchObject({ user: { fullName: 'Tony Tiger' } });
  });

  it('takes the action param from a multipart body as well', async () => {
    const fields = new FormData();
    fields.append('action', 'users/save-user');
    fields.append('fullName', 'Tony Tiger');
    const response = await site.agent().post('/profile', fields, JSON_ANSWER);
    expect(response.status).toBe(200);
  });

  it('takes an action path where there is no action param', async () => {
    const response = await site
      .agent()
      .post('/actions/users/save-user', new URLSearchParams({ fullName: 'Tony' }), JSON_ANSWER);
    expect(response.status).toBe(200);
  });

  it('sends the visitor of a failed form to where its action attribute says', async () => {
    const fields = new URLSearchParams({ action: 'users/save-user', fullName: 'T' });
    const response = await site.agent().post('/profile', fields);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Full Name should contain');
  });

  it('gives the action attribute no say once there is a redirect', async () => {
    const fields = new URLSearchParams({ action: 'entries/save-entry', title: 'Hello' });
    const response = await site.agent().post('/profile', fields);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/account/entries/12']);
  });

  it('routes to an action by the actionTrigger setting', async () => {
    const other = await craftSite({ csrf: 'auto', actionTrigger: 'do' });
    expect((await other.agent().get('/do/users/session-info')).status).toBe(200);
    expect((await other.agent().get('/actions/users/session-info')).status).toBe(404);
  });

  it('routes to an action by a rule of routes', async () => {
    const response = await site
      .agent()
      .post('/people/8', new URLSearchParams({ fullName: 'Tony', userId: '1' }), JSON_ANSWER);
    expect(await response.json()).toMatchObject({ user: { id: 8 } });
    expect(await (await site.agent().get('/wait/4')).json()).toMatchObject({ page: 4 });
  });

  it('picks the path before the query before the body', async () => {
    const agent = site.agent();
    const fields = new URLSearchParams({ action: 'users/save-user', title: 'Hello', fullName: 'Tony' });
    const byPath = await agent.post(
      '/actions/entries/save-entry?action=users/save-user',
      fields,
      JSON_ANSWER,
    );
    expect(await byPath.json()).toMatchObject({ modelName: 'entry' });
    const byQuery = await agent.post('/plain?action=entries/save-entry', fields, JSON_ANSWER);
    expect(await byQuery.json()).toMatchObject({ modelName: 'entry' });
  });

  it.each(['users/save-user', 'users.saveUser', 'users/saveUser', '/users/save-user/'])(
    'knows the action as %s',
    async (name) => {
      const fields = new URLSearchParams({ action: name, fullName: 'Tony' });
      expect((await site.agent().post('/profile', fields, JSON_ANSWER)).status).toBe(200);
    },
  );

  it.each([
    ['an unknown action', new URLSearchParams({ action: 'users/nope' }), 404, /no action of this name/],
    ['a namespace', new URLSearchParams({ action: 'users/' }), 404, /no action of this name/],
    [
      'a list in place of the name',
      new URLSearchParams([['action[]', 'users/save-user']]),
      400,
      /parameter action must be one text/,
    ],
  ])('answers %s as an error', async (_what, fields, status, message) => {
    const agent = site.agent();
    const json = await agent.post('/profile', fields, JSON_ANSWER);
    expect(json.status).toBe(status);
    expect(((await json.json()) as { error: string }).error).toMatch(message);
    const page = await agent.post('/profile', fields);
    expect(page.status).toBe(status);
    expect(await page.text()).toMatch(message);
  });

  it('leaves an action field that names no action, and has no slash, to the page', async () => {
    const response = await site.agent().post('/plain', new URLSearchParams({ action: 'search' }));
    expect(await response.text()).toContain('Nothing here');
  });

  it('refuses an action param in JSON: it is not picked up there', async () => {
    const response = await site
      .agent()
      .post('/plain', { action: 'users/save-user', fullName: 'Tony' }, JSON_ANSWER);
    expect(await response.text()).toContain('Nothing here');
  });
});

describe('HTTP Verbs', () => {
  const wrong = [
    ['GET', '/actions/users/save-user', 'POST'],
    ['POST', '/actions/users/session-info', 'GET, HEAD'],
    ['PUT', '/actions/users/save-user', 'POST'],
    ['DELETE', '/actions/users/set-password', 'GET, HEAD, POST'],
  ] as const;

  it.each(wrong)('answers %s %s with the error page, 400', async (method, path, allow) => {
    const response = await fetch(site.url + path, { method, headers: { 'sec-fetch-site': 'same-origin' } });
    expect([response.status, response.headers.get('allow')]).toEqual([400, allow]);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain(`${method} is not a method of this action`);
  });

  it.each(wrong)('answers %s %s with an error key in JSON, 400', async (method, path, allow) => {
    const response = await fetch(site.url + path, { method, headers: { accept: 'application/json' } });
    expect([response.status, response.headers.get('allow')]).toEqual([400, allow]);
    const body = (await response.json()) as { error: string; code: string };
    expect(body).toMatchObject({ error: expect.stringContaining(allow), code: 'METHOD_NOT_ALLOWED' });
  });

  it('shows the error template of the app, with the status and Allow of the refusal', async () => {
    const own = await craftSite({
      errorPage: (error) =>
        new Response(`<h1>Our own ${error.status}</h1>`, {
          status: error.status,
          headers: { 'content-type': 'text/html' },
        }),
    });
    const response = await own.agent().get('/actions/users/save-user');
    expect(await response.text()).toBe('<h1>Our own 400</h1>');
    expect([response.status, response.headers.get('allow')]).toEqual([400, 'POST']);
  });

  it('answers with wrongVerbStatus where it is set', async () => {
    const other = await craftSite({ wrongVerbStatus: 405 });
    const response = await other.agent().get('/actions/users/save-user');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('takes both verbs of an action that has both', async () => {
    const agent = site.agent();
    const form = await agent.get('/actions/users/set-password?code=abc&id=77');
    expect(await form.text()).toBe('<p>77 abc</p>');
    const fields = new URLSearchParams({ code: 'abc', id: '77', newPassword: 'x'.repeat(9) });
    expect(await (await agent.post('/actions/users/set-password', fields, JSON_ANSWER)).json()).toMatchObject(
      { status: 'active' },
    );
  });
});
