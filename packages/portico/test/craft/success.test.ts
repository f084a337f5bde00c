import { describe, expect, it } from 'vitest';
import { formOf } from './form-page.ts';
import { craftSite } from './site.ts';
import { signed, submit } from './submit.ts';

// The seed, "Responses": "Success"; and rows 0.1 (1-3) and 1.2 to 1.9 of reference/craft-controller-actions.md.

const ACCEPT_JSON = { accept: 'application/json' };

describe('Success', () => {
  describe('After a GET Request', () => {
    it.each(['application/json', 'text/html', '*/*'])(
      'answers with the data, for Accept: %s too',
      async (accept) => {
        const { agent } = await craftSite();
        const response = await agent().get('/actions/feed/wait?page=2', { headers: { accept } });
        expect(response.headers.get('content-type')).toContain('application/json');
        expect(await response.json()).toEqual({ page: 2, items: ['a'] });
      },
    );

    it('has no message and sets no flash', async () => {
      const { agent } = await craftSite();
      const visitor = agent();
      const response = await visitor.get('/actions/users/logout', { headers: ACCEPT_JSON });
      expect(await response.json()).not.toHaveProperty('message');
      expect(await (await visitor.get('/flashes')).text()).toBe('');
    });
  });

  describe('After a POST Request', () => {
    it('sets a notice and redirects', async () => {
      const site = await craftSite();
      const { visitor, response } = await submit(site, '/entries/default', { title: 'Hello' });
      expect(response.status).toBe(303);
      expect(await (await visitor.get('/flashes')).text()).toBe('<p class="notice">Entry saved.</p>');
    });

    it.each([
      ['the signed redirect of the form', '/entries/new', { title: 'Hello' }, '/community-posts/b2f0-1'],
      ['the default of the action', '/entries/default', { title: 'Hello' }, '/account/entries/12'],
      ['the same page', '/profile', { fullName: 'Tony' }, '/profile'],
    ])('goes to %s', async (_what, path, typed, location) => {
      const { response } = await submit(await craftSite(), path, typed as Record<string, string>);
      expect(response.headers.get('location')).toBe(location);
    });

    it('lets the signed redirect win over the one the handler recorded', async () => {
      const site = await craftSite();
      const withSigned = await submit(site, '/reset', { loginName: 'recorded' });
      expect(withSigned.response.headers.get('location')).toBe('/help/account-recovery');
      const without = await submit(site, '/reset-messages', { loginName: 'recorded' });
      expect(without.response.headers.get('location')).toBe('/login');
    });

    it('prints the template as it is and fills it in after saving', async () => {
      const site = await craftSite();
      const page = await (await site.agent().get('/entries/author')).text();
      expect(formOf(page).fields.get('redirect')).toContain('/people/{author.username}/{slug}?new={id}');
      const { response } = await submit(site, '/entries/author', { title: 'Hello' });
      expect(response.headers.get('location')).toBe('/people/tiger/my%20post%3F?new=12');
    });

    it('resolves a relative template against the base of the site', async () => {
      const site = await craftSite({ base: '/club', csrf: 'auto' });
      const redirect = await signed(site, 'redirect', 'help/account-recovery');
      const fields = new URLSearchParams({ loginName: 'tiger', redirect });
      const response = await site.agent().post('/club/actions/users/send-password-reset-email', fields);
      expect(response.headers.get('location')).toBe('/club/help/account-recovery');
    });

    it('takes a signed URL of another site, which only a developer can have written', async () => {
      const site = await craftSite({ csrf: 'auto' });
      const redirect = await signed(site, 'redirect', 'https://shop.example/thanks?for={id}');
      const fields = new URLSearchParams({ title: 'Hello', redirect });
      const response = await site.agent().post('/actions/entries/save-entry', fields);
      expect(response.headers.get('location')).toBe('https://shop.example/thanks?for=12');
    });

    it.each([
      ['unsigned', () => '/help'],
      ['signed with another key', () => 'v1.AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA./help'],
      ['changed', (value: string) => `${value}/evil`],
    ])('refuses a redirect that is %s, before anything is saved, in HTML and JSON', async (_what, change) => {
      const site = await craftSite({ csrf: 'auto' });
      const redirect = change(await signed(site, 'redirect', '/help'));
      for (const headers of [{}, ACCEPT_JSON]) {
        const fields = new URLSearchParams({ fullName: 'Crash', redirect });
        const response = await site.agent().post('/actions/users/save-user', fields, { headers });
        expect(response.status).toBe(400);
        expect(await response.text()).toContain('The parameter redirect is not signed by this site');
      }
      expect(site.errors).toEqual([]);
    });

    it('answers JSON with redirect, message, model and what else the action returned', async () => {
      const { body, response } = await submit(
        await craftSite(),
        '/entries/new',
        { title: 'Hello' },
        ACCEPT_JSON,
      );
      expect(response.status).toBe(200);
      const entry = {
        id: 12,
        uid: 'b2f0-1',
        title: 'Hello',
        slug: 'my post?',
        author: { username: 'tiger' },
      };
      expect(body).toEqual({
        message: 'Entry saved.',
        redirect: '/community-posts/b2f0-1',
        modelName: 'entry',
        entry,
        modelId: 12,
        revision: 3,
      });
    });

    it('has the message of successMessage in HTML and JSON', async () => {
      const site = await craftSite();
      const { visitor } = await submit(site, '/reset-messages', { loginName: 'tiger' });
      expect(await (await visitor.get('/flashes')).text()).toBe(
        '<p class="notice">Look into your inbox.</p>',
      );
      const { body } = await submit(site, '/reset-messages', { loginName: 'tiger' }, ACCEPT_JSON);
      expect(body).toEqual({ message: 'Look into your inbox.' });
    });

    it('has no message where nobody said one', async () => {
      const site = await craftSite({ csrf: 'auto' });
      const response = await site
        .agent()
        .post('/actions/users/logout', new URLSearchParams(), { headers: ACCEPT_JSON });
      expect(await response.json()).toMatchObject({ redirect: '/' });
      expect(await (await site.agent().get('/flashes')).text()).toBe('');
    });
  });
});
