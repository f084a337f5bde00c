import { actionInput, actionUrl, hiddenInput, input } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { formOf } from './form-page.ts';
import { craftSite } from './site.ts';

// The seed, "POST", "GET", "CSRF" and "Form Helpers". The site asks for a token on every form, as Craft does.

const TOKEN = 'PORTICO_CSRF_TOKEN';

describe('POST', () => {
  it('lets the visitor request a password reset', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    const { fields } = formOf(await (await visitor.get('/reset')).text(), { loginName: 'tiger' });
    const response = await visitor.post('/reset', fields);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/help/account-recovery']);
    expect(await (await visitor.get('/flashes')).text()).toBe(
      '<p class="notice">Password reset email sent.</p>',
    );
  });

  it('needs an action param: without one it is a page', async () => {
    const { agent } = await craftSite();
    const response = await agent().post('/plain', new URLSearchParams({ loginName: 'tiger' }));
    expect(await response.text()).toContain('Nothing here');
  });

  it('sets no flash when using Ajax', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    const { fields } = formOf(await (await visitor.get('/reset')).text(), { loginName: 'tiger' });
    const headers = { accept: 'application/json' };
    const success = await visitor.post('/reset', fields, { headers });
    expect(await success.json()).toMatchObject({ message: 'Password reset email sent.' });
    fields.set('loginName', 'nobody');
    expect((await visitor.post('/reset', fields, { headers })).status).toBe(404);
    expect(await (await visitor.get('/flashes')).text()).toBe('');
  });
});

describe('GET', () => {
  it('is made by following a link to an action URL', async () => {
    const { agent, url } = await craftSite();
    const visitor = agent();
    const home = await (await visitor.get('/')).text();
    const href = /id="logout" href="([^"]+)"/.exec(home)?.[1] ?? '';
    expect(href).toBe(`${url}/actions/users/logout`);
    const response = await visitor.get(href);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  });

  it('needs no token and sets no flash', async () => {
    const { agent } = await craftSite();
    const visitor = agent({ browser: false });
    expect((await visitor.get('/actions/users/set-password?code=a&id=1')).status).toBe(200);
    expect(visitor.cookies.size).toBe(0);
  });
});

describe('CSRF', () => {
  it.each([
    ['in the form', (token: string) => [{ [TOKEN]: token }, {}] as const, 303],
    ['in the header X-CSRF-Token', (token: string) => [{}, { 'x-csrf-token': token }] as const, 303],
    ['nowhere', () => [{}, {}] as const, 400],
    ['of another session', () => [{ [TOKEN]: 'A'.repeat(86) }, {}] as const, 400],
    ['in the query', () => [{}, {}] as const, 400],
  ])('asks for a token on a form: it is %s', async (where, carry, status) => {
    const { agent } = await craftSite();
    const visitor = agent();
    const token = formOf(await (await visitor.get('/reset')).text()).fields.get(TOKEN) ?? '';
    const [fields, headers] = carry(token);
    const query = where === 'in the query' ? `?${TOKEN}=${token}` : '';
    const body = new URLSearchParams({
      action: 'users/send-password-reset-email',
      loginName: 'tiger',
      ...fields,
    });
    const response = await visitor.post(`/reset${query}`, body, { headers });
    expect(response.status).toBe(status);
  });

  it('needs a valid session: a token alone opens nothing', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    const { fields } = formOf(await (await visitor.get('/reset')).text(), { loginName: 'tiger' });
    visitor.cookies.clear();
    expect((await visitor.post('/reset', fields)).status).toBe(400);
  });

  it('renders the form again with what was typed and a fresh token, which then works', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    await visitor.get('/profile');
    const stale = new URLSearchParams({
      action: 'users/save-user',
      fullName: 'Tony Tiger',
      [TOKEN]: 'stale',
    });
    const response = await visitor.post('/profile', stale);
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain('does not belong to this session');
    const { fields } = formOf(page);
    expect(fields.get('fullName')).toBe('Tony Tiger');
    expect((await visitor.post('/profile', fields)).status).toBe(303);
  });

  it('sends no-cache headers whenever a token is read, and only then', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    expect((await visitor.get('/reset')).headers.get('cache-control')).toBe(
      'no-cache, no-store, must-revalidate',
    );
    expect((await visitor.get('/actions/users/session-info')).headers.get('cache-control')).toContain(
      'no-store',
    );
    expect((await visitor.get('/plain')).headers.get('cache-control')).toBeNull();
  });

  it('prints another token at each reading, all of them valid', async () => {
    const { agent } = await craftSite();
    const visitor = agent();
    const first = formOf(await (await visitor.get('/reset')).text(), { loginName: 'tiger' });
    const second = formOf(await (await visitor.get('/reset')).text());
    expect(first.fields.get(TOKEN)).not.toBe(second.fields.get(TOKEN));
    expect((await visitor.post('/reset', first.fields)).status).toBe(303);
  });

  it('reads the token from the parameter that csrfTokenName names', async () => {
    const { agent } = await craftSite({ csrfTokenName: 'CRAFT_CSRF_TOKEN' });
    const visitor = agent();
    const { fields } = formOf(await (await visitor.get('/reset')).text(), { loginName: 'tiger' });
    expect([...fields.keys()]).toContain('CRAFT_CSRF_TOKEN');
    expect((await visitor.post('/reset', fields)).status).toBe(303);
  });
});

describe('Form Helpers', () => {
  it('prints what each helper is for', async () => {
    const { portico, url } = await craftSite();
    const client = createTestClient(portico, { baseUrl: url });
    expect(String(actionInput('users/save-user'))).toBe(
      '<input type="hidden" name="action" value="users/save-user">',
    );
    expect(String(hiddenInput('userId', 7))).toBe('<input type="hidden" name="userId" value="7">');
    expect(String(input('email', 'loginName', null, { required: true }))).toBe(
      '<input type="email" name="loginName" required>',
    );
    expect(await client.read((ctx) => actionUrl(ctx, 'users/set-password', { id: 7, code: 'a&b' }))).toBe(
      `${url}/actions/users/set-password?id=7&code=a%26b`,
    );
  });

  it('flattens aria and escapes what it prints', () => {
    const printed = String(
      input('text', 'fullName', '"><script>', { id: 'fullName', aria: { invalid: true, errormessage: 'e' } }),
    );
    expect(printed).not.toContain('<script>');
    expect(printed).toContain('aria-invalid="true"');
    expect(printed).toContain('aria-errormessage="e"');
  });

  it.each([
    ['loginName=tiger', 'Look into your inbox.', 'notice'],
    ['loginName=nobody', 'We don’t know you.', 'error'],
  ])('overrides the flash of %s', async (typed, message, level) => {
    const { agent } = await craftSite();
    const visitor = agent();
    const { fields } = formOf(
      await (await visitor.get('/reset-messages')).text(),
      Object.fromEntries(new URLSearchParams(typed)),
    );
    const response = await visitor.post('/reset-messages', fields);
    const page = response.status === 303 ? await visitor.get('/flashes') : response;
    expect(await page.text()).toContain(`<p class="${level}">${message}</p>`);
  });
});
