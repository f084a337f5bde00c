import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPortico } from 'portico';
import { openApi, type OpenApiDocument } from 'portico/openapi';
import { createAccounts, type Accounts } from '../src/accounts/site.ts';
import { server } from '../src/actions/index.ts';
import { removeFolder, temporaryFolder } from './site.ts';

const folder = temporaryFolder();
let accounts: Accounts;
let document: OpenApiDocument;

beforeAll(() => {
  accounts = createAccounts({
    dataFolder: folder,
    siteUrl: 'https://saltglaze.example',
    contactEmail: 'a@b.example',
  });
  const secrets = ['a secret of thirty-two characters or more'];
  const portico = createPortico({ actions: server, plugins: [accounts], secrets });
  document = openApi(portico, { title: 'Saltglaze', version: '1.0.0' });
});
afterAll(async () => {
  await accounts.close();
  removeFolder(folder);
});

test('the whole site, accounts and content, is one valid document', async () => {
  const plain = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
  const validator = new Validator();
  const { valid, errors } = await validator.validate(plain);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  const references = [
    ...JSON.stringify(plain).matchAll(/"\$ref":"#\/components\/(schemas|responses)\/([^"]+)"/g),
  ];
  expect(references.length).toBeGreaterThan(100);
  const missing = references.filter(
    ([, kind, name]) => !Object.hasOwn(document.components[kind as 'schemas'], name ?? ''),
  );
  expect(missing.map(([whole]) => whole)).toEqual([]);
});

test('it has the actions of the site and those of its plugin, at the paths where they answer', () => {
  expect(document.servers).toEqual([{ url: 'https://saltglaze.example' }]);
  expect(document.paths).toHaveProperty(['/actions/users/login', 'post']);
  expect(document.paths).toHaveProperty(['/actions/users/session-info', 'get']);
  expect(document.paths).toHaveProperty(['/_actions/entries.saveEntry', 'post']);
  expect(document.components.securitySchemes).toHaveProperty('csrfToken');
});

test('ids of operations are unique, and passwords are marked', () => {
  const ids = Object.values(document.paths).flatMap(({ get, post }) => [get?.operationId, post?.operationId]);
  const given = ids.filter((id) => id !== undefined);
  expect(given).toHaveLength(new Set(given).size);
  const login =
    document.paths['/actions/users/login']?.post?.requestBody?.content['application/x-www-form-urlencoded'];
  const name = String(login?.schema.$ref).split('/').at(-1) ?? '';
  expect(document.components.schemas[name]?.properties?.['password']).toMatchObject({ writeOnly: true });
});
