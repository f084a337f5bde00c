import { describe, expect, test } from 'vitest';
import { field } from '../../src/fields/define.ts';
import type { SiteOptions } from '../../src/index.ts';
import { resolveSettings } from '../../src/resolve-settings.ts';

const resolve = (options: object, environment: object = {}): ReturnType<typeof resolveSettings> =>
  resolveSettings(options as SiteOptions, { DATA_DIR: '/data', ...environment });

describe('settings that cannot be meant', () => {
  test.each<[string, object, string]>([
    ['a misspelt one', { cooldownDuraton: 5 }, 'cooldownDuraton'],
    ['a misspelt one within another', { users: { allowPublicRegistraton: true } }, 'allowPublicRegistraton'],
    ['a misspelt one of a limit', { limits: { login: { points: 5, seconds: 9, by: 'ip' } } }, 'limits.login'],
    ['a login path that is the home page', { loginPath: '' }, 'loginPath is empty'],
    [
      'two special paths that are one',
      { loginPath: 'in', logoutPath: 'in' },
      'logoutPath and loginPath are both "in"',
    ],
    [
      'passwords that no length fits',
      { password: { minLength: 20, maxLength: 10 } },
      'no password could be both',
    ],
    ['a country that is none', { defaultCountryCode: 'XX' }, "defaultCountryCode is 'XX'"],
    ['a custom field that is none', { users: { fields: { bio: 1 } } }, 'users.fields.bio is no field'],
    ['a custom field that is a text', { users: { fields: { bio: 'text' } } }, 'users.fields.bio is no field'],
    [
      'a handle that is none',
      { addresses: { fields: { 'a b': field.text() } } },
      'addresses.fields.a b: a handle',
    ],
    ['a mail that is none', { mail: { templates: { welcome: () => ({}) } } }, 'mail.templates.welcome'],
    ['a volume whose handle is none', { assets: { volumes: { 'a b': {} } } }, 'assets.volumes.a b: a handle'],
    [
      'two volumes that are one to permissions',
      { assets: { volumes: { docs: {}, Docs: {} } } },
      'assets.volumes.Docs: another volume',
    ],
    [
      'a receiver of messages that is none',
      { contactForm: { toEmail: ['a@example.com', 'Ada'] } },
      'contactForm.toEmail: "Ada" is no e-mail address',
    ],
    ['a path with slashes around it', { loginPath: '/login' }, 'Write it without slashes'],
    ['a site URL without a scheme', { siteUrl: 'example.com' }, 'write the whole address'],
  ])('%s', (_name, options, message) => {
    expect(() => resolve(options)).toThrow(message);
  });

  test('are all told at once', () => {
    expect(() => resolve({ loginPath: '', defaultCountryCode: 'XX' })).toThrow(
      /loginPath[\s\S]*defaultCountryCode/,
    );
  });
});

describe('what the environment says', () => {
  test('counts where the options say nothing', () => {
    const environment = { SITE_URL: 'https://example.com/', DATABASE_URL: 'postgres://localhost/site' };
    expect(resolve({}, environment)).toMatchObject({
      siteUrl: 'https://example.com',
      database: 'postgres://localhost/site',
      dataDir: '/data',
    });
    expect(resolve({ siteUrl: 'https://other.example' }, environment).siteUrl).toBe('https://other.example');
  });

  test('a database is a file in the data folder unless one is named', () => {
    expect(resolve({}).database).toBe('sqlite:/data/site.db');
    expect(resolve({ database: 'sqlite:/data/a.db' }).database).toBe('sqlite:/data/a.db');
    expect(resolve({ database: 'sqlite::memory:' }).database).toBe('sqlite::memory:');
  });

  test('production needs a site URL, development has localhost', () => {
    expect(() => resolve({}, { NODE_ENV: 'production' })).toThrow('SITE_URL=https://example.com');
    expect(resolve({}, { PORT: '4000' }).siteUrl).toBe('http://localhost:4000');
  });
});
