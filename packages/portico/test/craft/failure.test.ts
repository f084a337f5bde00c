import { describe, expect, it } from 'vitest';
import { formOf } from './form-page.ts';
import { craftSite, type CraftSite } from './site.ts';
import { submit } from './submit.ts';

// The seed, "Responses": "Failure"; and rows 0.1 (1-3) and 1.2 to 1.9 of reference/craft-controller-actions.md.

const ACCEPT_JSON = { accept: 'application/json' };

describe('Failure', () => {
  describe('During a GET Request', () => {
    it.each([true, false])('sends a message key, and a trace only in dev: %s', async (dev) => {
      const site = await craftSite({ dev });
      const response = await site.agent().get('/actions/feed/wait?page=0', { headers: ACCEPT_JSON });
      expect(response.status).toBe(500);
      const body = (await response.json()) as Record<string, unknown>;
      expect(body).toMatchObject({
        message: 'Something went wrong on the server.',
        code: 'INTERNAL_SERVER_ERROR',
      });
      expect(body['error']).toBe(body['message']);
      expect(body['requestId']).toMatch(/^[\w-]{36}$/);
      const traced = {
        exception: 'Error: the index is gone',
        file: expect.stringContaining('site.ts'),
        line: expect.any(Number),
      };
      if (dev)
        expect(body).toMatchObject({
          ...traced,
          trace: expect.arrayContaining([expect.stringContaining('site.ts')]),
        });
      else for (const key of ['exception', 'file', 'line', 'trace']) expect(body).not.toHaveProperty(key);
      if (!dev) expect(JSON.stringify(body)).not.toContain('index is gone');
      expect(site.errors).toEqual([new Error('the index is gone')]);
    });

    it('shows an error view otherwise', async () => {
      const site = await craftSite({ dev: false });
      const response = await site.agent().get('/actions/feed/wait?page=0');
      expect([response.status, response.headers.get('content-type')]).toEqual([
        500,
        'text/html; charset=utf-8',
      ]);
      expect(await response.text()).not.toContain('index is gone');
    });

    it('has a message for query params that are not valid', async () => {
      const site = await craftSite();
      const response = await site.agent().get('/actions/feed/wait?page=two', { headers: ACCEPT_JSON });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        message: expect.any(String),
        errors: { page: [expect.any(String)] },
      });
    });
  });

  describe('During a POST Request', () => {
    it('answers JSON with errors, message, the model minus secrets and its name, and nothing else', async () => {
      const site = await craftSite({ csrf: 'auto' });
      const fields = new URLSearchParams({
        userId: '7',
        fullName: 'T',
        email: '@craftcms',
        newPassword: 'hunter22',
        pin: '1234',
      });
      const response = await site.agent().post('/actions/users/save-user', fields, { headers: ACCEPT_JSON });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        message: 'Couldn’t save user.',
        error: 'Couldn’t save user.',
        code: 'BAD_REQUEST',
        errors: {
          fullName: ['Full Name should contain at least 3 characters.'],
          email: ['Email is not a valid email address.'],
        },
        modelName: 'user',
        user: { userId: '7', fullName: 'T', email: '@craftcms' },
      });
    });

    it('has the message of failMessage in HTML and JSON', async () => {
      const site = await craftSite();
      const { response } = await submit(site, '/reset-messages', { loginName: 'nobody' });
      expect(await response.text()).toContain('<p class="error">We don’t know you.</p>');
      const { body } = await submit(site, '/reset-messages', { loginName: 'nobody' }, ACCEPT_JSON);
      expect(body).toMatchObject({ message: 'We don’t know you.', error: 'We don’t know you.' });
    });

    it('adds what the action added, to the page and to JSON', async () => {
      const site = await craftSite();
      const typed = { loginName: 'tiger', password: 'wrong' };
      const { response } = await submit(site, '/login', typed);
      const page = await response.text();
      expect(response.status).toBe(400);
      expect(page).toContain(
        '<p class="message">Invalid username or password.</p><p class="code">invalid_credentials</p>',
      );
      expect(formOf(page).fields.get('loginName')).toBe('tiger');
      const { body } = await submit(site, '/login', typed, ACCEPT_JSON);
      expect(body).toMatchObject({
        loginName: 'tiger',
        errorCode: 'invalid_credentials',
        message: 'Invalid username or password.',
      });
      expect(JSON.stringify(body)).not.toContain('wrong');
    });

    it('keeps no secret in the page that is rendered again', async () => {
      const site = await craftSite();
      const { response } = await submit(site, '/profile', {
        fullName: 'T',
        newPassword: 'hunter22',
        pin: '1234',
      });
      expect(response.status).toBe(422);
      expect(await response.text()).not.toMatch(/hunter22|1234/);
    });

    it.each([true, false])('shows the exception of a POST in JSON only in dev: %s', async (dev) => {
      const site = await craftSite({ csrf: 'auto', dev });
      const fields = new URLSearchParams({ fullName: 'Crash' });
      const response = await site.agent().post('/actions/users/save-user', fields, { headers: ACCEPT_JSON });
      const body = (await response.json()) as Record<string, unknown>;
      expect([response.status, body['user']]).toEqual([500, { fullName: 'Crash' }]);
      expect('exception' in body).toBe(dev);
    });

    it('leaves the query of the page alone, but for the action param', async () => {
      const site = await craftSite({ csrf: 'auto' });
      const response = await site
        .agent()
        .post('/profile?tab=2&action=users/save-user', new URLSearchParams({ fullName: 'Tony' }));
      expect(response.headers.get('location')).toBe('/profile?tab=2');
    });
  });

  describe('of a form that posts to an action path', () => {
    const path = '/actions/users/save-user';

    async function failFrom(site: CraftSite, referer: string) {
      const visitor = site.agent();
      const fields = new URLSearchParams({ fullName: '12', newPassword: 'hunter22' });
      return { visitor, response: await visitor.post(path, fields, { headers: { referer } }) };
    }

    it('goes back to the page it came from, with errors and values, once', async () => {
      const site = await craftSite({ csrf: 'auto' });
      const { visitor, response } = await failFrom(site, `${site.url}/path-form?x=1`);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/path-form?x=1']);
      const page = await (await visitor.get('/path-form?x=1')).text();
      expect(page).toContain('<p class="error">Couldn’t save user.</p>');
      expect(page).toContain('<li>Full Name is not a name.</li>');
      expect(formOf(page).fields.get('fullName')).toBe('12');
      expect(page).not.toContain('hunter22');
      const again = await (await visitor.get('/path-form')).text();
      expect(again).not.toContain('Full Name is not a name.');
      expect(formOf(again).fields.get('fullName')).toBe('');
    });

    it('keeps errors and values for that page, not for the next one that is asked for', async () => {
      const site = await craftSite({ csrf: 'auto' });
      const { visitor } = await failFrom(site, `${site.url}/path-form`);
      expect(await (await visitor.get('/profile')).text()).not.toContain('Full Name is not a name.');
      expect(await (await visitor.get('/path-form')).text()).toContain('Full Name is not a name.');
    });

    it('keeps what was typed where the token was refused', async () => {
      const site = await craftSite();
      const { visitor, response } = await failFrom(site, `${site.url}/path-form`);
      expect(response.status).toBe(303);
      const page = await (await visitor.get('/path-form')).text();
      expect(formOf(page).fields.get('fullName')).toBe('12');
      expect(page).toContain('class="error"');
    });

    it.each([
      ['of another origin', 'https://evil.example/path-form'],
      ['of a lookalike origin', 'http://localhost.evil.example/'],
      ['that names a host without a scheme', '//evil.example/'],
      ['that is a script', 'javascript:alert(1)'],
      ['that is a template', '/{7*7}{{7*7}}'],
      ['that is missing', ''],
    ])('does not follow a Referer %s', async (_what, referer) => {
      const site = await craftSite({ csrf: 'auto' });
      const { response } = await failFrom(site, referer);
      const location = response.headers.get('location');
      if (referer.startsWith('/{')) expect(location).not.toContain('49');
      else {
        expect([response.status, location]).toEqual([400, null]);
        expect(await response.text()).toContain('<h1>400</h1>');
      }
    });

    it('shows the app’s own error page where there is no way back', async () => {
      const site = await craftSite({
        csrf: 'auto',
        errorPage: (error, ctx) =>
          new Response(`${error.status} ${ctx.action?.name}`, { status: error.status }),
      });
      const { response } = await failFrom(site, '');
      expect([response.status, await response.text()]).toEqual([400, '400 users.saveUser']);
    });

    it('shows the plain error page where the app’s own fails', async () => {
      const site = await craftSite({
        csrf: 'auto',
        errorPage: () => {
          throw new Error('no template');
        },
      });
      const { response } = await failFrom(site, '');
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringContaining('<h1>400</h1>'),
      ]);
      expect(site.errors).toEqual([new Error('no template')]);
    });
  });
});
