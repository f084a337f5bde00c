import { describe, expect, test } from 'vitest';
import { removeFolder, START_MS, startSite, useSite } from './site.ts';
import { Visitor } from './visitor.ts';

const site = useSite();

describe('what programs find', () => {
  test('the public API is described, and administration is not', async () => {
    const { status, body } = await new Visitor(site.url).get('/openapi.json');
    const { paths, servers } = JSON.parse(body) as { paths: object; servers: unknown };
    expect([status, servers]).toEqual([200, [{ url: site.url }]]);
    const names = Object.keys(paths);
    expect(names).toEqual(expect.arrayContaining(['/actions/search', '/actions/entries/save-entry']));
    expect(names.filter((name) => /suspend|impersonate|permissions|get-users|activat/.test(name))).toEqual(
      [],
    );
  });

  test('an assistant may search as every guest may, and do nothing else', async () => {
    const ask = async (method: string, params: object): Promise<any> => {
      const message = { jsonrpc: '2.0', id: 1, method, params };
      const accept = 'application/json, text/event-stream';
      const { body } = await new Visitor(site.url).postJson('/mcp', message, { accept });
      return JSON.parse(body.replace(/^[^{]*/, ''));
    };
    const { tools } = (await ask('tools/list', {})).result;
    expect(tools).toMatchObject([{ name: 'search', annotations: { readOnlyHint: true } }]);
    const found = await ask('tools/call', { name: 'search', arguments: { q: 'salt' } });
    expect(JSON.stringify(found.result.content)).toContain('What the salt does');
    const other = await ask('tools/call', {
      name: 'newsletter',
      arguments: { email: 'a@b.example', terms: true },
    });
    expect(JSON.stringify(other)).not.toContain('subscription');
    expect(other.error ?? other.result).toSatisfy((answer) => answer.isError === true || answer.code < 0);
  });
});

describe('the explorer', () => {
  test('is not there unless the site runs for development', async () => {
    const visitor = new Visitor(site.url);
    expect((await visitor.get('/_portico')).status).toBe(404);
    expect((await visitor.get('/_portico/actions.json')).status).toBe(404);
    expect((await visitor.get('/')).body).not.toContain('href="/_portico"');
  });

  test('then it is linked, and lists the actions of the site', { timeout: START_MS }, async () => {
    const developing = await startSite(undefined, { NODE_ENV: 'development' });
    try {
      const visitor = new Visitor(developing.url);
      expect((await visitor.get('/')).body).toContain('<a href="/_portico">Explorer</a>');
      const { status, body } = await visitor.get('/_portico');
      expect(status).toBe(200);
      for (const name of ['posts.comment', 'users.login', 'entries.saveEntry']) expect(body).toContain(name);
      expect(developing.output()).toContain(`${developing.url}/_portico`);
    } finally {
      await developing.stop();
      removeFolder(developing.dataFolder);
    }
  });
});
