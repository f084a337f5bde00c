import { describe, expect, it } from 'vitest';
import { formOf } from './form-page.ts';
import { craftSite, type CraftSite } from './site.ts';

// The seed, "Ajax" and "Sending JSON". `fetch` is what the seed's scripts call, in a page of the site: with its cookies.

interface SessionInfo {
  readonly id?: number;
  readonly csrfTokenName: string;
  readonly csrfTokenValue: string;
}

/** `fetch` as a page of the site has it. */
function browserFetch(site: CraftSite) {
  const visitor = site.agent();
  return (
    path: string,
    init: { method?: string; headers: Record<string, string>; body?: FormData | string },
  ) =>
    init.method === 'POST'
      ? visitor.post(path, init.body, { headers: init.headers })
      : visitor.get(path, { headers: init.headers });
}

describe('Ajax', () => {
  it.each([
    ['application/json', true],
    ['application/*', true],
    ['text/html, application/json;q=0.9', true],
    ['*/*', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', false],
    ['application/json;q=0', false],
  ])('answers Accept: %s as JSON: %s', async (accept, isJson) => {
    const { agent } = await craftSite({ csrf: 'auto' });
    const fields = new URLSearchParams({ action: 'users/save-user', fullName: 'T' });
    const response = await agent().post('/profile', fields, { headers: { accept } });
    expect(response.headers.get('content-type')).toContain(isJson ? 'application/json' : 'text/html');
    expect(response.status).toBe(isJson ? 400 : 422);
  });

  it('knows X-Requested-With as ctx.isAjax, which alone makes no JSON', async () => {
    const { agent } = await craftSite({ csrf: 'auto' });
    const fields = new URLSearchParams({ fullName: 'Tony' });
    const post = (headers: Record<string, string>): Promise<Response> =>
      agent().post('/actions/users/save-user', fields, { headers });
    const accept = 'application/json';
    expect(await (await post({ accept, 'x-requested-with': 'XMLHttpRequest' })).json()).toMatchObject({
      ajax: true,
    });
    expect(await (await post({ accept })).json()).toMatchObject({ ajax: false });
    expect((await post({ 'x-requested-with': 'XMLHttpRequest' })).status).toBe(303);
  });

  it('fetches a token from users/session-info, then saves the user (the FormData example)', async () => {
    const site = await craftSite();
    const fetch = browserFetch(site);
    const session = (await (
      await fetch('/actions/users/session-info', {
        headers: {
          Accept: 'application/json',
        },
      })
    ).json()) as SessionInfo;
    expect(session).toMatchObject({
      isGuest: true,
      timeout: expect.any(Number),
      csrfTokenName: 'PORTICO_CSRF_TOKEN',
    });

    const params = new FormData();
    params.append('userId', String(session.id ?? 7));
    params.append('fullName', 'Tony Tiger');
    const response = await fetch('/actions/users/save-user', {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'X-CSRF-Token': session.csrfTokenValue,
        'X-Requested-With': 'XMLHttpRequest',
      },
      body: params,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      message: 'User saved.',
      modelName: 'user',
      user: { id: 7, fullName: 'Tony Tiger' },
    });
  });

  it('takes the token from the body, under the name the page stashed (the button example)', async () => {
    const site = await craftSite();
    const visitor = site.agent();
    const stashed =
      formOf(await (await visitor.get('/profile')).text()).fields.get('PORTICO_CSRF_TOKEN') ?? '';
    const params = new FormData();
    params.append('userId', '7');
    params.append('PORTICO_CSRF_TOKEN', stashed);
    params.append('fullName', 'Tony the Tiger');
    const headers = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
    const response = await visitor.post('/actions/users/save-user', params, { headers });
    expect(await response.json()).toMatchObject({ user: { fullName: 'Tony the Tiger' } });
  });

  it('still asks for the token: without it a script is refused in JSON', async () => {
    const site = await craftSite();
    const fetch = browserFetch(site);
    const params = new FormData();
    params.append('fullName', 'Tony Tiger');
    const response = await fetch('/actions/users/save-user', {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: params,
    });
    expect(response.status).toBe(400);
    const body = (await response.json()) as { error: string; code: string };
    expect(body.code).toBe('CSRF_FAILED');
    expect(body.error).toContain('PORTICO_CSRF_TOKEN');
    expect(body.error).toContain('X-CSRF-Token');
  });

  it('makes no session for a page that only asks and reads no token', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    await visitor.get('/plain');
    expect(visitor.cookies.size).toBe(0);
    await visitor.get('/actions/users/session-info');
    expect(visitor.cookies.size).toBe(1);
  });

  it('hands the new token to a script that signs in, and that token works', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    const before = (await (await visitor.get('/actions/users/session-info')).json()) as SessionInfo;
    const headers = (token: string): Record<string, string> => ({
      accept: 'application/json',
      'x-csrf-token': token,
    });
    const login = new URLSearchParams({ loginName: 'tiger', password: 'grrreat!' });
    const answer = await visitor.post('/actions/users/login', login, {
      headers: headers(before.csrfTokenValue),
    });
    const { csrfTokenValue: token } = (await answer.json()) as { csrfTokenValue: string };

    const save = (value: string): Promise<Response> =>
      visitor.post('/actions/users/save-user', new URLSearchParams({ fullName: 'Tony' }), {
        headers: headers(value),
      });
    expect((await save(before.csrfTokenValue)).status).toBe(400);
    expect((await save(token)).status).toBe(200);
  });

  it('hands a token to a script that signs in without a session before it', async () => {
    const { agent } = await craftSite({ csrf: 'auto' });
    const login = new URLSearchParams({ loginName: 'tiger', password: 'grrreat!' });
    const answer = await agent().post('/actions/users/login', login, {
      headers: { accept: 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ csrfTokenValue: expect.any(String) });
  });

  it('hands the guest’s token to a script that signs out, and that token works', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    const { csrfTokenValue } = (await (
      await visitor.get('/actions/users/session-info')
    ).json()) as SessionInfo;
    const headers = (token: string): Record<string, string> => ({
      accept: 'application/json',
      'x-csrf-token': token,
    });
    const login = new URLSearchParams({ loginName: 'tiger', password: 'grrreat!' });
    await visitor.post('/actions/users/login', login, { headers: headers(csrfTokenValue) });
    const answer = await visitor.get('/actions/users/logout', { headers: { accept: 'application/json' } });
    const { csrfTokenValue: token } = (await answer.json()) as { csrfTokenValue: string };
    const saved = await visitor.post('/actions/users/save-user', new URLSearchParams({ fullName: 'Tony' }), {
      headers: headers(token),
    });
    expect(saved.status).toBe(200);
  });
});

describe('Sending JSON', () => {
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'X-Requested-With': 'XMLHttpRequest',
  };

  async function signedIn() {
    const site = await craftSite();
    const visitor = site.agent();
    const { csrfTokenValue } = (await (
      await visitor.get('/actions/users/session-info')
    ).json()) as SessionInfo;
    return { ...site, visitor, csrfTokenValue };
  }

  it('saves the user from a serialized payload', async () => {
    const { visitor, csrfTokenValue } = await signedIn();
    const params = { userId: '7', fullName: 'Tony Tiger' };
    const response = await visitor.post('/actions/users/save-user', JSON.stringify(params), {
      headers: { ...headers, 'X-CSRF-Token': csrfTokenValue },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ user: { id: 7, fullName: 'Tony Tiger' }, ajax: true });
  });

  it('takes the token from the payload', async () => {
    const { visitor, csrfTokenValue } = await signedIn();
    const body = JSON.stringify({ fullName: 'Tony Tiger', PORTICO_CSRF_TOKEN: csrfTokenValue });
    expect((await visitor.post('/actions/users/save-user', body, { headers })).status).toBe(200);
  });

  it.each([
    ['/actions/users/save-user', {}, 200],
    ['/plain?action=users/save-user', {}, 200],
    ['/plain', { action: 'users/save-user' }, 'page'],
  ] as const)('needs the action in the path or in the query: %s with %j', async (path, extra, expected) => {
    const { visitor, csrfTokenValue } = await signedIn();
    const body = JSON.stringify({ fullName: 'Tony Tiger', ...extra });
    const response = await visitor.post(path, body, {
      headers: { ...headers, 'X-CSRF-Token': csrfTokenValue },
    });
    if (expected === 'page') expect(await response.text()).toContain('Nothing here');
    else expect(response.status).toBe(expected);
  });

  it('lets body params win over query params', async () => {
    const { visitor, csrfTokenValue } = await signedIn();
    const response = await visitor.post(
      '/actions/users/save-user?fullName=Query&userId=3',
      '{"fullName":"Body"}',
      {
        headers: { ...headers, 'X-CSRF-Token': csrfTokenValue },
      },
    );
    expect(await response.json()).toMatchObject({ user: { id: 3, fullName: 'Body' } });
  });

  it('refuses what says it is JSON and is not', async () => {
    const { visitor, csrfTokenValue } = await signedIn();
    const response = await visitor.post('/actions/users/save-user', 'fullName=Tony', {
      headers: { ...headers, 'X-CSRF-Token': csrfTokenValue },
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toMatch(/not valid JSON/);
  });
});

it('needs no browser at all: another program may call what nothing ambient authenticates', async () => {
  const { url } = await craftSite({ csrf: 'auto' });
  const response = await fetch(`${url}/actions/users/save-user`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ fullName: 'Tony' }),
  });
  expect(response.status).toBe(200);
});
