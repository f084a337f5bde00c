import { describe, expect, it } from 'vitest';
import { attribute, formOf } from './form-page.ts';
import { craftSite, type CraftSite } from './site.ts';

// The seed, "Models and Validation" and "Flashes".

/** A visitor on the profile page, with its form filled in. */
async function onProfile(site: CraftSite, typed: Record<string, string>, path = '/profile') {
  const visitor = site.agent();
  const { fields } = formOf(await (await visitor.get(path)).text(), typed);
  return { visitor, fields };
}

const inputNamed = (page: string, name: string): string =>
  new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page)?.[0] ?? '';

describe('Models and Validation', () => {
  it('shows the saved user before a submission', async () => {
    const site = await craftSite();
    const visitor = site.agent();
    const { fields } = formOf(await (await visitor.get('/login')).text(), {
      loginName: 'tiger',
      password: 'grrreat!',
    });
    await visitor.post('/login', fields);
    const page = await (await visitor.get('/profile')).text();
    expect(page).toContain('<h1>Hello, Tony Tiger</h1>');
    expect(attribute(inputNamed(page, 'fullName'), 'value')).toBe('Tony Tiger');
    expect(attribute(inputNamed(page, 'userId'), 'value')).toBe('7');
  });

  it('passes the model back to the page with user.hasErrors and user.getErrors', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: '12', userId: '7' });
    const response = await visitor.post('/profile', fields);
    expect(response.status).toBe(422);
    const page = await response.text();
    const shown = inputNamed(page, 'fullName');
    expect(attribute(shown, 'value')).toBe('12');
    expect(attribute(shown, 'aria-invalid')).toBe('true');
    expect(attribute(shown, 'aria-errormessage')).toBe('fullName-errors');
    expect(attribute(inputNamed(page, 'userId'), 'value')).toBe('7');
    expect(page).toContain(
      '<ul id="fullName-errors"><li>Full Name should contain at least 3 characters.</li><li>Full Name is not a name.</li></ul>',
    );
  });

  it('sets a flash with it, readable in that very request and gone afterwards', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: '12' });
    expect(await (await visitor.post('/profile', fields)).text()).toContain(
      '<p class="error">Couldn’t save user.</p>',
    );
    expect(await (await visitor.get('/flashes')).text()).toBe('');
  });

  it('shows no errors once the page is loaded anew', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: '12' });
    await visitor.post('/profile', fields);
    const page = await (await visitor.get('/profile')).text();
    expect(page).not.toContain('fullName-errors');
    expect(attribute(inputNamed(page, 'fullName'), 'value')).toBeUndefined();
  });

  it('escapes what was typed', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: '1"><script>alert(1)</script>' });
    const page = await (await visitor.post('/profile', fields)).text();
    expect(page).not.toContain('<script>');
    expect(attribute(inputNamed(page, 'fullName'), 'value')).toBe('1"><script>alert(1)</script>');
  });

  it('passes the model under the signed userVariable', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: '12' }, '/account-variable');
    const page = await (await visitor.post('/account-variable', fields)).text();
    expect(attribute(inputNamed(page, 'fullName'), 'value')).toBe('12');
    expect(page).toContain('fullName-errors');
  });

  it('names the model by the signed userVariable in JSON, too', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: '12' }, '/account-variable');
    const response = await visitor.post('/account-variable', fields, {
      headers: { accept: 'application/json' },
    });
    expect(await response.json()).toMatchObject({ modelName: 'account', account: { fullName: '12' } });
  });

  it('refuses a userVariable that is not signed, before anything is saved', async () => {
    const site = await craftSite({ csrf: 'auto' });
    const fields = new URLSearchParams({
      action: 'users/save-user',
      fullName: 'Tony',
      userVariable: 'account',
    });
    const response = await site.agent().post('/profile', fields, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toContain('userVariable');
  });

  it('carries on at the path that the form names, where a form posts elsewhere', async () => {
    const site = await craftSite();
    const visitor = site.agent();
    const { action, fields } = formOf(await (await visitor.get('/elsewhere-on-failure')).text(), {
      fullName: '12',
    });
    const response = await visitor.post(action ?? '', fields);
    expect([response.status, action]).toEqual([422, '/profile']);
    expect(await response.text()).toContain('<h1>Hello, </h1>');
  });

  it('saves once it is valid', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: '12' });
    const again = formOf(await (await visitor.post('/profile', fields)).text(), { fullName: 'Tony Tiger' });
    const response = await visitor.post('/profile', again.fields);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/profile']);
    expect(await (await visitor.get('/profile')).text()).toContain('<p class="notice">User saved.</p>');
  });
});

describe('Flashes', () => {
  it('are retrieved and cleared together', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: 'Tony' });
    await visitor.post('/profile', fields);
    expect(await (await visitor.get('/flashes')).text()).toBe('<p class="notice">User saved.</p>');
    expect(await (await visitor.get('/flashes')).text()).toBe('');
  });

  it('wait through pages that do not read them', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: 'Tony' });
    await visitor.post('/profile', fields);
    await visitor.get('/plain');
    expect(await (await visitor.get('/flashes')).text()).toContain('User saved.');
  });

  it('are never both notice and success', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: 'Tony' });
    await visitor.post('/profile', fields);
    expect((await (await visitor.get('/flashes')).text()).match(/<p/g)).toHaveLength(1);
  });

  it('belong to one visitor', async () => {
    const site = await craftSite();
    const { visitor, fields } = await onProfile(site, { fullName: 'Tony' });
    await visitor.post('/profile', fields);
    expect(await (await site.agent().get('/flashes')).text()).toBe('');
  });
});
